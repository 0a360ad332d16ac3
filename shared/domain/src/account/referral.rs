//! Referral codes: who invited a new customer.

use crate::access::secret_text::{is_random_text, random_text};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A customer's referral code: eight characters of Crockford's base 32, in upper case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReferralCode(String);

/// The text is not a referral code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a referral code")]
pub struct NotAReferralCode;

const LENGTH: usize = 8;

impl ReferralCode {
    /// A new code from 8 random bytes; five bits of each are used. The store refuses one that is taken.
    pub fn new(random: [u8; LENGTH]) -> Self {
        Self(random_text(random))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ReferralCode {
    type Err = NotAReferralCode;

    /// Accepts lower case, because people type codes.
    fn from_str(text: &str) -> Result<Self, NotAReferralCode> {
        let text = text.trim().to_ascii_uppercase();
        if is_random_text(&text, LENGTH) { Ok(Self(text)) } else { Err(NotAReferralCode) }
    }
}

impl TryFrom<String> for ReferralCode {
    type Error = NotAReferralCode;

    fn try_from(text: String) -> Result<Self, NotAReferralCode> {
        text.parse()
    }
}

impl From<ReferralCode> for String {
    fn from(code: ReferralCode) -> Self {
        code.0
    }
}

impl fmt::Display for ReferralCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_any_case() {
        let code = ReferralCode::new([0, 9, 10, 31, 32, 63, 200, 255]);
        assert_eq!(code.as_str(), "09AZ0Z8Z");
        assert_eq!(" 09az0z8z ".parse(), Ok(code));
        for bad in ["", "09AZ0Z8", "09AZ0Z8ZZ", "09AZ0Z8U", "09AZ0Z8é"] {
            assert_eq!(bad.parse::<ReferralCode>(), Err(NotAReferralCode), "{bad}");
        }
    }
}
