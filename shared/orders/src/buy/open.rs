//! The hold and the order, in one transaction; or the order that the same request made before.

use super::{Buyer, NotBought, PurchaseRequest, choose::choose};
use domain::{
    OrderId, Timestamp,
    order::{NewOrder, Order},
};
use runtime::Context;
use store::{IdempotencyKey, NotCommitted, Replay, Transaction};

/// An order that a request made, now or before.
pub(super) enum Opened {
    /// Now: the price is held.
    New(Box<Order>),
    /// Before, with the same key.
    Replayed(Box<Order>),
}

/// Holds the price and writes the order, in one transaction with the idempotency record.
///
/// A request that was answered before is recognised even where it would be refused today (the wallet may be empty by now
/// because of its own success), so every refusal looks for the key first. What it finds may be this very request's order, where the
/// database wrote it and could not say so in time.
pub(super) async fn open(
    context: &Context,
    buyer: Buyer,
    request: PurchaseRequest,
    key: &IdempotencyKey,
) -> Result<Opened, NotBought> {
    let now = context.now();
    let id = OrderId::new(now, context.random());
    let replay = match try_open(context, buyer, request, key, id.clone(), now).await {
        Ok(order) => return Ok(Opened::New(Box::new(order))),
        Err(NotOpened::Replayed(replay)) => replay,
        Err(NotOpened::Because(reason)) => context.store().ledger().replay_of(key, now).await?.ok_or(reason)?,
    };
    let order = Box::new(replayed(context, key, replay).await?);
    Ok(if order.id == id { Opened::New(order) } else { Opened::Replayed(order) })
}

enum NotOpened {
    Replayed(Replay),
    Because(NotBought),
}

impl<E: Into<NotBought>> From<E> for NotOpened {
    fn from(error: E) -> Self {
        Self::Because(error.into())
    }
}

async fn try_open(
    context: &Context,
    buyer: Buyer,
    request: PurchaseRequest,
    key: &IdempotencyKey,
    id: OrderId,
    now: Timestamp,
) -> Result<Order, NotOpened> {
    let selected = choose(context, &buyer, &request).await?;
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
    match context.store().commit(opening, now).await {
        Ok(order) => {
            // With the request's span this line leads from an order to its customer.
            tracing::info!(order_id = %order.id, "the price is held");
            Ok(order)
        }
        Err(NotCommitted::Replayed(replay)) => Err(NotOpened::Replayed(replay)),
        Err(error) => Err(error.into()),
    }
}

/// What a used key means: the order that it made, or that it was used for another request.
async fn replayed(context: &Context, key: &IdempotencyKey, replay: Replay) -> Result<Order, NotBought> {
    match replay {
        Replay::Different => Err(NotBought::KeyReused),
        Replay::Same(id) => {
            let id = id.parse().map_err(|_| NotBought::Defect("an idempotency record of something else"))?;
            let order = context.store().orders().get(&key.user, &id).await?;
            order.ok_or(NotBought::Defect("an idempotency record without its order"))
        }
    }
}
