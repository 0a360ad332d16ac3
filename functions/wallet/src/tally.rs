//! Stream of the ledger's table: adds entries to the daily sums of house accounts, each once.

use runtime::Context;
use store::{LedgerChange, StoreError};

/// Adds a new entry to the sum of its house account.
pub async fn tally(context: Context, change: LedgerChange) -> Result<(), StoreError> {
    match change {
        LedgerChange::Entry { owner, entry } => context.store().ledger().tally(&owner, &entry).await,
        LedgerChange::Other => Ok(()),
    }
}
