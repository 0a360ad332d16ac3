//! API keys. A key is stored under the hash of its text, where a caller finds it.
//!
//! Nothing but [`Store::change_keyring`] changes keys. It is conditional on the customer's keyring, an item with a
//! version that every change raises. So of two concurrent changes one decides again, and limits of all keys together
//! hold.

use crate::{
    Accounts, Place, Store, StoreError, Stored, item,
    keys::{self, KEY_PREFIX, KEYRING, KEYS_AND_KEYRING, Key},
    transact::{as_write, collided, condition_failed, permanent_error, transact},
};
use backon::{BackoffBuilder, ExponentialBuilder};
use domain::{
    ApiKeyId, UserId,
    access::{ApiKey, ENDED_KEYS_KEPT, Failures, Keyring, SecretHash},
    audit::AuditLine,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

/// The pauses after a change by somebody else: about two seconds in all.
const PAUSES: ExponentialBuilder = ExponentialBuilder::new()
    .with_min_delay(Duration::from_millis(10))
    .with_max_delay(Duration::from_millis(320))
    .with_max_times(10)
    .with_jitter();

/// What a change of a keyring writes in addition, and returns.
#[derive(Clone, Debug)]
pub struct KeyringChange<T> {
    /// The result.
    pub value: T,
    /// The hash of the text of the key that is new.
    pub made: Option<SecretHash>,
    /// The line of the audit trail; it is written only if the keyring changes.
    pub line: Option<AuditLine>,
}

/// The item of a keyring.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Row {
    /// The number of changes.
    version: u64,
    #[serde(default)]
    failures: BTreeMap<ApiKeyId, Failures>,
}

/// A keyring as it was read.
#[derive(Debug)]
struct Read {
    keyring: Keyring,
    version: u64,
    /// The keys' places.
    places: HashMap<ApiKeyId, Key>,
}

impl Stored for ApiKey {
    type Id = SecretHash;

    fn place(owner: &UserId, hash: &SecretHash) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::api_key(owner, hash.as_str()) }
    }
}

impl Accounts<'_> {
    /// Writes a key under the hash of its text, without its keyring.
    pub async fn put_api_key(self, user: &UserId, hash: &SecretHash, key: &ApiKey) -> Result<(), StoreError> {
        self.0.put(&keys::api_key(user, hash.as_str()), key).await
    }

    /// The keys of a customer.
    pub async fn keyring(self, user: &UserId) -> Result<Keyring, StoreError> {
        Ok(self.read_keyring(user).await?.keyring)
    }

    async fn read_keyring(self, user: &UserId) -> Result<Read, StoreError> {
        // Backwards, so that the keyring is read first: the keys are as new as its version, or newer.
        let rows = self.0.query(keys::user(user)).prefix(KEYS_AND_KEYRING).newest_first().strong().all().await?;
        let (mut row, mut keyring, mut places) = (Row::default(), Keyring::default(), HashMap::new());
        for found in rows {
            let sk = item::text_of(&found, "sk").unwrap_or_default().to_owned();
            if sk == KEYRING {
                row = item::read(found)?;
            } else if sk.starts_with(KEY_PREFIX) {
                let key: ApiKey = item::read(found)?;
                places.insert(key.key_id.clone(), Key::new(keys::user(user), sk));
                keyring.keys.push(key);
            }
        }
        keyring.failures = row.failures;
        Ok(Read { keyring, version: row.version, places })
    }
}

impl Store {
    /// Changes the keys of a customer as `decide` says, in one transaction with the line of the audit trail. If another
    /// change comes first, it decides again. A keyring that stays as it is is not written.
    pub async fn change_keyring<T, E: From<StoreError>>(
        &self,
        user: &UserId,
        decide: impl Fn(&mut Keyring) -> Result<KeyringChange<T>, E>,
    ) -> Result<T, E> {
        let mut pauses = PAUSES.build();
        loop {
            let read = self.accounts().read_keyring(user).await?;
            let mut after = read.keyring.clone();
            let change = decide(&mut after)?;
            if after == read.keyring || self.write_keyring(user, &read, &after, &change).await? {
                return Ok(change.value);
            }
            let Some(pause) = pauses.next() else { return Err(StoreError::Busy.into()) };
            crate::pause(pause).await;
        }
    }

    /// Writes what changed, if nobody else changed the keyring since it was read.
    async fn write_keyring<T>(
        &self,
        user: &UserId,
        read: &Read,
        after: &Keyring,
        KeyringChange { made, line, .. }: &KeyringChange<T>,
    ) -> Result<bool, StoreError> {
        let accounts = self.accounts().0;
        let row = Row { version: read.version + 1, failures: after.failures.clone() };
        let row = item::write(&keys::keyring(user), &row, None)?;
        // First, because its condition decides.
        let mut writes = vec![accounts.next_put(row, "version", read.version + 1)?];
        for key in after.keys.iter().filter(|key| read.keyring.find(&key.key_id) != Some(*key)) {
            let new = || made.as_ref().map(|hash| keys::api_key(user, hash.as_str()));
            let place = read.places.get(&key.key_id).cloned().or_else(new);
            let place = place.ok_or_else(|| StoreError::Refused("a new key without a hash".to_owned()))?;
            // A key expires some time after it has ended.
            let expires = key.expires_at.map(|end| end.plus(ENDED_KEYS_KEPT).epoch_seconds());
            writes.push(accounts.any_put(&place, key, expires)?);
        }
        if let Some(line) = line {
            writes.push(self.audit().put(line)?);
        }
        let Some(reasons) = transact(&self.client, writes.into_iter().map(as_write).collect()).await? else {
            return Ok(true);
        };
        match reasons.iter().find_map(permanent_error) {
            Some(error) => Err(error),
            None if reasons.first().is_some_and(condition_failed) || reasons.iter().any(collided) => Ok(false),
            None => Err(StoreError::Conflict),
        }
    }
}
