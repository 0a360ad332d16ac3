//! Determines the outcome of a purchase whose answer was lost.

use crate::{Unsettled, adopt::adopt, give_up::give_up, postpone::postpone, supplier_facts, write::write};
use domain::order::{CloseReason, Order};
use runtime::Context;
use suppliers::OrderList;

/// Adopts the number that the supplier sold for the current attempt, or refunds the price. While the
/// supplier does not answer, the check is repeated. After the deadline plus
/// [`domain::order::GIVE_UP_AFTER`] the order is closed without the supplier.
pub async fn resolve(context: &Context, order: Order) -> Result<Order, Unsettled> {
    let list = match sales_since(context, &order).await {
        Ok(list) => list,
        Err(error) => return unknown(context, order, &error).await,
    };
    if let Some(order) = adopt_sold(context, &order, &list).await? {
        tracing::info!(order_id = %order.id, "sold number adopted");
        return Ok(order);
    }
    if !list.complete {
        let error = Unsettled::Defect("the supplier's list is not complete".to_owned());
        return unknown(context, order, &error).await;
    }
    let step = order.no_number(CloseReason::SupplierUnavailable, context.now())?;
    write(context, step).await
}

async fn sales_since(context: &Context, order: &Order) -> Result<OrderList, Unsettled> {
    let client = suppliers::supplier_for(context, order.mode(), &order.attempt.supplier).await?;
    Ok(client.sales_for(&supplier_facts::purchase(order), order.sales_from()).await?)
}

/// Adopts the first matching number of the list that no other order owns.
async fn adopt_sold(context: &Context, order: &Order, list: &OrderList) -> Result<Option<Order>, Unsettled> {
    let supplier = &order.attempt.supplier;
    let sales = list.orders.iter().map(|sold| supplier_facts::sale(supplier, sold));
    let fitting: Vec<_> = sales.filter(|sale| order.may_own(sale)).collect();
    let ids: Vec<_> = fitting.iter().map(|sale| sale.supplier_order.clone()).collect();
    let claimed = context.store().orders().claimed(supplier, &ids).await?;
    for sale in fitting.into_iter().filter(|sale| !claimed.contains(&sale.supplier_order)) {
        match adopt(context, order.clone(), sale).await {
            Ok(order) => return Ok(Some(order)),
            // Another order claimed it first.
            Err(Unsettled::NumberTaken) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

async fn unknown(context: &Context, order: Order, because: &Unsettled) -> Result<Order, Unsettled> {
    if order.is_given_up(context.now()) {
        return give_up(context, order, because).await;
    }
    tracing::warn!(order_id = %order.id, error = %because, "the outcome of a purchase is still unknown");
    postpone(context, order).await
}
