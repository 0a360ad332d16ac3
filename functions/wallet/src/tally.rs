//! The ledger's stream → sums of house accounts, by day; each entry counted once.

use runtime::Context;
use store::{LedgerChange, StoreError};

/// Adds a new entry to the house accounts that it touches.
pub async fn tally(context: Context, change: LedgerChange) -> Result<(), StoreError> {
    match change {
        LedgerChange::Entry { owner, entry } => context.store().ledger().tally(&owner, &entry).await,
        LedgerChange::Other => Ok(()),
    }
}
