//! API keys of customers.

use crate::{Staff, StaffError, audit};
use accounts::keys::{self, MadeKey, NewKey, NotChanged};
use domain::{
    ApiKeyId, UserId,
    access::{ApiKey, ApiKeyText, KeyringRefuses},
    audit::Action,
};

impl Staff<'_> {
    /// Makes a key for a customer. The plan's limit of keys does not apply.
    pub async fn create_key(&self, customer: &UserId, new: NewKey) -> Result<MadeKey, StaffError> {
        self.customer(customer).await?;
        let line = self.line(Action::KeyCreate, "").of(customer);
        let made = keys::make(self.context, customer, new, None, &line).await;
        let made = made.map_err(|error| not_changed(error, || format!("customer {customer}")))?;
        audit::log(&line.to(made.key.key_id.as_str()));
        Ok(made)
    }

    /// The keys of a customer, without their texts.
    pub async fn keys(&self, customer: &UserId) -> Result<Vec<ApiKey>, StaffError> {
        self.customer(customer).await?;
        Ok(keys::keyring(self.context, customer).await?.keys)
    }

    /// Ends a key now. A request in flight may still pass.
    pub async fn revoke_key(&self, customer: &UserId, id: &ApiKeyId) -> Result<ApiKey, StaffError> {
        let line = self.line(Action::KeyRevoke, "").of(customer);
        let ended = keys::end(self.context, customer, id, &line).await;
        let ended = ended.map_err(|error| not_changed(error, || format!("key {id} of {customer}")))?;
        audit::log(&line.to(id.as_str()));
        Ok(ended)
    }

    /// A new key's text for this customer. It is not stored.
    pub fn key_text(&self, customer: UserId) -> ApiKeyText {
        ApiKeyText::new(customer, runtime::random_bytes())
    }
}

fn not_changed(error: NotChanged, missing: impl Fn() -> String) -> StaffError {
    match error {
        NotChanged::Refused(KeyringRefuses::Missing) => StaffError::Missing(missing()),
        NotChanged::Refused(other) => StaffError::Defect(other.to_string()),
        NotChanged::Store(error) => error.into(),
    }
}
