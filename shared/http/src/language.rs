//! The languages of texts, and which one a request gets. Nothing else chooses a language.

use http::HeaderMap;

/// A language that texts are in. Each has files `text/<language>/*.ftl` beside every crate that refuses something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
}

/// Something in every language. The macros write it: a language without its text does not compile.
#[derive(Clone, Copy, Debug)]
pub struct ByLanguage<T> {
    /// In English.
    pub en: T,
}

impl Language {
    /// The language of the answer to a request: English for everybody.
    pub(crate) const fn of(_request: &HeaderMap) -> Self {
        Self::English
    }
}

impl<T: Copy> ByLanguage<T> {
    /// The one in this language.
    pub const fn of(&self, language: Language) -> T {
        match language {
            Language::English => self.en,
        }
    }
}
