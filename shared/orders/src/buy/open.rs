//! Opens an order: holds the price and writes the order in one transaction, once per idempotency key.

use super::{Buyer, NotBought, PurchaseRequest, choose::choose};
use domain::{
    OrderId, Timestamp,
    order::{NewOrder, Order},
};
use runtime::Context;
use store::{IdempotencyKey, NotCommitted, Replay, Transaction};

/// The order of a request.
pub(super) enum Opened {
    /// Opened now; the price is held.
    New(Box<Order>),
    /// Opened by an earlier request with the same key.
    Replayed(Box<Order>),
}

/// Holds the price and writes the order, in one transaction with the idempotency record.
///
/// A repeated request may fail today, for example because its first run emptied the wallet. So the key is
/// looked up before any refusal is returned: by the commit before its own refusals, here before all others.
/// The record found may even belong to this request: the database wrote it, but its answer was lost.
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
        Err(NotOpened::Refused(reason)) => return Err(reason),
        Err(NotOpened::Because(reason)) => context.store().ledger().replay_of(key, now).await?.ok_or(reason)?,
    };
    let order = Box::new(replayed(context, key, replay).await?);
    Ok(if order.id == id { Opened::New(order) } else { Opened::Replayed(order) })
}

enum NotOpened {
    Replayed(Replay),
    /// Refused by the commit, which found no earlier request with the key.
    Refused(NotBought),
    /// An earlier request with the same key may have opened an order.
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
            // Together with the request's span, this line links an order to its customer.
            tracing::info!(order_id = %order.id, "the price is held");
            Ok(order)
        }
        Err(NotCommitted::Replayed(replay)) => Err(NotOpened::Replayed(replay)),
        Err(refusal @ (NotCommitted::Ledger(_) | NotCommitted::Rule(_))) => Err(NotOpened::Refused(refusal.into())),
        Err(error) => Err(error.into()),
    }
}

/// The order of a used key, or the error that the key was used for another request.
async fn replayed(context: &Context, key: &IdempotencyKey, replay: Replay) -> Result<Order, NotBought> {
    match replay {
        Replay::Different => Err(NotBought::KeyReused),
        Replay::Same(id) => {
            let id = id.parse().map_err(|_| NotBought::Defect("an idempotency record names no order"))?;
            let order = context.store().orders().get(&key.user, &id).await?;
            order.ok_or(NotBought::Defect("an idempotency record without its order"))
        }
    }
}
