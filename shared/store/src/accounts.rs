//! Profiles and API keys of customers.

use crate::{
    Accounts, Place, Store, StoreError, Stored,
    beside::{Found, ReadSet},
    keys,
};
use domain::{ApiKeyId, EmailAddress, Plan, Timestamp, Trust, UserId, access::Grants};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Identifier.
    pub user_id: UserId,
    /// Email address.
    pub email: EmailAddress,
    /// Current plan.
    pub plan: Plan,
    /// How well we know the customer.
    #[serde(default)]
    pub trust: Trust,
    /// Whether the account may be used.
    pub active: bool,
    /// Time of the registration.
    pub created_at: Timestamp,
}

/// An API key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// Identifier.
    pub key_id: ApiKeyId,
    /// Name given by the customer.
    pub name: String,
    /// Granted permissions.
    pub scopes: Grants,
    /// Expiry; `None` for never.
    pub expires_at: Option<Timestamp>,
    /// Time of creation.
    pub created_at: Timestamp,
}

/// The hash under which a key is stored. A plain hash is safe, because the secret has 160 random bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHash(String);

impl KeyHash {
    /// The hash of a key's complete text.
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
    /// Reads a customer and a key, and the records of `beside`, with one strong read. `None` if the key or
    /// the customer does not exist.
    pub async fn account_of_key(
        &self,
        user: &UserId,
        hash: &KeyHash,
        mut beside: ReadSet,
    ) -> Result<Option<(Account, Found)>, StoreError> {
        let (profile, key) = (beside.add::<Profile>(user, &()), beside.add::<ApiKey>(user, hash));
        let mut found = self.read_together(beside).await?;
        let (Some(profile), Some(key)) = (found.take(&profile)?, found.take(&key)?) else { return Ok(None) };
        Ok(Some((Account { profile, key }, found)))
    }
}

impl Accounts<'_> {
    /// Writes a customer's profile.
    pub async fn put_profile(self, profile: &Profile) -> Result<(), StoreError> {
        self.0.put(&keys::profile(&profile.user_id), profile).await
    }

    /// Writes a key under the hash of its text.
    pub async fn put_api_key(self, user: &UserId, hash: &KeyHash, key: &ApiKey) -> Result<(), StoreError> {
        self.0.put(&keys::api_key(user, &hash.0), key).await
    }
}
