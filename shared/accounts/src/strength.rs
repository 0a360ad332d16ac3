//! Which passwords are accepted.

use domain::account::Password;
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
    /// Judges a password. `personal` is what a guesser knows: the address and its parts.
    ///
    /// The estimate includes lists of common passwords, words and names.
    pub fn judge(password: Password, personal: &[&str]) -> Result<Self, Weakness> {
        if password.expose().chars().count() < SHORTEST {
            return Err(Weakness::TooShort);
        }
        let examined: String = password.expose().chars().take(EXAMINED).collect();
        let known: Vec<&str> = personal.iter().copied().chain(["namaskah", "verification"]).collect();
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

    #[test]
    fn common_and_personal_passwords_are_refused() {
        let judge =
            |text: &str| StrongPassword::judge(text.parse().unwrap(), &["kofi.mensah", "kofi", "mensah"]).map(|_| ());
        for good in ["correct horse battery staple", "tK9#mv2!qPz", "Jollof-7-Akwaaba-Trotro", "пароль который длинный"]
        {
            assert_eq!(judge(good), Ok(()), "{good}");
        }
        for short in ["", "tK9#mv2!q", "ééééééééé"].iter().filter(|text| !text.is_empty()) {
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
        ] {
            assert_eq!(judge(weak), Err(Weakness::EasyToGuess), "{weak}");
        }
    }

    #[test]
    fn long_passwords_take_no_longer() {
        let started = std::time::Instant::now();
        assert!(StrongPassword::judge("a1-".repeat(85).parse().unwrap(), &[]).is_err(), "a short text, repeated");
        assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    }
}
