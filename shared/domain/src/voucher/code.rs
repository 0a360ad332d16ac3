//! The code of a voucher.

use crate::access::{SecretHash, secret_text::random_text};
use serde::{Serialize, Serializer};
use std::{fmt, str::FromStr};

/// The characters of a code that nobody chose: 80 random bits.
const RANDOM_LENGTH: usize = 16;
/// The lengths of a code.
const LENGTHS: std::ops::RangeInclusive<usize> = 6..=40;
/// The characters of a group, when a code is shown.
const GROUP: usize = 4;

/// A voucher's code: letters and digits, in upper case. Whoever knows it may use the voucher, so it is shown only to who
/// made it.
#[derive(Clone, PartialEq, Eq)]
pub struct VoucherCode(String);

/// The text is not a voucher's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a voucher's code has 6 to 40 letters and digits")]
pub struct NotAVoucherCode;

impl VoucherCode {
    /// A new code, from random bytes; five bits of each are used.
    pub fn random(random: [u8; RANDOM_LENGTH]) -> Self {
        Self(random_text(random))
    }

    /// The hash under which the voucher is stored. It keeps a random code secret from whoever reads the table. A chosen
    /// text can be guessed, with and without a hash.
    pub fn hash(&self) -> SecretHash {
        SecretHash::of(&self.0)
    }

    /// The code for people: a random one in groups, a chosen one as it is.
    pub fn expose(&self) -> String {
        if self.0.len() != RANDOM_LENGTH {
            return self.0.clone();
        }
        let groups: Vec<&str> = (0..RANDOM_LENGTH).step_by(GROUP).filter_map(|at| self.0.get(at..at + GROUP)).collect();
        groups.join("-")
    }
}

impl FromStr for VoucherCode {
    type Err = NotAVoucherCode;

    /// Accepts lower case, spaces and hyphens, because people type and copy codes.
    fn from_str(text: &str) -> Result<Self, NotAVoucherCode> {
        let is_kept = |character: &char| !character.is_whitespace() && *character != '-';
        // A longer text is no code, and must not be copied.
        let text: String = text.chars().filter(is_kept).take(LENGTHS.end() + 1).collect();
        let text = text.to_ascii_uppercase();
        let fits = LENGTHS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if fits { Ok(Self(text)) } else { Err(NotAVoucherCode) }
    }
}

impl fmt::Debug for VoucherCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VoucherCode(…)")
    }
}

/// For the fingerprint of a request, which is a hash.
impl Serialize for VoucherCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code: VoucherCode = "WELCOME10".parse().unwrap();
        for typed in ["welcome10", " Welcome-10 ", "WEL COME-10", "w-e-l-c-o-m-e-1-0"] {
            assert_eq!(typed.parse(), Ok(code.clone()), "{typed}");
        }
        for bad in ["", "WEL10", "WELCOME_10", "WELCOMÉ10", &"A".repeat(41), &" ".repeat(1000)] {
            assert_eq!(bad.parse::<VoucherCode>(), Err(NotAVoucherCode), "{bad}");
        }
        assert_eq!(code.expose(), "WELCOME10");
        assert_eq!(format!("{code:?}"), "VoucherCode(…)");
    }

    proptest! {
        #[test]
        fn a_random_code_is_read_as_it_is_shown(random: [u8; RANDOM_LENGTH]) {
            let code = VoucherCode::random(random);
            let shown = code.expose();
            prop_assert_eq!(shown.len(), 19);
            let read: VoucherCode = shown.to_lowercase().parse().unwrap();
            prop_assert_eq!(read.hash(), code.hash());
        }
    }
}
