//! 5SIM's names of countries. Our service names are 5SIM's slugs, so services need no translation.
//!
//! The table is a file of the crate: `data/fivesim_countries.csv` (ISO code, slug).

use domain::{
    CountryCode,
    sorted_table::{Rows, find, rows},
};
use std::sync::LazyLock;

static BY_ISO: LazyLock<Rows> = LazyLock::new(|| rows(include_str!("../../data/fivesim_countries.csv")));
static BY_SLUG: LazyLock<Rows> = LazyLock::new(|| {
    let mut by_slug: Rows = BY_ISO.iter().map(|&(iso, slug)| (slug, iso)).collect();
    by_slug.sort_unstable();
    by_slug
});

/// 5SIM's slug of a country (`GH` → `ghana`); `None` if 5SIM does not sell it.
pub fn slug_of(country: &CountryCode) -> Option<&'static str> {
    find(&BY_ISO, country.as_str())
}

/// The country of a 5SIM slug (`england` → `GB`); `None` if the slug is unknown.
pub fn country_of(slug: &str) -> Option<CountryCode> {
    find(&BY_SLUG, slug).and_then(|iso| iso.parse().ok())
}

/// Every country that 5SIM sells, with its slug, by ISO code.
pub fn countries() -> impl Iterator<Item = (CountryCode, &'static str)> {
    BY_ISO.iter().filter_map(|&(iso, slug)| Some((iso.parse().ok()?, slug)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_without_doubles_and_every_row_is_good() {
        for rows in [&*BY_ISO, &*BY_SLUG] {
            assert!(rows.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
        assert_eq!(countries().count(), include_str!("../../data/fivesim_countries.csv").lines().count());
    }

    #[test]
    fn the_number_of_every_country_that_is_sold_can_be_compared() {
        let of_no_country = "+999123456789".parse().unwrap();
        for (country, _) in countries() {
            assert!(domain::calling_codes::is_foreign(&of_no_country, &country), "{country} has no calling code");
        }
    }

    #[test]
    fn countries_are_translated_both_ways() {
        for (country, slug) in countries() {
            assert_eq!(slug_of(&country), Some(slug));
            assert_eq!(country_of(slug), Some(country));
        }
        assert_eq!(slug_of(&"GB".parse().unwrap()), Some("england"));
        assert_eq!(slug_of(&"US".parse().unwrap()), Some("usa"));
        assert_eq!(slug_of(&"AE".parse().unwrap()), None);
        assert_eq!(country_of("atlantis"), None);
    }
}
