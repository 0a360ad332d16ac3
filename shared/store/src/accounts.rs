//! Who customers are and which keys they have.

use crate::{
    Store, StoreError,
    item::{self, Item},
    keys,
};
use aws_sdk_dynamodb::types::KeysAndAttributes;
use domain::{
    ApiKeyId, OrderId, Plan, Timestamp, UserId,
    access::{Scope, Scopes},
    ledger::Wallet,
    order::Order,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

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
    pub scopes: Scopes,
    /// When it ends; `None` for never.
    pub expires_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ApiKey {
    /// Whether the key may do this.
    pub fn allows(&self, scope: Scope) -> bool {
        self.scopes.contains(scope)
    }
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

/// Who calls, and the wallet where it was asked for.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The customer and the key.
    pub account: Account,
    /// The wallet as it was in the same read; `None` where it was not asked for.
    pub wallet: Option<Wallet>,
    /// The order as it was in the same read; `None` where it was not asked for or is not there.
    pub order: Option<Order>,
}

/// What is read together with the caller, so that it costs no call of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// The wallet.
    pub wallet: bool,
    /// One of the caller's orders.
    pub order: Option<&'a OrderId>,
}

impl Store {
    /// Finds who a key belongs to, with one strong read. `None` where there is no such key or customer.
    pub async fn identify(
        &self,
        user: &UserId,
        hash: &KeyHash,
        beside: Beside<'_>,
    ) -> Result<Option<Identity>, StoreError> {
        let strong = |wanted: Vec<Item>| {
            // `keys` is set, so building can't fail.
            KeysAndAttributes::builder().set_keys(Some(wanted)).consistent_read(true).build()
        };
        let account_keys = [keys::profile(user), keys::api_key(user, &hash.0)].iter().map(item::key_item).collect();
        let mut request = HashMap::from([(self.tables.accounts.clone(), strong(account_keys)?)]);
        if beside.wallet {
            let wallet = strong(vec![item::key_item(&keys::balance(user))])?;
            request.insert(self.tables.ledger.clone(), wallet);
        }
        if let Some(id) = beside.order {
            // By the owner that the key names: another customer's order is not found by construction.
            let order = strong(vec![item::key_item(&keys::order(user, id))])?;
            request.insert(self.tables.orders.clone(), order);
        }
        let answer = self.client.batch_get_item().set_request_items(Some(request)).send().await?;
        if answer.unprocessed_keys.is_some_and(|left| !left.is_empty()) {
            return Err(StoreError::Throttled);
        }
        let mut found = answer.responses.unwrap_or_default();
        let (mut profile, mut key) = (None, None);
        for row in found.remove(&self.tables.accounts).unwrap_or_default() {
            match item::text_of(&row, "sk") {
                Some(keys::PROFILE) => profile = Some(item::read::<Profile>(row)?),
                _ => key = Some(item::read::<ApiKey>(row)?),
            }
        }
        let (Some(profile), Some(key)) = (profile, key) else { return Ok(None) };
        let order = found.remove(&self.tables.orders).and_then(|mut rows| rows.pop()).map(item::read).transpose()?;
        let wallet = if beside.wallet {
            let row = found.remove(&self.tables.ledger).and_then(|mut rows| rows.pop());
            Some(row.map(item::read).transpose()?.unwrap_or_default())
        } else {
            None
        };
        Ok(Some(Identity { account: Account { profile, key }, wallet, order }))
    }

    /// Writes a customer's profile, as it is now.
    pub async fn put_profile(&self, profile: &Profile) -> Result<(), StoreError> {
        let row = item::write(&keys::profile(&profile.user_id), profile, None)?;
        self.client.put_item().table_name(&self.tables.accounts).set_item(Some(row)).send().await?;
        Ok(())
    }

    /// Writes a key under the hash of its text.
    pub async fn put_api_key(&self, user: &UserId, hash: &KeyHash, key: &ApiKey) -> Result<(), StoreError> {
        let row = item::write(&keys::api_key(user, &hash.0), key, None)?;
        self.client.put_item().table_name(&self.tables.accounts).set_item(Some(row)).send().await?;
        Ok(())
    }
}
