//! The supplier is asked for the number, once; what it answers is written down, or the price goes back.

use crate::{settle, supplier_facts};
use domain::order::{CloseReason, Order};
use runtime::{Context, fail_point};
use std::time::Duration;
use store::{Finding, FindingKind};
use suppliers::{BuyRequest, Supplier, SupplierError, SupplierOrder};

/// What a purchase needs from the supplier's answer on: its own deadline (8 s) and the writing down. With less time left the
/// function could be cut off between the sale and the write.
const PURCHASE_NEEDS: Duration = Duration::from_secs(10);

/// Asks the supplier for the number. A definite refusal gives the money back; an unknown outcome leaves the order
/// `requesting`, and the check 30 seconds later finds out. Nobody is asked where the time left is too short for an answer.
pub(crate) async fn acquire(context: &Context, order: Order, time_left: Duration) -> Order {
    if time_left < PURCHASE_NEEDS {
        let ms = u64::try_from(time_left.as_millis()).unwrap_or(u64::MAX);
        tracing::error!(order_id = %order.id, ms, "too little time is left to buy");
        return give_up(context, order, CloseReason::SupplierUnavailable).await;
    }
    let wish = BuyRequest {
        service: order.request.service.clone(),
        country: order.request.country.clone(),
        operator: order.request.operator.clone(),
        max_cost: Some(order.attempt.cap),
    };
    let client = match suppliers::supplier(context, &order.attempt.supplier).await {
        Ok(client) => client,
        Err(error) => {
            tracing::error!(order_id = %order.id, %error, "no access to the supplier");
            return give_up(context, order, CloseReason::SupplierUnavailable).await;
        }
    };
    let answer = client.buy(&wish).await;
    fail_point::here("after-sale");
    match answer {
        Ok(sold) if sold.cost > order.attempt.cap => {
            return_sale(context, &order, client.as_ref(), &sold, FindingKind::DearerThanCap).await;
            give_up(context, order, CloseReason::PriceRose).await
        }
        Ok(sold) if order.request.is_contradicted_by(&supplier_facts::sale(&sold)) => {
            return_sale(context, &order, client.as_ref(), &sold, FindingKind::WrongNumber).await;
            give_up(context, order, CloseReason::SupplierUnavailable).await
        }
        Ok(sold) => {
            let order = own(context, order, &sold).await;
            fail_point::here("after-bought");
            order
        }
        Err(error) if error.is_definite_refusal() => {
            tracing::warn!(order_id = %order.id, kind = error.kind(), "the supplier does not sell");
            give_up(context, order, reason_of(&error)).await
        }
        Err(error) => {
            tracing::warn!(order_id = %order.id, kind = error.kind(), "the outcome of a purchase is unknown");
            order
        }
    }
}

/// Makes the sold number this order's own. If that fails (a check was faster, the number has another owner, the database is
/// away), the order is left as it is stored, and settles by itself.
async fn own(context: &Context, order: Order, sold: &SupplierOrder) -> Order {
    match settle::own(context, order.clone(), sold).await {
        Ok(order) => order,
        Err(error) => {
            // Sold, and not written: the check adopts it.
            tracing::error!(order_id = %order.id, %error, "a sold number could not be made this order's own");
            as_stored(context, order).await
        }
    }
}

/// The order as it is stored now: somebody else may have settled it. Where it can't be read, as it was.
async fn as_stored(context: &Context, order: Order) -> Order {
    match context.store().order(&order.user_id, &order.id).await {
        Ok(stored) => stored.unwrap_or(order),
        Err(error) => {
            tracing::warn!(order_id = %order.id, %error, "an order could not be read again");
            order
        }
    }
}

/// What the supplier sold is not what was asked for: it goes back, and what happened becomes a finding.
async fn return_sale(context: &Context, order: &Order, client: &dyn Supplier, sold: &SupplierOrder, kind: FindingKind) {
    let about_sale = Finding::about_sale(kind, &order.attempt.supplier, &sold.id, sold.created_at);
    settle::found(context, &Finding { order_id: Some(order.id.clone()), ..about_sale }).await;
    // Where it is too early or fails, the sweep cancels it: nobody owns it.
    let _ = suppliers::settle::cancel(client, &sold.id).await;
}

/// No number: the price goes back. Where that can't be written the order stays `requesting`, and the check does it.
async fn give_up(context: &Context, order: Order, because: CloseReason) -> Order {
    let settled = match order.clone().no_number(because, context.now()) {
        Ok(step) => settle::write(context, step).await,
        Err(error) => Err(error.into()),
    };
    match settled {
        Ok(order) => order,
        Err(error) => {
            tracing::error!(order_id = %order.id, %error, "a price could not be given back yet");
            as_stored(context, order).await
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
    fn a_purchase_leaves_time_to_write_down_what_was_sold() {
        let answer_by = suppliers::fivesim::Deadlines::default().buy;
        assert!(PURCHASE_NEEDS >= answer_by + Duration::from_secs(2), "sold at {answer_by:?} and cut off");
        assert!(PURCHASE_NEEDS < domain::order::BUYING_TAKES, "every purchase would be given up");
    }
}
