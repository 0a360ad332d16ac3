//! The second factor of a sign-in: the codes of an authenticator app (RFC 6238), and backup codes for a person who lost
//! it.

use crate::{
    Timestamp,
    access::{
        SecretHash,
        secret_text::{is_random_text, random_text},
    },
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr, time::Duration};

/// The number of backup codes.
pub const BACKUP_CODES: usize = 10;
/// How long a proposed secret may be confirmed.
const PROPOSAL_LIFETIME: Duration = Duration::from_mins(15);
/// Wrong codes of one account, after which its codes are refused until [`super::ATTEMPTS_WINDOW`] is over. Only
/// somebody who knows the password comes so far, so a stranger can't lock the owner out.
pub const WRONG_CODES: u32 = 10;
/// The digits of an app's code.
const DIGITS: usize = 6;
/// The characters of a backup code: 80 bits, so a plain hash of it is safe.
const BACKUP_LENGTH: usize = 16;

/// The secret that an app and we share, in base 32.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TotpSecret(String);

/// A code that a person typed.
#[derive(Clone, PartialEq, Eq)]
pub enum FactorCode {
    /// Six digits of an app.
    App(String),
    /// A backup code.
    Backup(BackupCode),
}

/// A backup code: 16 characters, which are shown in groups of four.
#[derive(Clone, PartialEq, Eq)]
pub struct BackupCode(String);

/// The text is neither a code of an app nor a backup code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a code")]
pub struct NotACode;

/// The second factor of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactor {
    /// The number of writes. A write is conditional on it, so of two uses of a code one counts.
    pub version: u64,
    app: Option<App>,
    proposed: Option<Proposed>,
    #[serde(default)]
    backup_codes: Vec<SecretHash>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct App {
    secret: TotpSecret,
    since: Timestamp,
    /// The time step of the last accepted code. No code of it or before is accepted again.
    last_step: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Proposed {
    secret: TotpSecret,
    ends_at: Timestamp,
}

impl SecondFactor {
    /// Whether a sign-in needs a code.
    pub const fn is_on(&self) -> bool {
        self.app.is_some()
    }

    /// Since when it is on.
    pub fn since(&self) -> Option<Timestamp> {
        self.app.as_ref().map(|app| app.since)
    }

    /// The backup codes that were not yet used.
    pub const fn backup_codes_left(&self) -> usize {
        self.backup_codes.len()
    }

    /// The secret of the app.
    pub fn secret(&self) -> Option<&TotpSecret> {
        self.app.as_ref().map(|app| &app.secret)
    }

    /// The secret that a first code may confirm now.
    pub fn proposed(&self, now: Timestamp) -> Option<&TotpSecret> {
        self.proposed.as_ref().filter(|proposed| now < proposed.ends_at).map(|proposed| &proposed.secret)
    }

    /// The next version, with a secret to confirm and the end of its time. An earlier proposal ends.
    #[must_use]
    pub fn proposing(self, secret: TotpSecret, now: Timestamp) -> (Self, Timestamp) {
        let ends_at = now.plus(PROPOSAL_LIFETIME);
        (Self { proposed: Some(Proposed { secret, ends_at }), ..self.next() }, ends_at)
    }

    /// The next version: on, with these backup codes. `step` is that of the code that confirmed the proposed secret.
    /// `None` without a proposal.
    #[must_use]
    pub fn confirmed(self, step: u64, codes: &[BackupCode], now: Timestamp) -> Option<Self> {
        let secret = self.proposed(now)?.clone();
        let app = Some(App { secret, since: now, last_step: step });
        Some(Self { app, proposed: None, ..self.with_backup_codes(codes) })
    }

    /// The next version after a code of this time step. `None` if a code of it or of a later one was accepted before.
    #[must_use]
    pub fn after_step(self, step: u64) -> Option<Self> {
        let app = self.app.clone().filter(|app| app.last_step < step)?;
        Some(Self { app: Some(App { last_step: step, ..app }), ..self.next() })
    }

    /// The next version after this backup code. `None` if there is no such code, or no longer.
    #[must_use]
    pub fn after_backup(self, code: &BackupCode) -> Option<Self> {
        let hash = code.hash();
        let left: Vec<_> = self.backup_codes.iter().filter(|known| **known != hash).cloned().collect();
        (left.len() < self.backup_codes.len()).then(|| Self { backup_codes: left, ..self.next() })
    }

    /// The next version, with these backup codes in place of all others.
    #[must_use]
    pub fn with_backup_codes(self, codes: &[BackupCode]) -> Self {
        Self { backup_codes: codes.iter().map(BackupCode::hash).collect(), ..self.next() }
    }

    /// The next version: off.
    #[must_use]
    pub fn off(self) -> Self {
        Self { app: None, proposed: None, backup_codes: Vec::new(), ..self.next() }
    }

    fn next(self) -> Self {
        Self { version: self.version + 1, ..self }
    }
}

impl TotpSecret {
    /// A secret with this text.
    pub fn new(base32: impl Into<String>) -> Self {
        Self(base32.into())
    }

    /// The complete text, which is secret.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl BackupCode {
    /// A new code from random bytes; five bits of each are used.
    pub fn new(random: [u8; BACKUP_LENGTH]) -> Self {
        Self(random_text(random))
    }

    /// The text as a person reads it, in groups of four.
    pub fn shown(&self) -> String {
        let groups = [0, 4, 8, 12].map(|start| self.0.get(start..start + 4).unwrap_or_default());
        groups.join("-")
    }

    fn hash(&self) -> SecretHash {
        SecretHash::of(&self.0)
    }
}

impl FromStr for FactorCode {
    type Err = NotACode;

    /// Blanks and dashes are ignored, and small letters are read as large ones.
    fn from_str(text: &str) -> Result<Self, NotACode> {
        // Longer texts are no codes, and are not worth the work.
        if text.len() > 2 * BACKUP_LENGTH {
            return Err(NotACode);
        }
        let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).map(|c| c.to_ascii_uppercase()).collect();
        if plain.len() == DIGITS && plain.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self::App(plain))
        } else if is_random_text(&plain, BACKUP_LENGTH) {
            Ok(Self::Backup(BackupCode(plain)))
        } else {
            Err(NotACode)
        }
    }
}

macro_rules! hidden {
    ($($secret:ident)+) => {
        $(impl fmt::Debug for $secret {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($secret), "(..)"))
            }
        })+
    };
}

hidden!(TotpSecret FactorCode BackupCode);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    fn codes() -> Vec<BackupCode> {
        (0..10).map(|n| BackupCode::new([n; BACKUP_LENGTH])).collect()
    }

    fn on() -> SecondFactor {
        let (proposed, _) = SecondFactor::default().proposing(TotpSecret::new("S"), at(0));
        proposed.confirmed(7, &codes(), at(1)).unwrap()
    }

    #[test]
    fn it_is_on_once_a_proposed_secret_was_confirmed_in_time() {
        let (proposed, ends_at) = SecondFactor::default().proposing(TotpSecret::new("S"), at(0));
        assert!(!proposed.is_on() && proposed.proposed(at(1)).is_some());
        assert_eq!(proposed.clone().confirmed(7, &codes(), ends_at), None, "too late");
        let on = on();
        assert!(on.is_on() && on.proposed(at(1)).is_none());
        assert_eq!((on.version, on.since(), on.backup_codes_left()), (2, Some(at(1)), BACKUP_CODES));
        assert_eq!(on.clone().confirmed(8, &codes(), at(2)), None, "nothing is proposed");
        let off = on.off();
        assert_eq!((off.is_on(), off.backup_codes_left(), off.version), (false, 0, 3));
    }

    #[test]
    fn no_code_is_accepted_twice() {
        let on = on();
        for old in [0, 6, 7] {
            assert_eq!(on.clone().after_step(old), None, "{old}: the code that confirmed it was one of step 7");
        }
        let used = on.after_step(9).unwrap();
        assert_eq!((used.clone().after_step(9), used.clone().after_step(8)), (None, None));
        let code = &codes()[3];
        let used = used.after_backup(code).unwrap();
        assert_eq!(used.backup_codes_left(), 9);
        assert_eq!(used.clone().after_backup(code), None);
        let renewed = used.with_backup_codes(&[BackupCode::new([30; BACKUP_LENGTH])]);
        assert_eq!((renewed.clone().after_backup(&codes()[4]), renewed.backup_codes_left()), (None, 1));
        assert_eq!(SecondFactor::default().after_step(9), None, "it is off");
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        assert!("123 456".parse() == Ok(FactorCode::App("123456".to_owned())));
        let code = BackupCode::new(std::array::from_fn(|n| u8::try_from(n + 10).unwrap()));
        assert_eq!(code.shown(), "ABCD-EFGH-JKMN-PQRS");
        for typed in [code.shown(), code.shown().to_lowercase(), code.shown().replace('-', " ")] {
            assert!(typed.parse() == Ok(FactorCode::Backup(code.clone())), "{typed}");
        }
        for bad in ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "ABCD-EFGH-JKMN-PQR", "ABCD-EFGH-JKMN-PQRU"] {
            assert!(bad.parse::<FactorCode>() == Err(NotACode), "{bad}");
        }
        assert_eq!(format!("{code:?} {:?}", TotpSecret::new("S")), "BackupCode(..) TotpSecret(..)");
    }

    proptest! {
        #[test]
        fn any_text_is_a_code_or_not(text in prop_oneof![".*", "[0-9A-Za-z -]{0,40}"]) {
            let _ = text.parse::<FactorCode>();
        }
    }
}
