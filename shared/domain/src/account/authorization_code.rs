//! Authorization codes: what another service sends a person back with (RFC 6749, section 4.1.2).

use std::{fmt, str::FromStr};

/// The longest code. Google's have less than 256 characters.
const LONGEST: usize = 512;

/// An authorization code. It is secret until it was exchanged.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthorizationCode(String);

/// The text is not an authorization code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an authorization code")]
pub struct NotAnAuthorizationCode;

impl AuthorizationCode {
    /// The complete text, which is secret.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for AuthorizationCode {
    type Err = NotAnAuthorizationCode;

    fn from_str(text: &str) -> Result<Self, NotAnAuthorizationCode> {
        let fits = (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAnAuthorizationCode) }
    }
}

impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthorizationCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_visible_text_and_its_debug_text_hides_it() {
        let code: AuthorizationCode = "4/0AeanS0".parse().unwrap();
        assert_eq!((code.expose(), format!("{code:?}")), ("4/0AeanS0", "AuthorizationCode(..)".to_owned()));
        for bad in ["", "4/0A code", "4/0A\r\n", "é", &"x".repeat(513)] {
            assert_eq!(bad.parse::<AuthorizationCode>(), Err(NotAnAuthorizationCode), "{bad}");
        }
    }
}
