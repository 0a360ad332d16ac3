//! One key, one effect: the record that is written in the same transaction as what it stands for.

use crate::{
    Store, StoreError,
    item::{self, Item},
    keys::{self, Key},
};
use aws_sdk_dynamodb::types::{Put, ReturnValuesOnConditionCheckFailure};
use domain::{OrderId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a key is remembered.
const REMEMBERED: Duration = Duration::from_hours(48);

/// What a key stands for: the same key may be used for two different operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `POST /api/v1/verifications`.
    BuyVerification,
}

impl Operation {
    const fn as_str(self) -> &'static str {
        match self {
            Self::BuyVerification => "buy_verification",
        }
    }
}

/// A client's `Idempotency-Key`, with what it was sent for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Whose request it is.
    pub user: UserId,
    /// What is asked for.
    pub operation: Operation,
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
    /// The order that was made.
    pub order_id: OrderId,
    /// Until when the key is remembered, in milliseconds: compared here, since DynamoDB deletes late.
    pub until: i64,
}

/// What a repeated key means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replay {
    /// The same request again: this is what it made.
    Same(OrderId),
    /// Another request under the same key.
    Different,
}

impl IdempotencyKey {
    fn storage_key(&self) -> Key {
        keys::idempotency(&self.user, self.operation.as_str(), &self.key)
    }

    /// The write that claims this key for an order, if nobody holds it.
    pub(crate) fn claim(&self, table: &str, order_id: &OrderId, now: Timestamp) -> Result<Put, StoreError> {
        let until = now.plus(REMEMBERED);
        let record = IdempotencyRecord {
            fingerprint: self.fingerprint.clone(),
            order_id: order_id.clone(),
            until: until.millis(),
        };
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
        Some(if same { Replay::Same(record.order_id.clone()) } else { Replay::Different })
    }
}

impl Store {
    /// Whether this key was used before, by a strong read.
    pub async fn replay_of(&self, key: &IdempotencyKey, now: Timestamp) -> Result<Option<Replay>, StoreError> {
        let found: Option<Item> = self
            .client
            .get_item()
            .table_name(&self.tables.ledger)
            .set_key(Some(item::key_item(&key.storage_key())))
            .consistent_read(true)
            .send()
            .await?
            .item;
        let record = found.map(item::read::<IdempotencyRecord>).transpose()?;
        Ok(record.and_then(|record| key.judge(&record, now)))
    }
}
