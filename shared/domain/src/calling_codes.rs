//! Calling codes: whether a phone number can be one of a country.
//!
//! The table is `data/calling_codes.csv` (ITU-T E.164): a calling code, and the ISO codes of the countries that
//! use it. The longest code that begins a number decides. The codes that Caribbean countries have to themselves
//! (`1876`) are rows of their own; any other number of `+1` may belong to each country that shares `+1`. The
//! same holds for `+7`, `+44` and the other shared codes: a doubt is no contradiction.

use crate::{
    CountryCode, PhoneNumber,
    sorted_table::{Rows, find, rows},
};
use std::sync::LazyLock;

static COUNTRIES: LazyLock<Rows> = LazyLock::new(|| rows(include_str!("../data/calling_codes.csv")));

/// The most digits of a code in the table.
const LONGEST: usize = 4;

/// Whether the number certainly belongs to another country. A country without a known code is not compared.
pub fn is_foreign(phone: &PhoneNumber, country: &CountryCode) -> bool {
    !countries_of(phone).is_some_and(|countries| has(countries, country)) && is_known(country)
}

/// Whether the country has a calling code of the table.
pub fn is_known(country: &CountryCode) -> bool {
    COUNTRIES.iter().any(|(_, countries)| has(countries, country))
}

/// A calling code of the country, the one that it has to itself if there is one; `None` if none is known.
pub fn code_of(country: &CountryCode) -> Option<&'static str> {
    let own = COUNTRIES.iter().find(|(_, countries)| *countries == country.as_str());
    own.or_else(|| COUNTRIES.iter().find(|(_, countries)| has(countries, country))).map(|(code, _)| *code)
}

/// Every country of the table, some of them several times.
pub fn countries() -> impl Iterator<Item = CountryCode> {
    COUNTRIES.iter().flat_map(|(_, countries)| countries.split(' ')).filter_map(|code| code.parse().ok())
}

fn has(countries: &str, country: &CountryCode) -> bool {
    countries.split(' ').any(|one| one == country.as_str())
}

/// The countries of the longest code that begins the number.
fn countries_of(phone: &PhoneNumber) -> Option<&'static str> {
    let digits = phone.as_str().trim_start_matches('+');
    (1..=LONGEST).rev().find_map(|length| find(&COUNTRIES, digits.get(..length)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(country: &str, phone: &str) -> bool {
        is_foreign(&phone.parse().unwrap(), &country.parse().unwrap())
    }

    #[test]
    fn countries_of_the_table_are_known() {
        for (code, known) in [("GH", true), ("US", true), ("ZZ", false)] {
            assert_eq!(is_known(&code.parse().unwrap()), known, "{code}");
        }
    }

    #[test]
    fn the_table_is_sorted_without_doubles_and_every_row_is_good() {
        assert!(COUNTRIES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(COUNTRIES.len(), include_str!("../data/calling_codes.csv").lines().count());
        for (code, countries) in COUNTRIES.iter() {
            assert!((1..=LONGEST).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
            assert!(!code.starts_with('0'), "{code}");
            assert!(countries.split(' ').all(|one| one.parse::<CountryCode>().is_ok()), "{code}: {countries}");
        }
    }

    #[test]
    fn a_country_has_a_code() {
        for (country, code) in [("GH", Some("233")), ("JM", Some("1658")), ("US", Some("1")), ("ZZ", None)] {
            assert_eq!(code_of(&country.parse().unwrap()), code, "{country}");
        }
        for country in countries() {
            let number = format!("+{}0000000", code_of(&country).unwrap());
            assert!(!is_foreign(&number.parse().unwrap(), &country), "{country} {number}");
        }
    }

    #[test]
    fn a_code_begins_no_code_of_other_countries() {
        for (code, countries) in COUNTRIES.iter() {
            let beginnings = (1..code.len()).filter_map(|length| find(&COUNTRIES, &code[..length]));
            for sharing in beginnings {
                assert!(countries.split(' ').all(|one| sharing.split(' ').any(|other| other == one)), "{code}");
            }
        }
    }

    #[test]
    fn a_number_of_the_country_is_not_foreign() {
        for (country, phone) in [
            ("GH", "+233201234567"),
            ("FR", "+33612345678"),
            ("BR", "+5511987654321"),
            ("US", "+12025550123"),
            ("CA", "+14165550123"),
            ("US", "+14165550123"),
            ("CA", "+12025550123"),
            ("JM", "+18765550123"),
            ("JM", "+16585550123"),
            ("DO", "+18495550123"),
            ("PR", "+19395550123"),
            ("US", "+17875550123"),
            // An area code that is not in the table may be a new one of any country of +1.
            ("TT", "+12225550123"),
            ("RU", "+79161234567"),
            ("KZ", "+77011234567"),
            ("KZ", "+79161234567"),
            ("GB", "+447700900123"),
            ("JE", "+447797123456"),
            ("GG", "+447781123456"),
            ("IM", "+447624123456"),
            ("IT", "+393331234567"),
            ("VA", "+390669812345"),
            ("GP", "+590690123456"),
            ("MF", "+590690123456"),
            ("CW", "+59995123456"),
            ("BQ", "+5997123456"),
            ("NO", "+4790123456"),
            ("SJ", "+4779123456"),
            ("AU", "+61412345678"),
            ("CX", "+61891641234"),
            ("MA", "+212612345678"),
            ("EH", "+212528123456"),
            ("RE", "+262692123456"),
            ("YT", "+262639123456"),
            ("FI", "+358401234567"),
            ("AX", "+358181234567"),
            ("PS", "+970599123456"),
            ("PS", "+972599123456"),
        ] {
            assert!(!foreign(country, phone), "{country} {phone}");
        }
    }

    #[test]
    fn a_number_of_another_country_is_foreign() {
        for (country, phone) in [
            ("FR", "+5511987654321"),
            ("GH", "+12025550123"),
            ("GH", "+234803123456"),
            ("NG", "+233201234567"),
            ("US", "+447700900123"),
            ("GB", "+12025550123"),
            ("US", "+18765550123"),
            ("JM", "+18095550123"),
            ("RU", "+380501234567"),
            ("UA", "+79161234567"),
            ("KZ", "+998901234567"),
            ("FR", "+590690123456"),
            ("IT", "+41791234567"),
            ("CG", "+243812345678"),
            // A code of no country.
            ("GH", "+999123456789"),
            ("GH", "+882161234567"),
        ] {
            assert!(foreign(country, phone), "{country} {phone}");
        }
    }

    #[test]
    fn a_country_without_a_known_code_is_not_compared() {
        for phone in ["+12025550123", "+233201234567", "+999123456789"] {
            assert!(!foreign("ZZ", phone), "{phone}");
            assert!(!foreign("AQ", phone), "{phone}");
        }
    }
}
