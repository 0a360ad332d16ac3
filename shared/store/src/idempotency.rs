//! One key, one effect: the record that is written in the same transaction as what it stands for.

use crate::{
    Ledger, StoreError, item,
    keys::{self, Key},
    table::Consistency,
};
use aws_sdk_dynamodb::types::{Put, ReturnValuesOnConditionCheckFailure};
use domain::{Timestamp, UserId};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a key is remembered.
const REMEMBERED: Duration = Duration::from_hours(48);

/// A client's `Idempotency-Key`, with what it was sent for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Whose request it is.
    pub user: UserId,
    /// What is asked for, as its endpoint names it (`create_verification`): the same key may be used for two operations.
    pub operation: &'static str,
    /// The client's text: 1 to 128 printable ASCII characters (checked at the edge).
    pub key: String,
    /// A hash of the path and the parsed body.
    pub fingerprint: String,
}

/// What a key made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdempotencyRecord {
    /// A hash of the path and the parsed body of the first request.
    pub fingerprint: String,
    /// The identifier of what was made.
    pub made: String,
    /// Until when the key is remembered, in milliseconds: compared here, since DynamoDB deletes late.
    pub until: i64,
}

/// What a repeated key means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replay {
    /// The same request again: this is the identifier of what it made.
    Same(String),
    /// Another request under the same key.
    Different,
}

impl IdempotencyKey {
    fn storage_key(&self) -> Key {
        keys::idempotency(&self.user, self.operation, &self.key)
    }

    /// The write that claims this key for what is made, if nobody holds it.
    pub(crate) fn claim(&self, table: &str, made: String, now: Timestamp) -> Result<Put, StoreError> {
        let until = now.plus(REMEMBERED);
        let record = IdempotencyRecord { fingerprint: self.fingerprint.clone(), made, until: until.millis() };
        Ok(Put::builder()
            .table_name(table)
            .set_item(Some(item::write(&self.storage_key(), &record, Some(until.epoch_seconds()))?))
            .condition_expression("attribute_not_exists(pk) OR #until < :now")
            .expression_attribute_names("#until", "until")
            .expression_attribute_values(":now", item::number(now.millis()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build()?)
    }

    /// What a record under this key means for the present request; `None` where it is no longer remembered.
    pub(crate) fn judge(&self, record: &IdempotencyRecord, now: Timestamp) -> Option<Replay> {
        if record.until < now.millis() {
            return None;
        }
        let same = record.fingerprint == self.fingerprint;
        Some(if same { Replay::Same(record.made.clone()) } else { Replay::Different })
    }
}

impl Ledger<'_> {
    /// Whether this key was used before, by a strong read.
    pub async fn replay_of(self, key: &IdempotencyKey, now: Timestamp) -> Result<Option<Replay>, StoreError> {
        let record: Option<IdempotencyRecord> = self.0.get(&key.storage_key(), Consistency::Strong).await?;
        Ok(record.and_then(|record| key.judge(&record, now)))
    }
}
