//! The languages of texts, and the choice of a language for a request, which is made only here.

use axum::extract::FromRequestParts;
pub use domain::Language;
use http::{HeaderMap, header::ACCEPT_LANGUAGE, request::Parts};
use std::convert::Infallible;

/// A value in every language. The macros generate it from the files `text/<language>/*.ftl` of the crates that declare
/// problems, field errors or texts; a missing text is a compile error.
#[derive(Clone, Copy, Debug)]
pub struct ByLanguage<T> {
    /// In English.
    pub en: T,
    /// In French.
    pub fr: T,
    /// In Swahili.
    pub sw: T,
    /// In Hindi.
    pub hi: T,
    /// In Portuguese.
    pub pt: T,
    /// In Arabic.
    pub ar: T,
}

/// The language of the problems of a request: the one that `Accept-Language` prefers, otherwise English.
pub(crate) fn of_request(request: &HeaderMap) -> Language {
    let wishes: Vec<_> = request.get_all(ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok()).collect();
    Language::preferred(&wishes.join(","))
}

/// The language of the page that a request asks for.
#[derive(Clone, Copy, Debug)]
pub struct PageLanguage(pub Language);

impl<S: Sync> FromRequestParts<S> for PageLanguage {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(of_request(&parts.headers)))
    }
}

impl<T: Copy> ByLanguage<T> {
    /// The value in this language.
    pub const fn of(&self, language: Language) -> T {
        match language {
            Language::English => self.en,
            Language::French => self.fr,
            Language::Swahili => self.sw,
            Language::Hindi => self.hi,
            Language::Portuguese => self.pt,
            Language::Arabic => self.ar,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn all_lines_of_the_header_count() {
        for (lines, language) in [
            (vec![], Language::English),
            (vec!["sw-KE, en;q=0.5"], Language::Swahili),
            (vec!["de, fr;q=0.3", "ar;q=0.4"], Language::Arabic),
            (vec!["\u{fe}", "pt"], Language::Portuguese),
        ] {
            let value = |line: &&str| (ACCEPT_LANGUAGE, HeaderValue::from_bytes(line.as_bytes()).unwrap());
            assert_eq!(of_request(&lines.iter().map(value).collect()), language, "{lines:?}");
        }
    }

    #[test]
    fn each_language_has_its_own_value() {
        let codes = ByLanguage { en: "en", fr: "fr", sw: "sw", hi: "hi", pt: "pt", ar: "ar" };
        for language in Language::ALL {
            assert_eq!(codes.of(*language), language.code());
        }
    }
}
