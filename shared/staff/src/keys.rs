//! API keys of customers.

use crate::{Staff, StaffError, audit};
use domain::{
    ApiKeyId, Timestamp, UserId,
    access::{ApiKeyText, Permission, SecretHash},
    audit::Action,
};
use store::ApiKey;

/// A key to make.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// The customer.
    pub customer: UserId,
    /// A name by which the customer knows the key.
    pub name: String,
    /// What the key may do.
    pub scopes: Vec<Permission>,
    /// When it ends; `None` for never.
    pub expires_at: Option<Timestamp>,
}

/// A new key, with its text, which is never shown again.
#[derive(Clone)]
pub struct MadeKey {
    /// The key as it is stored.
    pub key: ApiKey,
    /// The complete text.
    pub text: ApiKeyText,
}

impl Staff<'_> {
    /// Makes a key for a customer.
    pub async fn create_key(&self, new: NewKey) -> Result<MadeKey, StaffError> {
        self.customer(&new.customer).await?;
        let now = self.context.now();
        let text = self.key_text(new.customer.clone());
        let key = ApiKey {
            key_id: ApiKeyId::new(now, self.context.random()),
            name: new.name,
            scopes: new.scopes.into_iter().collect(),
            expires_at: new.expires_at,
            created_at: now,
        };
        let line = self.line(Action::KeyCreate, key.key_id.as_str()).of(&new.customer).changing((), &key);
        let hash = SecretHash::of(text.expose());
        self.context.store().create_api_key(&new.customer, &hash, &key, &line).await?;
        audit::log(&line);
        Ok(MadeKey { key, text })
    }

    /// The keys of a customer, without their texts.
    pub async fn keys(&self, customer: &UserId) -> Result<Vec<ApiKey>, StaffError> {
        self.customer(customer).await?;
        Ok(self.context.store().accounts().api_keys(customer).await?)
    }

    /// Ends a key now. A request in flight may still pass.
    pub async fn revoke_key(&self, customer: &UserId, id: &ApiKeyId) -> Result<ApiKey, StaffError> {
        let now = self.context.now();
        let before = self.context.store().accounts().end_api_key(customer, id, now).await?;
        let before = before.ok_or_else(|| StaffError::Missing(format!("key {id} of {customer}")))?;
        let after = ApiKey { expires_at: Some(now), ..before.clone() };
        let line = self.line(Action::KeyRevoke, id.as_str()).of(customer);
        self.record(line.changing(&before, &after)).await?;
        Ok(after)
    }

    /// A new key's text for this customer. It is not stored.
    pub fn key_text(&self, customer: UserId) -> ApiKeyText {
        ApiKeyText::new(customer, runtime::random_bytes())
    }
}
