//! Who customers are and which keys they have.

use crate::{
    Accounts, Place, Store, StoreError, Stored,
    beside::{Found, Reads},
    keys,
};
use domain::{ApiKeyId, Plan, Timestamp, UserId, access::Grants};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The identifier.
    pub user_id: UserId,
    /// The address, as given.
    pub email: String,
    /// What was subscribed to.
    pub plan: Plan,
    /// Whether the account may be used.
    pub active: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// An API key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// The identifier.
    pub key_id: ApiKeyId,
    /// The customer's name for it.
    pub name: String,
    /// What it may do.
    pub scopes: Grants,
    /// When it ends; `None` for never.
    pub expires_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The hash under which a key is stored. The secret has 160 random bits, so a plain hash can't be guessed back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHash(String);

impl KeyHash {
    /// The hash of a key's whole text.
    pub fn of(key_text: &str) -> Self {
        Self(hex::encode(Sha256::digest(key_text.as_bytes())))
    }
}

/// A customer with one of the customer's keys.
#[derive(Clone, Debug)]
pub struct Account {
    /// The customer.
    pub profile: Profile,
    /// The key.
    pub key: ApiKey,
}

impl Stored for Profile {
    type Id = ();

    fn place(owner: &UserId, (): &()) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::profile(owner) }
    }
}

impl Stored for ApiKey {
    type Id = KeyHash;

    fn place(owner: &UserId, hash: &KeyHash) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::api_key(owner, &hash.0) }
    }
}

impl Store {
    /// Finds a customer by a key, and what is wanted beside them, with one strong read. `None` where there is no such key or
    /// customer.
    pub async fn account_of_key(
        &self,
        user: &UserId,
        hash: &KeyHash,
        mut beside: Reads,
    ) -> Result<Option<(Account, Found)>, StoreError> {
        let (profile, key) = (beside.want::<Profile>(user, &()), beside.want::<ApiKey>(user, hash));
        let mut found = self.read_together(beside).await?;
        let (Some(profile), Some(key)) = (found.take(&profile)?, found.take(&key)?) else { return Ok(None) };
        Ok(Some((Account { profile, key }, found)))
    }
}

impl Accounts<'_> {
    /// Writes a customer's profile, as it is now.
    pub async fn put_profile(self, profile: &Profile) -> Result<(), StoreError> {
        self.0.put(&keys::profile(&profile.user_id), profile).await
    }

    /// Writes a key under the hash of its text.
    pub async fn put_api_key(self, user: &UserId, hash: &KeyHash, key: &ApiKey) -> Result<(), StoreError> {
        self.0.put(&keys::api_key(user, &hash.0), key).await
    }
}
