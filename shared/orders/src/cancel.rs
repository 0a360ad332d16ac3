//! Cancels an order for its customer.

use crate::{NotDone, close::close, newest::on_newest};
use domain::order::{CloseReason, Order};
use runtime::Context;

/// Returns the number to the supplier, which decides the outcome. The order is refunded, or completed
/// if a code came first, or `cancelling` while the supplier has not answered. A closed order stays
/// unchanged.
pub async fn cancel(context: &Context, order: Order) -> Result<Order, NotDone> {
    on_newest(context, order, |order| close(context, order, CloseReason::Cancelled)).await
}

#[cfg(test)]
mod tests {
    use domain::order::CANCEL_AFTER;

    #[test]
    fn no_supplier_asks_customers_to_wait_longer_than_we_do() {
        for (supplier, terms) in suppliers::terms() {
            assert!(CANCEL_AFTER >= terms.cancels_from, "{supplier} would reject cancels that we offer");
        }
    }
}
