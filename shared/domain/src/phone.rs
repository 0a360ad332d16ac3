//! Phone numbers.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// The string is not a phone number in E.164 format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a phone number is '+' and 7 to 15 digits (E.164)")]
pub struct NotAPhoneNumber;

/// A phone number in E.164 format: `+` and 7 to 15 digits. `Display` shows it in full. `Debug`, and
/// therefore any log of it, shows only its ends.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// The number with its `+`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PhoneNumber {
    type Err = NotAPhoneNumber;

    fn from_str(text: &str) -> Result<Self, NotAPhoneNumber> {
        let digits = text.strip_prefix('+').ok_or(NotAPhoneNumber)?;
        // No country code begins with 0.
        let good =
            (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        if good { Ok(Self(text.to_owned())) } else { Err(NotAPhoneNumber) }
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = NotAPhoneNumber;

    fn try_from(text: String) -> Result<Self, NotAPhoneNumber> {
        text.parse()
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> Self {
        number.0
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhoneNumber({}…{})", &self.0[..3], &self.0[self.0.len() - 2..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_e164_and_masked_in_logs() {
        let phone: PhoneNumber = "+79000381454".parse().unwrap();
        assert_eq!(phone.to_string(), "+79000381454");
        assert_eq!(format!("{phone:?}"), "PhoneNumber(+79…54)");
        for bad in ["", "+", "79000381454", "+123456", "+1234567890123456", "+0791234567", "+7 900 038", "+٧٩٠٠٠٣٨١٤٥٤"]
        {
            assert_eq!(bad.parse::<PhoneNumber>(), Err(NotAPhoneNumber), "{bad:?}");
        }
    }
}
