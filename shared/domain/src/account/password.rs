//! Passwords, as they are typed and as they are stored. Their rules are in the crate `accounts`.

use crate::access::secret_text::random_text;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use unicode_normalization::UnicodeNormalization;

/// The longest password, in characters: hashing a longer one would cost our time.
const LONGEST: usize = 256;

/// A password as a person typed it, in Unicode's form NFKC: a letter with an accent may be typed as one character or as
/// two. It is judged and hashed in the same form.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// The text can't be a password: it is empty, too long, or has control characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a password")]
pub struct NotAPassword;

impl Password {
    /// A first password, from random bytes; five bits of each are used. Its owner must replace it.
    pub fn first(random: [u8; 20]) -> Self {
        Self(random_text(random))
    }

    /// The complete text, which is secret.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for Password {
    type Err = NotAPassword;

    fn from_str(text: &str) -> Result<Self, NotAPassword> {
        if text.chars().count() > LONGEST {
            return Err(NotAPassword);
        }
        let text: String = text.nfkc().collect();
        let fits = (1..=LONGEST).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        if fits { Ok(Self(text)) } else { Err(NotAPassword) }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

/// The hash of a password with its salt and cost, in the form of the PHC string format.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// A hash with this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The complete text. It is private: with it, guesses can be tested.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_any_text_of_reasonable_length() {
        for good in ["x", "correct horse battery staple", "пароль", "🔑🔑", &"a".repeat(256)] {
            let password: Password = good.parse().unwrap();
            assert_eq!(password.expose(), good);
            assert_eq!(format!("{password:?} {:?}", PasswordHash::new(good)), "Password(..) PasswordHash(..)");
        }
        let typed = ["cafe\u{301}", "ｃａｆé"].map(|text| text.parse::<Password>().unwrap());
        assert!(typed.iter().all(|password| password.expose() == "café"), "one password in each form");
        for bad in ["", "a\nb", "a\0", &"a".repeat(257)] {
            assert_eq!(bad.parse::<Password>(), Err(NotAPassword), "{bad:?}");
        }
    }
}
