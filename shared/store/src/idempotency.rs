//! Idempotency records. A record is written in the same transaction as the effect of its request.

use crate::{
    Ledger, StoreError, item,
    keys::{self, Key},
    table::Consistency,
};
use aws_sdk_dynamodb::types::{Put, ReturnValuesOnConditionCheckFailure};
use domain::{Timestamp, UserId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// The lifetime of a key.
const REMEMBERED: Duration = Duration::from_hours(48);

/// A client's `Idempotency-Key` with its request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The customer.
    pub user: UserId,
    /// The operation: an endpoint's method and route, such as `POST /api/v1/verifications`. Operations have
    /// separate keys.
    pub operation: String,
    /// The client's key: 1 to 128 printable ASCII characters (checked by the endpoint).
    pub key: String,
    /// A hash of the path and the parsed body.
    pub fingerprint: String,
}

/// The record of a used key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdempotencyRecord {
    /// A hash of the path and the parsed body of the first request.
    pub fingerprint: String,
    /// The identifier of the created record.
    pub made: String,
    /// The end of the key's lifetime, in milliseconds. It is compared here, because DynamoDB deletes late.
    pub until: i64,
}

/// The meaning of a repeated key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replay {
    /// The same request; contains the identifier of the record that it created.
    Same(String),
    /// Another request with the same key.
    Different,
}

/// The first 128 bits of a hash, for an identifier that is found again.
pub(crate) fn number_of(hash: Sha256) -> u128 {
    hash.finalize().iter().take(16).fold(0, |number, byte| (number << 8) | u128::from(*byte))
}

impl IdempotencyKey {
    /// A number of the key, which no other key has. An identifier with it is found again by a repeated request.
    pub fn number(&self) -> u128 {
        let parts = [self.user.as_str(), &self.operation, &self.key];
        let hash = parts.into_iter().fold(Sha256::new(), |hash, part| hash.chain_update(part).chain_update([0]));
        number_of(hash)
    }

    fn storage_key(&self) -> Key {
        keys::idempotency(&self.user, &self.operation, &self.key)
    }

    /// The write that claims this key for the record `made`; it fails if the key is in use.
    pub(crate) fn claim(&self, ledger: Ledger<'_>, made: String, now: Timestamp) -> Result<Put, StoreError> {
        let until = now.plus(REMEMBERED);
        let record = IdempotencyRecord { fingerprint: self.fingerprint.clone(), made, until: until.millis() };
        Ok(Put::builder()
            .table_name(ledger.0.name())
            .set_item(Some(item::write(&self.storage_key(), &record, Some(until.epoch_seconds()))?))
            .condition_expression("attribute_not_exists(pk) OR #until < :now")
            .expression_attribute_names("#until", "until")
            .expression_attribute_values(":now", item::number(now.millis()))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .build()?)
    }

    /// The meaning of a record under this key for the current request; `None` if the record has expired.
    pub(crate) fn judge(&self, record: &IdempotencyRecord, now: Timestamp) -> Option<Replay> {
        if record.until < now.millis() {
            return None;
        }
        let same = record.fingerprint == self.fingerprint;
        Some(if same { Replay::Same(record.made.clone()) } else { Replay::Different })
    }
}

impl Ledger<'_> {
    /// Whether and how this key was used before, by a strong read.
    pub async fn replay_of(self, key: &IdempotencyKey, now: Timestamp) -> Result<Option<Replay>, StoreError> {
        let record: Option<IdempotencyRecord> = self.0.get(&key.storage_key(), Consistency::Strong).await?;
        Ok(record.and_then(|record| key.judge(&record, now)))
    }
}
