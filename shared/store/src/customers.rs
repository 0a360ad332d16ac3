//! Customers and their keys, as operators and the registration change them.

use crate::{
    Accounts, ApiKey, Profile, Store, StoreError,
    error::returned,
    item,
    keys::{self, KEY_PREFIX, Key},
    table::Consistency,
    transact::{condition_failed, permanent_error, transact},
};
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, TransactWriteItem};
use domain::{ApiKeyId, EmailAddress, Language, Plan, Timestamp, Trust, UserId, access::SecretHash, audit::AuditLine};
use serde::{Deserialize, Serialize};

/// A change of a customer's profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileChange {
    /// Another plan.
    Plan(Plan),
    /// An operator vouches for the customer, or no longer does.
    Trust(Trust),
    /// The account may be used, or not. If not, all sessions end.
    Active(bool),
    /// Another language of mails.
    Language(Language),
    /// All sessions end, with their access tokens.
    EndSessions,
}

/// Why a customer was not created.
#[derive(Debug, thiserror::Error)]
pub enum NotCreated {
    /// The address belongs to this customer.
    #[error("the address belongs to {0}")]
    AddressTaken(UserId),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The owner of an email address.
#[derive(Serialize, Deserialize)]
pub(crate) struct AddressOwner {
    pub(crate) user_id: UserId,
}

impl ProfileChange {
    /// The attribute of the profile and its new value, if one is set.
    fn attribute(self) -> Result<Option<(&'static str, AttributeValue)>, StoreError> {
        Ok(match self {
            Self::Plan(plan) => Some(("plan", serde_dynamo::to_attribute_value(plan)?)),
            Self::Trust(trust) => Some(("trust", serde_dynamo::to_attribute_value(trust)?)),
            Self::Active(active) => Some(("active", serde_dynamo::to_attribute_value(active)?)),
            Self::Language(language) => Some(("language", serde_dynamo::to_attribute_value(language)?)),
            Self::EndSessions => None,
        })
    }

    const fn ends_sessions(self) -> bool {
        matches!(self, Self::Active(false) | Self::EndSessions)
    }

    /// The profile after the change.
    #[must_use]
    pub fn of(self, before: Profile) -> Profile {
        let token_version = before.token_version + u32::from(self.ends_sessions());
        let before = Profile { token_version, ..before };
        match self {
            Self::Plan(plan) => Profile { plan, ..before },
            Self::Trust(trust) => Profile { trust, ..before },
            Self::Active(active) => Profile { active, ..before },
            Self::Language(language) => Profile { language, ..before },
            Self::EndSessions => before,
        }
    }
}

impl Store {
    /// Writes a new customer together with the claim on the address, so that an address has one customer, and with the
    /// line of the audit trail.
    pub async fn create_customer(&self, profile: &Profile, line: &AuditLine) -> Result<(), NotCreated> {
        let accounts = self.accounts().0;
        let owner = AddressOwner { user_id: profile.user_id.clone() };
        let puts = [
            accounts.absent_put(&keys::email(&profile.email), &owner, None)?,
            accounts.absent_put(&keys::profile(&profile.user_id), profile, None)?,
            self.audit().put(line)?,
        ];
        let writes = puts.map(|put| TransactWriteItem::builder().put(put).build());
        let Some(reasons) = transact(&self.client, writes.into()).await? else { return Ok(()) };
        if let Some(error) = reasons.iter().find_map(permanent_error) {
            return Err(error.into());
        }
        match self.accounts().with_email(&profile.email).await? {
            // The first answer was lost.
            Some(owner) if owner == profile.user_id => Ok(()),
            Some(owner) if reasons.first().is_some_and(condition_failed) => Err(NotCreated::AddressTaken(owner)),
            _ => Err(StoreError::Conflict.into()),
        }
    }
}

impl Store {
    /// Writes a new key under the hash of its text, together with the line of the audit trail.
    pub async fn create_api_key(
        &self,
        user: &UserId,
        hash: &SecretHash,
        key: &ApiKey,
        line: &AuditLine,
    ) -> Result<(), StoreError> {
        let key = self.accounts().0.absent_put(&keys::api_key(user, hash.as_str()), key, None)?;
        let writes = [key, self.audit().put(line)?].map(|put| TransactWriteItem::builder().put(put).build());
        match transact(&self.client, writes.into()).await? {
            None => Ok(()),
            Some(reasons) => Err(reasons.iter().find_map(permanent_error).unwrap_or(StoreError::Conflict)),
        }
    }
}

impl Accounts<'_> {
    /// The customer with this address.
    pub async fn with_email(self, address: &EmailAddress) -> Result<Option<UserId>, StoreError> {
        let owner: Option<AddressOwner> = self.0.get(&keys::email(address), Consistency::Strong).await?;
        Ok(owner.map(|owner| owner.user_id))
    }

    /// Changes one field of a profile. Returns the profile before; `None` if there is no such customer.
    pub async fn change_profile(self, user: &UserId, change: ProfileChange) -> Result<Option<Profile>, StoreError> {
        let mut update = self.0.update(&keys::profile(user)).condition_expression("attribute_exists(pk)");
        let mut changes = Vec::new();
        if let Some((name, value)) = change.attribute()? {
            changes.push("SET #name = :value");
            update = update.expression_attribute_names("#name", name).expression_attribute_values(":value", value);
        }
        if change.ends_sessions() {
            changes.push("ADD token_version :one");
            update = update.expression_attribute_values(":one", item::number(1));
        }
        let update = update.update_expression(changes.join(" ")).return_values(ReturnValue::AllOld);
        returned(update.send().await)
    }

    /// The keys of a customer.
    pub async fn api_keys(self, user: &UserId) -> Result<Vec<ApiKey>, StoreError> {
        self.0.query(keys::user(user)).prefix(KEY_PREFIX).strong().all().await?.into_iter().map(item::read).collect()
    }

    /// Ends a key at `now`. Returns the key before; `None` if the customer has no such key.
    pub async fn end_api_key(self, user: &UserId, id: &ApiKeyId, now: Timestamp) -> Result<Option<ApiKey>, StoreError> {
        for row in self.0.query(keys::user(user)).prefix(KEY_PREFIX).strong().all().await? {
            let sk = item::text_of(&row, "sk").unwrap_or_default().to_owned();
            let key: ApiKey = item::read(row)?;
            if key.key_id == *id {
                let end = self.0.update(&Key::new(keys::user(user), sk)).update_expression("SET expires_at = :now");
                let end = end.condition_expression("attribute_exists(pk)");
                end.expression_attribute_values(":now", item::text(now.to_string())).send().await?;
                return Ok(Some(key));
            }
        }
        Ok(None)
    }
}
