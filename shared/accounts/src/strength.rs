//! Which passwords are accepted.

use domain::{EmailAddress, account::Password};
use thiserror::Error;
use zxcvbn::{Score, zxcvbn};

/// The shortest accepted password, in characters.
const SHORTEST: usize = 10;
/// Only this much is examined: the estimate takes longer for long texts, and the rest can only add strength.
const EXAMINED: usize = 72;

/// A password that is long enough and hard to guess. Only those are stored.
#[derive(Clone, Debug)]
pub struct StrongPassword(Password);

/// Why a password is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Weakness {
    /// It has fewer than ten characters.
    #[error("too short")]
    TooShort,
    /// It can be guessed: it is common, or made of words, names, dates or rows of keys, or of the person's own data.
    #[error("easy to guess")]
    EasyToGuess,
}

impl StrongPassword {
    /// Judges a password of the owner of this address.
    ///
    /// The estimate includes lists of common passwords, words and names, and knows the address and its parts.
    pub fn judge(password: Password, owner: &EmailAddress) -> Result<Self, Weakness> {
        if password.expose().chars().count() < SHORTEST {
            return Err(Weakness::TooShort);
        }
        let examined: String = password.expose().chars().take(EXAMINED).collect();
        let address = owner.as_str();
        let parts = address.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 2);
        let known: Vec<&str> = [address, "namaskah", "verification"].into_iter().chain(parts).collect();
        if zxcvbn(&examined, &known).score() < Score::Three {
            return Err(Weakness::EasyToGuess);
        }
        Ok(Self(password))
    }

    /// The password.
    pub const fn password(&self) -> &Password {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner() -> EmailAddress {
        "kofi.mensah@example.com".parse().unwrap()
    }

    #[test]
    fn common_and_personal_passwords_are_refused() {
        let judge = |text: &str| StrongPassword::judge(text.parse().unwrap(), &owner()).map(|_| ());
        for good in ["correct horse battery staple", "tK9#mv2!qPz", "Jollof-7-Akwaaba-Trotro", "пароль который длинный"]
        {
            assert_eq!(judge(good), Ok(()), "{good}");
        }
        for short in ["x", "tK9#mv2!q", "ééééééééé", "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}"] {
            assert_eq!(judge(short), Err(Weakness::TooShort), "{short}");
        }
        for weak in [
            "1234567890",
            "password123",
            "qwertyuiop",
            "aaaaaaaaaaaa",
            "kofimensah",
            "namaskah2026",
            "iloveyou12345",
            "P@ssw0rd1234",
            "ｐａｓｓｗｏｒｄ１２３",
        ] {
            assert_eq!(judge(weak), Err(Weakness::EasyToGuess), "{weak}");
        }
    }
}
