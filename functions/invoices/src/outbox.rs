//! Stream of the ledger's table: queues the payments that may need an invoice or a credit note.
//!
//! A change that can't be queued is redelivered, so no document is forgotten. A message too many does nothing.

use runtime::{Context, QueueError};
use store::LedgerChange;

/// Queues a payment that changed.
pub async fn outbox(context: Context, change: LedgerChange) -> Result<(), QueueError> {
    let LedgerChange::Payment(change) = change else { return Ok(()) };
    match &change.after {
        Some(after) if after.may_need_document(change.before.as_ref()) => {
            billing::order_documents(&context, &after.reference).await
        }
        _ => Ok(()),
    }
}
