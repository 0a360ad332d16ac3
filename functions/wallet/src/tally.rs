//! Stream of the ledger's table: adds entries to the daily sums of house accounts, each once, reminds of a low
//! balance, and alerts of a budget.

use runtime::Context;
use store::{LedgerChange, StoreError};

/// Adds a new entry to the sum of its house account, reminds its owner if the balance is low now, and tells of
/// a part of the budget that is used now.
pub async fn tally(context: Context, change: LedgerChange) -> Result<(), StoreError> {
    match change {
        LedgerChange::Entry { owner, entry } => {
            context.store().ledger().tally(&owner, &entry).await?;
            accounts::remind_of_balance(&context, &owner, &entry).await;
            accounts::alert_of_budget(&context, &owner, &entry).await;
            Ok(())
        }
        LedgerChange::Payment(_) | LedgerChange::Other => Ok(()),
    }
}
