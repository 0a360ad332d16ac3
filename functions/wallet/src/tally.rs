//! Stream of the ledger's table: adds entries to the daily sums of house accounts, each once, and reminds of a low
//! balance.

use runtime::Context;
use store::{LedgerChange, StoreError};

/// Adds a new entry to the sum of its house account, and reminds its owner if the balance is low now.
pub async fn tally(context: Context, change: LedgerChange) -> Result<(), StoreError> {
    match change {
        LedgerChange::Entry { owner, entry } => {
            context.store().ledger().tally(&owner, &entry).await?;
            accounts::remind_of_balance(&context, &owner, &entry).await;
            Ok(())
        }
        LedgerChange::Payment(_) | LedgerChange::Other => Ok(()),
    }
}
