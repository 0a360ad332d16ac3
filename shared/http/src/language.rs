//! The languages of texts, and the choice of a language for a request, which is made only here.

use http::HeaderMap;

/// A language of texts. Every crate that declares problems or field errors has files `text/<language>/*.ftl`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
}

/// A value in every language. The macros generate it; a missing text is a compile error.
#[derive(Clone, Copy, Debug)]
pub struct ByLanguage<T> {
    /// In English.
    pub en: T,
}

impl Language {
    /// The language of the answer to a request; always English at present.
    pub(crate) const fn of(_request: &HeaderMap) -> Self {
        Self::English
    }
}

impl<T: Copy> ByLanguage<T> {
    /// The value in this language.
    pub const fn of(&self, language: Language) -> T {
        match language {
            Language::English => self.en,
        }
    }
}
