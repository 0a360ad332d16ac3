//! Wallets against their entries, payments and orders.

use crate::NotReconciled;
use domain::{
    Timestamp, UserId,
    reconciliation::{Books, check as contradictions, concerned_orders},
};
use runtime::Context;
use store::Finding;

/// How often a wallet that moves while it is read is read again.
const TRIES: usize = 20;

/// Checks the books of customers. Returns their number, and what contradicts.
pub(crate) async fn check(
    context: &Context,
    day: Timestamp,
    customers: &[UserId],
) -> Result<(u64, Vec<Finding>), NotReconciled> {
    let mut found = Vec::new();
    for customer in customers {
        found.extend(check_one(context, day, customer).await?);
    }
    Ok((u64::try_from(customers.len()).unwrap_or(u64::MAX), found))
}

/// Everything that moves money changes the wallet. So what is read between two reads of the same wallet belongs
/// together.
async fn check_one(context: &Context, day: Timestamp, customer: &UserId) -> Result<Vec<Finding>, NotReconciled> {
    let (ledger, orders) = (context.store().ledger(), context.store().orders());
    for _ in 0..TRIES {
        let wallet = ledger.wallet(customer).await?;
        let entries = ledger.all_entries(customer).await?;
        let concerned = concerned_orders(&entries, day);
        let orders = orders.orders_of(customer, &concerned).await?;
        let payments = ledger.all_payments(customer).await?;
        if ledger.wallet(customer).await? != wallet {
            continue;
        }
        let books = Books { wallet: &wallet, entries: &entries, payments: &payments, orders: &orders };
        let faults = contradictions(books, &concerned, context.now());
        return Ok(faults.iter().map(|fault| Finding::about_books(customer, fault)).collect());
    }
    Err(NotReconciled::Moving(customer.clone()))
}
