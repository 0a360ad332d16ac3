//! VAT numbers, checked by their form.
//!
//! The form does not prove that a number exists. Only a country's register does (see [`super::NumberCheck`]).

use super::vat_forms::{FORMS, fits};
use crate::CountryCode;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// The number under which a country's tax office knows a business. In the EU and Great Britain it begins with the
/// country (`EL` is Greece).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Raw")]
pub struct VatNumber {
    country: CountryCode,
    number: String,
}

/// The text is not a VAT number of the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAVatNumber {
    /// The form of the country's numbers is not known.
    #[error("VAT numbers of this country are not known")]
    UnknownCountry,
    /// It has another form.
    #[error("not the form of a VAT number of this country")]
    Malformed,
}

impl VatNumber {
    /// The number of a country in a text. Lower case, spaces, dots, dashes and slashes do not matter, and the country's
    /// prefix may be missing.
    pub fn parse(country: &CountryCode, text: &str) -> Result<Self, NotAVatNumber> {
        let is_separator = |sign: char| sign.is_whitespace() || matches!(sign, '.' | '-' | '/');
        let text: String = text.chars().filter(|sign| !is_separator(*sign)).collect::<String>().to_ascii_uppercase();
        let mut entries = FORMS.iter().filter(|entry| entry.country == country.as_str()).peekable();
        entries.peek().ok_or(NotAVatNumber::UnknownCountry)?;
        let number = entries.find_map(|entry| {
            let is_one = |rest: &&str| entry.rest.iter().any(|form| fits(rest, form));
            let rest = text.strip_prefix(entry.prefix).filter(is_one).or(Some(text.as_str()).filter(is_one))?;
            Some(format!("{}{rest}", entry.prefix))
        });
        Ok(Self { country: country.clone(), number: number.ok_or(NotAVatNumber::Malformed)? })
    }

    /// The country.
    pub const fn country(&self) -> &CountryCode {
        &self.country
    }

    /// The number, with the country's prefix in the EU and Great Britain.
    pub fn as_str(&self) -> &str {
        &self.number
    }
}

impl fmt::Display for VatNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.number)
    }
}

/// A stored number, which is checked again.
#[derive(Deserialize)]
struct Raw {
    country: CountryCode,
    number: String,
}

impl TryFrom<Raw> for VatNumber {
    type Error = NotAVatNumber;

    fn try_from(raw: Raw) -> Result<Self, NotAVatNumber> {
        Self::parse(&raw.country, &raw.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(country: &str, text: &str) -> Result<String, NotAVatNumber> {
        let number = VatNumber::parse(&country.parse().unwrap(), text)?;
        let stored = serde_json::to_string(&number).unwrap();
        assert_eq!(serde_json::from_str::<VatNumber>(&stored).unwrap(), number);
        Ok(number.to_string())
    }

    /// The samples of VIES and of the countries' tax offices.
    const GOOD: &[(&str, &str, &str)] = &[
        ("AT", "ATU13585627", "ATU13585627"),
        ("AT", "u13585627", "ATU13585627"),
        ("BE", "BE 0428.759.497", "BE0428759497"),
        ("BG", "175074752", "BG175074752"),
        ("BG", "BG7523169263", "BG7523169263"),
        ("CY", "CY-10259033P", "CY10259033P"),
        ("CZ", "CZ25123891", "CZ25123891"),
        ("CZ", "7103192745", "CZ7103192745"),
        ("DE", "de 136,695 976", ""),
        ("DE", "DE 136695976", "DE136695976"),
        ("DK", "DK 13585628", "DK13585628"),
        ("EE", "EE 100931558", "EE100931558"),
        ("ES", "ES B-58378431", "ESB58378431"),
        ("ES", "54362315K", "ES54362315K"),
        ("ES", "X2482300W", "ESX2482300W"),
        ("FI", "FI 20774740", "FI20774740"),
        ("FR", "Fr 40 303 265 045", "FR40303265045"),
        ("FR", "K7399859412", "FRK7399859412"),
        ("FR", "FR303265045", "FRFR303265045"), // a key of two letters
        ("GB", "GB 980 7806 84", "GB980780684"),
        ("GB", "GBGD001", "GBGD001"),
        ("GH", "C0000803561", "C0000803561"),
        ("GH", "p000080356x", "P000080356X"),
        ("GH", "GHA-123456789-0", "GHA1234567890"),
        ("GR", "EL 094259216", "EL094259216"),
        ("HR", "HR 33392005961", "HR33392005961"),
        ("HU", "HU-12892312", "HU12892312"),
        ("IE", "IE 6433435F", "IE6433435F"),
        ("IE", "IE 6433435OA", "IE6433435OA"),
        ("IE", "8D79739I", "IE8D79739I"),
        ("IE", "8+79739I", "IE8+79739I"),
        ("IT", "IT 00743110157", "IT00743110157"),
        ("KE", "p051365947m", "P051365947M"),
        ("LT", "119511515", "LT119511515"),
        ("LT", "LT 100001919017", "LT100001919017"),
        ("LU", "LU 150 274 42", "LU15027442"),
        ("LV", "LV 4000 3521 600", "LV40003521600"),
        ("MT", "MT 1167-9112", "MT11679112"),
        ("NG", "12345678-0001", "123456780001"),
        ("NG", "1234567890", "1234567890"),
        ("NL", "NL004495445B01", "NL004495445B01"),
        ("PL", "PL 8567346215", "PL8567346215"),
        ("PT", "PT 501 964 843", "PT501964843"),
        ("RO", "RO 185 472 90", "RO18547290"),
        ("SE", "SE 123456789701", "SE123456789701"),
        ("SI", "SI 5022 3054", "SI50223054"),
        ("SK", "SK 202 274 96 19", "SK2022749619"),
        ("ZA", "4750 123 456", "4750123456"),
    ];

    #[test]
    fn numbers_of_every_country_have_one_text() {
        for (country, text, number) in GOOD {
            let expected = if number.is_empty() { Err(NotAVatNumber::Malformed) } else { Ok((*number).to_owned()) };
            assert_eq!(parse(country, text), expected, "{country} {text}");
        }
        let tried = |entry: &super::super::vat_forms::Forms| GOOD.iter().any(|(country, ..)| *country == entry.country);
        assert!(FORMS.iter().all(tried), "each country has a sample");
        assert!(FORMS.is_sorted_by_key(|entry| entry.country));
    }

    #[test]
    fn other_forms_are_refused() {
        for (country, text) in [
            ("AT", "ATU1358562"),
            ("AT", "13585627"),
            ("BE", "2428759497"),
            ("DE", "DE13669597"),
            ("DE", "ATU13585627"),
            ("DE", "DEDE136695976"),
            ("DE", "DE13669597٦"),
            ("GR", "GR094259216"),
            ("GH", "X0000803561"),
            ("GH", "C0100803561"),
            ("KE", "V051365947M"),
            ("KE", "P0513659471"),
            ("NG", "12345"),
            ("SE", "SE123456789702"),
            ("ZA", "5750123456"),
            ("ZA", ""),
        ] {
            assert_eq!(parse(country, text), Err(NotAVatNumber::Malformed), "{country} {text}");
        }
        assert_eq!(parse("US", "12-3456789"), Err(NotAVatNumber::UnknownCountry));
    }

    proptest::proptest! {
        #[test]
        fn a_number_is_read_again_as_itself(
            at in 0..FORMS.len(), text in "[A-Za-z0-9 .+*-]{0,16}", any in "\\PC{0,20}",
        ) {
            let country: CountryCode = FORMS[at].country.parse().unwrap();
            for text in [text, any] {
                if let Ok(number) = VatNumber::parse(&country, &text) {
                    proptest::prop_assert_eq!(VatNumber::parse(&country, number.as_str()), Ok(number));
                }
            }
        }
    }
}
