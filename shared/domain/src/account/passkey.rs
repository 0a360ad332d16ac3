//! Passkeys: keys in a person's devices, with which the person signs in without a password (WebAuthn). The device asks
//! for a finger, a face or a code before it uses one, so a passkey is two factors in one step.

use crate::{
    PasskeyId, Timestamp, UserId,
    access::{KeyName, SecretHash},
};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// The passkeys of an account at most.
pub const MOST_PASSKEYS: usize = 10;
/// How long a challenge waits for its answer.
pub const CEREMONY_LIFETIME: Duration = Duration::from_mins(5);
/// The length of a user handle: the bytes of the identifier of an account.
pub const USER_HANDLE_LENGTH: usize = 16;

/// The identifier that a device gave to a credential, in base64url without padding: up to 1,023 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CredentialId(String);

/// Whether a passkey is in more than one device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Backup {
    /// It never leaves its device.
    Never,
    /// It may be synced, and is not yet.
    Possible,
    /// It is synced.
    Synced,
}

/// What a device reports with each use of a passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyState {
    /// The number of uses that the device counted; 0 if it counts none, as with synced passkeys.
    pub sign_count: u32,
    /// Whether it is synced.
    pub backup: Backup,
}

/// A passkey of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// Identifier.
    pub passkey_id: PasskeyId,
    /// Name, for its owner.
    pub name: KeyName,
    /// The identifier that the device gave to it.
    pub credential: CredentialId,
    /// The public key, in base64url, as the library that verifies signatures encodes it.
    pub public_key: String,
    /// The ways in which a browser reaches its device, as the library encodes them.
    pub transports: u8,
    /// What its device reported last.
    #[serde(flatten)]
    pub state: PasskeyState,
    /// Time of its registration.
    pub created_at: Timestamp,
    /// The last sign-in with it.
    #[serde(default)]
    pub used_at: Option<Timestamp>,
}

/// The passkeys of an account: one record, so that of two changes at once one decides again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkeys {
    /// The number of writes. A write is conditional on it.
    pub version: u64,
    #[serde(default)]
    passkeys: Vec<Passkey>,
}

/// The account has as many passkeys as it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the account has {MOST_PASSKEYS} passkeys")]
pub struct TooManyPasskeys;

impl Passkeys {
    /// All of them, oldest first.
    pub fn all(&self) -> &[Passkey] {
        &self.passkeys
    }

    /// Whether one more may be added.
    pub const fn check_room(&self) -> Result<(), TooManyPasskeys> {
        if self.passkeys.len() < MOST_PASSKEYS { Ok(()) } else { Err(TooManyPasskeys) }
    }

    /// The passkey of this credential.
    pub fn of(&self, credential: &CredentialId) -> Option<&Passkey> {
        self.passkeys.iter().find(|passkey| passkey.credential == *credential)
    }

    /// The next version, with a new passkey.
    pub fn with(mut self, passkey: Passkey) -> Result<Self, TooManyPasskeys> {
        self.check_room()?;
        self.passkeys.push(passkey);
        Ok(self.next())
    }

    /// The next version without this passkey, and the passkey; `None` if there is no such passkey.
    #[must_use]
    pub fn without(mut self, id: &PasskeyId) -> Option<(Self, Passkey)> {
        let place = self.passkeys.iter().position(|passkey| passkey.passkey_id == *id)?;
        let removed = self.passkeys.remove(place);
        Some((self.next(), removed))
    }

    /// The next version after a sign-in with this passkey.
    #[must_use]
    pub fn after_use(mut self, id: &PasskeyId, state: PasskeyState, now: Timestamp) -> Self {
        for passkey in self.passkeys.iter_mut().filter(|passkey| passkey.passkey_id == *id) {
            passkey.state = state;
            passkey.used_at = Some(now);
        }
        self.next()
    }

    fn next(self) -> Self {
        Self { version: self.version + 1, ..self }
    }
}

impl CredentialId {
    /// An identifier with this text.
    pub fn new(base64url: impl Into<String>) -> Self {
        Self(base64url.into())
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The hash under which it is claimed.
    pub fn hash(&self) -> SecretHash {
        SecretHash::of(&self.0)
    }
}

/// The user handle of an account, which its devices keep. It names the account and nothing about its owner.
pub fn user_handle(user: &UserId) -> [u8; USER_HANDLE_LENGTH] {
    user.to_bytes()
}

/// The account of a user handle.
pub fn user_of(handle: [u8; USER_HANDLE_LENGTH]) -> UserId {
    UserId::of_bytes(handle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(n: u128) -> PasskeyId {
        PasskeyId::new(Timestamp::from_millis(1), n)
    }

    fn passkey(n: u128) -> Passkey {
        Passkey {
            passkey_id: id(n),
            name: "phone".parse().unwrap(),
            credential: CredentialId::new(n.to_string()),
            public_key: String::new(),
            transports: 0,
            state: PasskeyState { sign_count: 0, backup: Backup::Never },
            created_at: Timestamp::from_millis(1),
            used_at: None,
        }
    }

    #[test]
    fn an_account_has_ten_at_most() {
        let mut passkeys = Passkeys::default();
        for n in 0..10 {
            passkeys = passkeys.with(passkey(n)).unwrap();
        }
        assert_eq!((passkeys.all().len(), passkeys.version), (MOST_PASSKEYS, 10));
        assert_eq!(passkeys.clone().with(passkey(10)), Err(TooManyPasskeys));
        let (fewer, removed) = passkeys.without(&id(4)).unwrap();
        assert_eq!((removed, fewer.version), (passkey(4), 11));
        assert_eq!((fewer.of(&CredentialId::new("4")), fewer.clone().without(&id(4))), (None, None));
        assert!(fewer.with(passkey(11)).is_ok());
    }

    #[test]
    fn a_use_changes_one_of_them() {
        let passkeys = Passkeys::default().with(passkey(1)).unwrap().with(passkey(2)).unwrap();
        let state = PasskeyState { sign_count: 7, backup: Backup::Synced };
        let now = Timestamp::from_millis(9);
        let used = passkeys.after_use(&id(2), state, now);
        assert_eq!(used.version, 3);
        assert_eq!(used.all(), [passkey(1), Passkey { state, used_at: Some(now), ..passkey(2) }]);
    }

    proptest! {
        #[test]
        fn a_user_handle_names_its_account(millis in 0..(1_i64 << 48), random: u128) {
            let user = UserId::new(Timestamp::from_millis(millis), random);
            prop_assert_eq!(user_of(user_handle(&user)), user);
        }

        #[test]
        fn any_user_handle_is_an_account_s(handle: [u8; USER_HANDLE_LENGTH]) {
            prop_assert_eq!(user_handle(&user_of(handle)), handle);
        }
    }
}
