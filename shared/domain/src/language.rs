//! The languages that customers are written to in, and the choice of one from a browser's wishes.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use strum::VariantArray;
use thiserror::Error;
use utoipa::ToSchema;

/// A language of texts, by its ISO 639-1 code in JSON and storage.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, VariantArray,
)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// French.
    #[serde(rename = "fr")]
    French,
    /// Swahili.
    #[serde(rename = "sw")]
    Swahili,
    /// Hindi.
    #[serde(rename = "hi")]
    Hindi,
    /// Portuguese.
    #[serde(rename = "pt")]
    Portuguese,
    /// Arabic.
    #[serde(rename = "ar")]
    Arabic,
}

/// The direction that a language is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

/// The text is not the code of a known language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not the code of a known language")]
pub struct NotALanguage;

impl Language {
    /// Every language.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The ISO 639-1 code, such as `fr`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::Swahili => "sw",
            Self::Hindi => "hi",
            Self::Portuguese => "pt",
            Self::Arabic => "ar",
        }
    }

    /// The direction of its script.
    pub const fn direction(self) -> Direction {
        match self {
            Self::Arabic => Direction::RightToLeft,
            Self::English | Self::French | Self::Swahili | Self::Hindi | Self::Portuguese => Direction::LeftToRight,
        }
    }

    /// The known language that the value of an `Accept-Language` header prefers (RFC 9110, 12.5.4): the one
    /// with the highest quality, and the first of equals. Regions do not matter, so `fr-CA` is French.
    /// `*`, and a value without a known language, are English.
    pub fn preferred(accept_language: &str) -> Self {
        let mut best = None;
        for (language, quality) in accept_language.split(',').filter_map(wish) {
            if quality > 0 && best.is_none_or(|(_, highest)| quality > highest) {
                best = Some((language, quality));
            }
        }
        best.map(|(language, _)| language).unwrap_or_default()
    }
}

/// The language and the quality, in thousandths, of `fr-CA;q=0.8`. `None` for other languages.
fn wish(text: &str) -> Option<(Language, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next()?;
    let primary = range.split('-').next()?.to_ascii_lowercase();
    let language = if range == "*" { Language::default() } else { primary.parse().ok()? };
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    Some((language, weight.map_or(Some(WHOLE), quality)?))
}

/// The quality 1, in thousandths.
const WHOLE: u16 = 1000;

/// A quality from 0 to 1 with at most three decimals, in thousandths.
fn quality(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part: u16 = format!("{decimals:0<3}").parse().ok()?;
    match (whole, part) {
        ("0", part) => Some(part),
        ("1", 0) => Some(WHOLE),
        _ => None,
    }
}

impl Direction {
    /// The value of HTML's attribute `dir`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

impl FromStr for Language {
    type Err = NotALanguage;

    fn from_str(text: &str) -> Result<Self, NotALanguage> {
        Self::ALL.iter().copied().find(|language| language.code() == text).ok_or(NotALanguage)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Arabic, English, French, Hindi, Portuguese, Swahili};

    #[test]
    fn a_language_is_its_code_everywhere() {
        for language in Language::ALL {
            let code = language.code();
            assert_eq!(code.parse(), Ok(*language));
            assert_eq!(language.to_string(), code);
            assert_eq!(serde_json::to_string(language).unwrap(), format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<Language>(&format!("\"{code}\"")).unwrap(), *language);
        }
        for unknown in ["", "EN", "de", "en-GB", "English"] {
            assert_eq!(unknown.parse::<Language>(), Err(NotALanguage), "{unknown}");
            assert!(serde_json::from_str::<Language>(&format!("\"{unknown}\"")).is_err(), "{unknown}");
        }
    }

    #[test]
    fn arabic_is_written_from_right_to_left() {
        let right = Language::ALL.iter().filter(|language| language.direction() == Direction::RightToLeft);
        assert_eq!(right.collect::<Vec<_>>(), [&Arabic]);
    }

    #[test]
    fn the_highest_quality_decides_and_the_first_of_equals() {
        for (header, language) in [
            ("", English),
            ("fr", French),
            ("fr-CA", French),
            ("FR-ca, en;q=0.9", French),
            ("de-DE,de;q=0.9,sw;q=0.5,en;q=0.4", Swahili),
            ("en;q=0.2, hi ; q=0.8 , pt;q=0.75", Hindi),
            ("pt-BR,fr", Portuguese),
            ("ar;q=0.001", Arabic),
            ("ar;q=0, fr;q=0.1", French),
            ("ar;q=0", English),
            ("*, fr;q=0.5", English),
            ("fr;q=0.5, *;q=0.1", French),
            ("fr;q=1.000, en", French),
            ("fr;q=1.5", English),
            ("fr;q=-1, sw", Swahili),
            ("fr;q=0.1234", English),
            ("fr;q=NaN", English),
            ("french", English),
            ("zh-Hant-TW, zz", English),
            (",,;;q=,", English),
        ] {
            assert_eq!(Language::preferred(header), language, "{header}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_header_prefers_a_language(text in "\\PC{0,60}", wishes in "([a-z*]{1,3}(-[A-Z]{2})?(;q=[0-9.]{0,6})?,?){0,8}") {
            Language::preferred(&text);
            Language::preferred(&wishes);
        }

        #[test]
        fn a_single_wish_is_met(at in 0..Language::ALL.len(), region in "(-[A-Z]{2})?", others in "(,(de|zh|ja);q=0\\.[1-9]){0,3}") {
            let language = Language::ALL[at];
            let header = format!("{language}{region}{others}");
            proptest::prop_assert_eq!(Language::preferred(&header), language);
        }
    }
}
