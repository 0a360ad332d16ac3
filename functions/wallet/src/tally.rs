//! Stream of the ledger's table: adds entries to the daily sums of house accounts, each once, reminds of a low balance,
//! and alerts of a budget. It lists the wallets that moved and the payments that changed, for the reconciliation of the
//! day.

use domain::EntrySeq;
use runtime::Context;
use store::{LedgerChange, StoreError};

/// The number of the first entry of a wallet.
const FIRST: EntrySeq = 1;

/// Adds a new entry to the sum of its house account, reminds its owner if the balance is low now, and tells of a part of
/// the budget that is used now.
pub async fn tally(context: Context, change: LedgerChange) -> Result<(), StoreError> {
    match change {
        LedgerChange::Entry { owner, entry } => {
            let ledger = context.store().ledger();
            ledger.tally(&owner, &entry).await?;
            ledger.note_moved_wallet(&owner, context.now()).await?;
            if entry.seq == FIRST {
                ledger.list_wallet(&owner).await?;
            }
            accounts::remind_of_balance(&context, &owner, &entry).await;
            accounts::alert_of_budget(&context, &owner, &entry).await;
            Ok(())
        }
        LedgerChange::Payment(payment) => match payment.after {
            Some(payment) => context.store().ledger().note_changed_payment(&payment.reference, context.now()).await,
            None => Ok(()),
        },
        LedgerChange::Other => Ok(()),
    }
}
