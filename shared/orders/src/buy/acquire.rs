//! Buys the number from the supplier, once. Stores the sale, or refunds the price.

use crate::{Unsettled, adopt::adopt, supplier_facts, write::write};
use domain::order::{CloseReason, Order, Sale};
use runtime::{Context, fail_point, findings};
use std::time::Duration;
use store::{Finding, FindingKind};
use suppliers::{Supplier, SupplierError, settle};

/// The time that a purchase needs: the answer of any supplier (8 s) and the write. With less time, Lambda
/// could stop the function between the sale and the write.
const PURCHASE_NEEDS: Duration = Duration::from_secs(10);

/// Buys the number. A definite refusal refunds the price. An unknown outcome leaves the order
/// `requesting`, and a check resolves it 30 seconds later. If too little time is left for an answer,
/// the supplier is not called.
pub(super) async fn acquire(context: &Context, order: Order, time_left: impl Fn() -> Duration) -> Order {
    let client = match suppliers::supplier_for(context, order.mode(), &order.attempt.supplier).await {
        Ok(client) => client,
        Err(error) => {
            tracing::error!(order_id = %order.id, %error, "no access to the supplier");
            return refund(context, order, CloseReason::SupplierUnavailable).await;
        }
    };
    // After the client: to connect may read a secret, which takes seconds where the network is slow.
    let time_left = time_left();
    if time_left < PURCHASE_NEEDS {
        let ms = u64::try_from(time_left.as_millis()).unwrap_or(u64::MAX);
        tracing::error!(order_id = %order.id, ms, "too little time is left to buy");
        return refund(context, order, CloseReason::SupplierUnavailable).await;
    }
    let answer = client.buy(&supplier_facts::purchase(&order)).await;
    fail_point::here("after-sale");
    match answer {
        Ok(sold) => {
            let sale = supplier_facts::sale(&order.attempt.supplier, &sold);
            take(context, order, client.as_ref(), sale).await
        }
        Err(error) if error.is_definite_refusal() => {
            tracing::warn!(order_id = %order.id, kind = error.kind(), "the supplier refused a purchase");
            refund(context, order, reason_of(&error)).await
        }
        Err(error) => {
            tracing::warn!(order_id = %order.id, kind = error.kind(), "the outcome of a purchase is unknown");
            order
        }
    }
}

/// Links the sold number to the order, unless it exceeds the cap or contradicts the request.
async fn take(context: &Context, order: Order, client: &dyn Supplier, sale: Sale) -> Order {
    if sale.cost > order.attempt.cap {
        return_sale(context, &order, client, &sale, FindingKind::DearerThanCap).await;
        return refund(context, order, CloseReason::PriceRose).await;
    }
    if order.request.is_contradicted_by(&sale) {
        return_sale(context, &order, client, &sale, FindingKind::WrongNumber).await;
        return refund(context, order, CloseReason::SupplierUnavailable).await;
    }
    let adopted = adopt(context, order.clone(), sale).await;
    // If this write failed, the check adopts the number.
    let order = or_as_stored(context, order, adopted, "a sold number could not be stored").await;
    fail_point::here("after-bought");
    order
}

/// Returns a sale that does not match the request, and records a finding.
async fn return_sale(context: &Context, order: &Order, client: &dyn Supplier, sale: &Sale, kind: FindingKind) {
    let about_sale = Finding::about_sale(kind, &sale.supplier, &sale.supplier_order, sale.sold_at);
    findings::record(context, &Finding { order_id: Some(order.id.clone()), ..about_sale }).await;
    // If this fails or is too early, the sweep cancels the number, because no order owns it.
    if let Err(error) = settle::cancel(client, &sale.supplier_order).await {
        tracing::warn!(order_id = %order.id, kind = error.kind(), "a wrong sale could not be returned yet");
    }
}

/// Refunds an order without a number. If the write fails, the order stays `requesting` and the check
/// refunds it.
async fn refund(context: &Context, order: Order, because: CloseReason) -> Order {
    let settled = match order.clone().no_number(because, context.now()) {
        Ok(step) => write(context, step).await,
        Err(error) => Err(error.into()),
    };
    or_as_stored(context, order, settled, "a price could not be refunded yet").await
}

/// The written order. If the write failed, the stored order, because a check may have settled it
/// meanwhile; if that can't be read, the order before the write.
async fn or_as_stored(context: &Context, order: Order, written: Result<Order, Unsettled>, failure: &str) -> Order {
    let error = match written {
        Ok(order) => return order,
        Err(error) => error,
    };
    tracing::error!(order_id = %order.id, %error, "{failure}");
    match context.store().record::<Order>(&order.user_id, &order.id).await {
        Ok(stored) => stored.unwrap_or(order),
        Err(error) => {
            tracing::warn!(order_id = %order.id, %error, "an order could not be read again");
            order
        }
    }
}

const fn reason_of(error: &SupplierError) -> CloseReason {
    match error {
        SupplierError::NoNumbers => CloseReason::NoNumbers,
        _ => CloseReason::SupplierUnavailable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purchase_leaves_time_to_store_the_sale() {
        for (supplier, terms) in suppliers::terms() {
            let needs = terms.buys_within + Duration::from_secs(2);
            assert!(PURCHASE_NEEDS >= needs, "no time to store a sale of {supplier}");
        }
        assert!(PURCHASE_NEEDS < domain::order::BUYING_TAKES, "every purchase would be given up");
    }
}
