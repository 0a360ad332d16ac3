//! Opens an order: holds the price and writes the order in one transaction, once per idempotency key.

use super::{Buyer, NotBought, PurchaseRequest, choose::choose};
use domain::{
    OrderId, Timestamp,
    order::{NewOrder, Order},
};
use runtime::Context;
use store::{Declined, Done, IdempotencyKey, Transaction};

/// Holds the price and writes the order, in one transaction with the idempotency record.
pub(super) async fn open(
    context: &Context,
    buyer: Buyer,
    request: PurchaseRequest,
    key: &IdempotencyKey,
) -> Result<Done<Order>, NotBought> {
    let now = context.now();
    let id = OrderId::new(now, context.random());
    let owner = buyer.user.clone();
    let opening = Box::pin(open_now(context, buyer, request, key, id.clone(), now));
    context.store().make_once(key, (&owner, &id), now, opening).await
}

async fn open_now(
    context: &Context,
    buyer: Buyer,
    request: PurchaseRequest,
    key: &IdempotencyKey,
    id: OrderId,
    now: Timestamp,
) -> Result<Order, Declined<NotBought>> {
    let selected = choose(context, &buyer, &request).await.map_err(Declined::Unverified)?;
    let order = NewOrder {
        id,
        user_id: buyer.user,
        plan: buyer.plan,
        mode: buyer.mode,
        request: request.request,
        price: selected.quote.price,
        lines: selected.quote.lines,
        supplier: selected.supplier,
        cap: selected.quote.supplier_cap,
    };
    let plan = buyer.plan;
    let opening = Transaction::of(Order::open(order, now))
        .once_for(key)
        .under(move |wallet| wallet.may_open_order(plan, now))
        .on(buyer.wallet);
    let order = context.store().commit(opening, now).await?;
    // Together with the request's span, this line links an order to its customer.
    tracing::info!(order_id = %order.id, "the price is held");
    Ok(order)
}
