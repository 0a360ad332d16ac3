//! Numbers that belong to nobody, so that a test calls nobody.
//!
//! Some countries keep numbers for fiction: +1 555-01xx (NANPA), 07700 900xxx (Ofcom), 06 39 98 xx xx (ARCEP),
//! 020 91x xxxx (ComReg). Elsewhere the national number begins with `000`, which no country assigns.

use domain::{CountryCode, PhoneNumber, calling_codes};

/// The numbers for fiction: country, beginning, and how many digits follow.
const FICTION: [(&str, &str, usize); 5] = [
    ("CA", "161355501", 2),
    ("FR", "3363998", 4),
    ("GB", "447700900", 3),
    ("IE", "3532091", 5),
    ("US", "120255501", 2),
];
/// The beginning of the calling codes of one country of North America: all of them keep 555-01xx.
const NORTH_AMERICA: char = '1';

/// The `n`-th number of a country; `None` without a calling code. There are a hundred numbers at least.
pub(super) fn number(country: &CountryCode, n: u64) -> Option<PhoneNumber> {
    let own = FICTION.iter().find(|(of, ..)| *of == country.as_str());
    let (beginning, digits) = match own {
        Some((_, beginning, digits)) => ((*beginning).to_owned(), *digits),
        None => match calling_codes::code_of(country)? {
            code if code.starts_with(NORTH_AMERICA) => (format!("{code}55501"), 2),
            code => (format!("{code}000"), 6),
        },
    };
    let n = n % 10_u64.pow(u32::try_from(digits).ok()?);
    format!("+{beginning}{n:0digits$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(country: &str, n: u64) -> Option<String> {
        number(&country.parse().unwrap(), n).map(|number| number.as_str().to_owned())
    }

    #[test]
    fn numbers_are_those_for_fiction() {
        for (country, n, expected) in [
            ("US", 7, "+12025550107"),
            ("US", 107, "+12025550107"),
            ("CA", 99, "+16135550199"),
            ("JM", 5, "+16585550105"),
            ("GB", 461, "+447700900461"),
            ("FR", 12, "+33639980012"),
            ("IE", 7, "+353209100007"),
            ("GH", 123_456, "+233000123456"),
        ] {
            assert_eq!(of(country, n).as_deref(), Some(expected), "{country}");
        }
        assert_eq!(of("ZZ", 1), None);
    }

    #[test]
    fn each_country_has_numbers_of_its_own() {
        for country in calling_codes::countries() {
            for n in [0, 7, u64::MAX] {
                let number = number(&country, n).unwrap();
                assert!(!calling_codes::is_foreign(&number, &country), "{country} {number}");
            }
        }
    }
}
