//! Versions of the terms of service.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The version of the terms that a person accepted: the day from which they apply, such as `2026-11-01`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TermsVersion(String);

/// The text is not a version of the terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a version of the terms")]
pub struct NotTerms;

impl FromStr for TermsVersion {
    type Err = NotTerms;

    fn from_str(text: &str) -> Result<Self, NotTerms> {
        let form = time::macros::format_description!("[year]-[month]-[day]");
        time::Date::parse(text, form).map(|_| Self(text.to_owned())).map_err(|_| NotTerms)
    }
}

impl TryFrom<String> for TermsVersion {
    type Error = NotTerms;

    fn try_from(text: String) -> Result<Self, NotTerms> {
        text.parse()
    }
}

impl From<TermsVersion> for String {
    fn from(terms: TermsVersion) -> Self {
        terms.0
    }
}

impl fmt::Display for TermsVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_a_day() {
        assert_eq!("2026-11-01".parse::<TermsVersion>().unwrap().to_string(), "2026-11-01");
        for bad in ["", "v1", "2026-11-31", "2026-11-1", "2026-11-01 "] {
            assert_eq!(bad.parse::<TermsVersion>(), Err(NotTerms), "{bad}");
        }
    }
}
