//! Sends transactions, and reads why the database refused one.

use crate::StoreError;
use aws_sdk_dynamodb::{
    Client,
    error::SdkError,
    operation::transact_write_items::TransactWriteItemsError,
    types::{CancellationReason, Delete, Put, TransactWriteItem, Update},
};

const CONDITION_FAILED: &str = "ConditionalCheckFailed";
const CONFLICT: &str = "TransactionConflict";

/// Sends a transaction. Returns `None` if it was written, or the reasons of the refusal in the order of the
/// writes.
pub(crate) async fn transact(
    client: &Client,
    writes: Vec<TransactWriteItem>,
) -> Result<Option<Vec<CancellationReason>>, StoreError> {
    match client.transact_write_items().set_transact_items(Some(writes)).send().await {
        Ok(_) => Ok(None),
        Err(SdkError::ServiceError(context)) => match context.err() {
            TransactWriteItemsError::TransactionCanceledException(cancelled) => {
                Ok(Some(cancelled.cancellation_reasons().to_vec()))
            }
            _ => Err(SdkError::ServiceError(context).into()),
        },
        Err(error) => Err(error.into()),
    }
}

/// Sends a transaction. Returns `false` if a condition did not hold; then nothing was written.
pub(crate) async fn written_together(client: &Client, writes: Vec<TransactWriteItem>) -> Result<bool, StoreError> {
    let Some(reasons) = transact(client, writes).await? else { return Ok(true) };
    if let Some(error) = reasons.iter().find_map(permanent_error) {
        return Err(error);
    }
    if reasons.iter().any(condition_failed) { Ok(false) } else { Err(StoreError::Conflict) }
}

/// A put as a write of a transaction.
pub(crate) fn as_write(put: Put) -> TransactWriteItem {
    TransactWriteItem::builder().put(put).build()
}

/// An update as a write of a transaction.
pub(crate) fn as_update(update: Update) -> TransactWriteItem {
    TransactWriteItem::builder().update(update).build()
}

/// A deletion as a write of a transaction.
pub(crate) fn as_delete(delete: Delete) -> TransactWriteItem {
    TransactWriteItem::builder().delete(delete).build()
}

/// Whether the write's own condition did not hold.
pub(crate) fn condition_failed(reason: &CancellationReason) -> bool {
    reason.code() == Some(CONDITION_FAILED)
}

/// Whether another transaction held the item.
pub(crate) fn collided(reason: &CancellationReason) -> bool {
    reason.code() == Some(CONFLICT)
}

/// The error of a reason other than a condition or a collision, which the caller interprets.
pub(crate) fn permanent_error(reason: &CancellationReason) -> Option<StoreError> {
    match reason.code().unwrap_or("None") {
        "None" | CONDITION_FAILED | CONFLICT => None,
        "ThrottlingError" | "ProvisionedThroughputExceeded" => Some(StoreError::Throttled),
        other => Some(StoreError::Refused(other.to_owned())),
    }
}
