//! Names of countries.

use domain::{CountryCode, Language};

/// Codes and names, one country a line (see `data/README.md`).
const TABLE: &str = include_str!("../data/countries.csv");

/// The name of a country in a language; its code if it has none.
pub(crate) fn name(country: &CountryCode, language: Language) -> &str {
    let line = TABLE.lines().find_map(|line| line.strip_prefix(country.as_str())?.strip_prefix(';'));
    line.and_then(|names| names.split(';').nth(language as usize)).unwrap_or(country.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_a_name_in_every_language() {
        for line in TABLE.lines() {
            let (code, names) = line.split_once(';').unwrap();
            assert!(code.parse::<CountryCode>().is_ok(), "{code}");
            let names: Vec<_> = names.split(';').collect();
            assert_eq!(names.len(), Language::ALL.len(), "{code}");
            assert!(names.iter().all(|name| !name.is_empty() && crate::unprintable(name).is_none()), "{code}");
        }
        for country in domain::calling_codes::countries() {
            assert_ne!(name(&country, Language::English), country.as_str());
        }
        let of = |code: &str, language| name(&code.parse::<CountryCode>().unwrap(), language).to_owned();
        assert_eq!(of("GH", Language::Portuguese), "Gana");
        assert_eq!(of("GH", Language::Arabic), "غانا");
        assert_eq!(of("XX", Language::English), "XX");
    }
}
