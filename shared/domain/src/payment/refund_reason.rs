//! Why a customer wants a refund, in the customer's own words.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// The longest reason, in characters.
const LONGEST: usize = 200;

/// One line of text, for the person who decides. It may be about a person, so it goes when the refund ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RefundReason(String);

/// The text is no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a reason is one line of 1 to {LONGEST} characters")]
pub struct NotAReason;

impl FromStr for RefundReason {
    type Err = NotAReason;

    fn from_str(text: &str) -> Result<Self, NotAReason> {
        let text = text.trim();
        let is_one = (1..=LONGEST).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        if is_one { Ok(Self(text.to_owned())) } else { Err(NotAReason) }
    }
}

impl TryFrom<String> for RefundReason {
    type Error = NotAReason;

    fn try_from(text: String) -> Result<Self, NotAReason> {
        text.parse()
    }
}

impl From<RefundReason> for String {
    fn from(reason: RefundReason) -> Self {
        reason.0
    }
}

impl fmt::Display for RefundReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_short_line() {
        let long = "é".repeat(LONGEST);
        for text in ["x", " paid twice ", long.as_str()] {
            assert_eq!(text.parse::<RefundReason>().map(String::from).as_deref(), Ok(text.trim()));
        }
        for text in ["", "  ", "two\nlines", "a\u{7}bell", format!("{long}é").as_str()] {
            assert_eq!(text.parse::<RefundReason>(), Err(NotAReason), "{text:?}");
        }
    }
}
