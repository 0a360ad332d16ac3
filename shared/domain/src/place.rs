//! Names of services, countries and operators.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// Why a string is not a valid name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NameError {
    /// Not lower-case letters, digits and `_ - .`, or too long.
    #[error("a name has 1 to 40 lower-case letters, digits, '_', '-' or '.'")]
    Malformed,
    /// Not two capital letters.
    #[error("a country is two capital letters (ISO 3166-1 alpha-2), like GH")]
    NotACountry,
}

fn slug(text: &str) -> Result<String, NameError> {
    let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-' | b'.');
    if (1..=40).contains(&text.len()) && text.bytes().all(good) {
        Ok(text.to_owned())
    } else {
        Err(NameError::Malformed)
    }
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $parse:expr, $pattern:literal, $example:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as a string.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NameError;
            fn from_str(text: &str) -> Result<Self, NameError> {
                let parse: fn(&str) -> Result<String, NameError> = $parse;
                parse(text).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NameError;
            fn try_from(text: String) -> Result<Self, NameError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some($pattern))
                    .examples([$example])
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}
    };
}

name!(
    /// A service that sends codes, by its slug (`whatsapp`).
    ServiceName,
    slug,
    "^[a-z0-9_.-]{1,40}$",
    "whatsapp"
);
name!(
    /// A country as ISO 3166-1 alpha-2 in capitals (`GH`). The catalog lists the countries on sale.
    CountryCode,
    |text| {
        let good = text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
        if good { Ok(text.to_owned()) } else { Err(NameError::NotACountry) }
    },
    "^[A-Z]{2}$",
    "GH"
);
name!(
    /// A mobile operator, by the supplier's name (`mtn`).
    OperatorName,
    slug,
    "^[a-z0-9_.-]{1,40}$",
    "mtn"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parsed_at_the_edge() {
        assert!("whatsapp".parse::<ServiceName>().is_ok());
        for bad in ["", "WhatsApp", "a b", "a#b", "é", &"x".repeat(41)] {
            assert_eq!(bad.parse::<ServiceName>(), Err(NameError::Malformed), "{bad:?}");
        }
        assert!("GH".parse::<CountryCode>().is_ok());
        for bad in ["gh", "GHA", "G", "G1", ""] {
            assert_eq!(bad.parse::<CountryCode>(), Err(NameError::NotACountry), "{bad:?}");
        }
    }
}
