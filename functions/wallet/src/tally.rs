//! The ledger's stream → sums of house accounts, by day; each entry counted once.

use domain::{UserId, ledger::Entry};
use runtime::{Context, stream::Changed};
use store::StoreError;

/// Adds a new entry to the house accounts that it touches.
pub async fn tally(context: Context, entry: Changed<Entry>) -> Result<(), StoreError> {
    // The event source's filter lets only wallets' entries through; anything else has no owner here.
    let Some(owner) = entry.pk.strip_prefix("WALLET#").and_then(|id| id.parse::<UserId>().ok()) else {
        tracing::error!("a stream record that is not a wallet's entry");
        return Ok(());
    };
    context.store().tally(&owner, &entry.after).await
}
