//! The values in answers: identifiers, exact numbers, and times.

use domain::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;
use std::{fmt, str::FromStr};

/// The longest identifier. BTCPay's have 22 to 44 characters.
const LONGEST: usize = 100;

/// An identifier of BTCPay that is a part of paths: letters, digits, `-` and `_`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub(in crate::btcpay) struct Id(String);

/// The text is not an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub(in crate::btcpay) struct NotAnId;

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if is_plain && (1..=LONGEST).contains(&text.len()) { Ok(Self(text.to_owned())) } else { Err(NotAnId) }
    }
}

impl TryFrom<String> for Id {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Self, NotAnId> {
        text.parse()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads a decimal number exactly. BTCPay sends a string; a JSON number is read from its digits, never as a float.
pub(super) fn exact<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    decimal(raw.get()).ok_or_else(|| de::Error::custom("not a decimal number"))
}

/// The same for a number that may be missing or `null`.
pub(super) fn exact_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let raw = Option::<Box<RawValue>>::deserialize(deserializer)?;
    let number = raw.map(|raw| decimal(raw.get()).ok_or_else(|| de::Error::custom("not a decimal number")));
    number.transpose()
}

/// The number of a JSON string or number; `None` if it has more digits than can be held.
fn decimal(json: &str) -> Option<Decimal> {
    let text = json.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(json);
    let of_a_number = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E');
    if !text.bytes().all(of_a_number) {
        return None;
    }
    let has_exponent = text.contains(['e', 'E']);
    let number = if has_exponent { Decimal::from_scientific(text) } else { Decimal::from_str_exact(text) };
    number.ok()
}

/// Reads a time in seconds since 1970.
pub(super) fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    i64::deserialize(deserializer).map(|seconds| Timestamp::from_millis(seconds.saturating_mul(1000)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_exactly_from_strings_and_numbers() {
        for (json, number) in [
            (r#""0.00083334""#, "0.00083334"),
            ("0.1", "0.1"),
            ("60000", "60000"),
            (r#""-0.00000001""#, "-0.00000001"),
            ("1e-7", "0.0000001"),
            ("1.5E2", "150"),
            // A float holds 17 digits.
            ("64392.230000000000000000001", "64392.230000000000000000001"),
            (r#""0.016666666666666666666666667""#, "0.016666666666666666666666667"),
        ] {
            assert_eq!(decimal(json).map(|number| number.to_string()).as_deref(), Some(number), "{json}");
        }
        for json in [
            "",
            "\"\"",
            "\"",
            "null",
            "true",
            "[]",
            "\"NaN\"",
            "\"1,5\"",
            "\"1_000\"",
            "\" 1\"",
            "\"1",
            "1e",
            "1e999",
            "\"1e-400\"",
            "79228162514264337593543950336",
            "\"0.00000000000000000000000000001\"",
            "\"\\u0031\"",
            "٣",
        ] {
            assert_eq!(decimal(json), None, "{json}");
        }
    }

    #[test]
    fn an_identifier_leads_to_no_other_path() {
        for text in ["G3Ax9kDqPCvmcqzVV2Yq5r", "a", "_-"] {
            assert_eq!(text.parse::<Id>().map(|id| id.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "..", "a/b", "a?b", "a b", "a%2fb", "é", &"a".repeat(101)] {
            assert_eq!(text.parse::<Id>(), Err(NotAnId), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\"?[-+0-9.eE_]{0,40}\"?") {
            let _ = decimal(&text);
        }

        #[test]
        fn every_number_is_read_back(mantissa in any::<i64>(), scale in 0_u32..=28) {
            let number = Decimal::new(mantissa, scale);
            prop_assert_eq!(decimal(&number.to_string()), Some(number));
            prop_assert_eq!(decimal(&format!("\"{number}\"")), Some(number));
        }
    }
}
