//! One-time tokens, by the hash of their text.

use crate::{Accounts, StoreError, keys, table::Consistency};
use aws_sdk_dynamodb::types::Delete;
use domain::{
    Timestamp,
    access::SecretHash,
    account::{Allowed, OneTimeText},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct OneTime {
    #[serde(flatten)]
    allowed: Allowed,
    ends_at: Timestamp,
}

impl Accounts<'_> {
    /// Writes a token, which expires by itself.
    pub async fn put_one_time(self, text: &OneTimeText, allowed: &Allowed, now: Timestamp) -> Result<(), StoreError> {
        let ends_at = now.plus(allowed.lifetime());
        let row = OneTime { allowed: allowed.clone(), ends_at };
        let key = keys::one_time(&SecretHash::of(text.expose()));
        self.0.put_expiring(&key, &row, ends_at.epoch_seconds()).await
    }

    /// What a token allows; `None` if it is unknown or its time is over. What it allows must itself happen only
    /// once.
    pub async fn allowed_by(self, text: &OneTimeText, now: Timestamp) -> Result<Option<Allowed>, StoreError> {
        let key = keys::one_time(&SecretHash::of(text.expose()));
        let row: Option<OneTime> = self.0.get(&key, Consistency::Strong).await?;
        Ok(row.filter(|row| now < row.ends_at).map(|row| row.allowed))
    }

    /// The end of a token in a transaction, which fails if it has ended.
    pub(crate) fn one_time_end(self, text: &OneTimeText) -> Result<Delete, StoreError> {
        let key = keys::one_time(&SecretHash::of(text.expose()));
        Ok(self.0.delete_write(&key).condition_expression("attribute_exists(pk)").build()?)
    }

    /// Removes a token. Of two requests, one gets `true`.
    pub async fn spend_one_time(self, text: &OneTimeText) -> Result<bool, StoreError> {
        let key = keys::one_time(&SecretHash::of(text.expose()));
        self.0.remove_existing(&key).await
    }
}
