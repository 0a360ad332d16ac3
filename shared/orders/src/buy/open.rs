//! Opens an order: holds the price and writes the order in one transaction, once per idempotency key.

use super::{Buyer, NotBought, PurchaseRequest, choose::choose, wallet};
use domain::{
    OrderId, SupplierId, Timestamp,
    access::{Mode, UsedKey},
    buying::{MayNotBuy, Terms},
    ledger::{Included, Wallet},
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
    let id = OrderId::of(buyer.mode, now, context.random());
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
    // Before the price is known: a repeated request still gets its order.
    if let Some(by) = &buyer.key {
        let allowed = by.may_buy(&request.request.service).map_err(MayNotBuy::Key);
        allowed.map_err(|refused| Declined::Unverified(refused.into()))?;
    }
    let named = buyer.plan.may_choose(request.request.operator.as_ref());
    named.map_err(|refused| Declined::Unverified(refused.into()))?;
    let (selected, rating) = choose(context, &buyer, &request).await.map_err(Declined::Unverified)?;
    let terms = Terms { mode: buyer.mode, plan: buyer.plan, trust: buyer.trust, rating };
    let wallet = wallet::that_pays(context, &buyer, now).await.map_err(|error| Declined::Unverified(error.into()))?;
    let (by, price, included) = (buyer.key, selected.quote.price, Included::one(selected.quote.included));
    let metering = buyer.metering.filter(|_| buyer.mode == Mode::Live);
    let may_open = |wallet: &Wallet| {
        wallet.may_open_order(terms, now)?;
        let pays = price.counted_down(wallet.includes(included, price, now).amount);
        wallet.within_budget(metering, pays, now)?;
        by.as_ref().map_or(Ok(()), |key| Ok(key.may_spend(pays, &wallet.usage, now)?))
    };
    may_open(&wallet).map_err(|refused: MayNotBuy| Declined::Unverified(refused.into()))?;
    count_newcomer(context, &wallet, terms, &selected.supplier, now).await.map_err(Declined::Unverified)?;
    let order = NewOrder {
        id,
        user_id: buyer.user,
        plan: buyer.plan,
        key: by.as_ref().map(UsedKey::of_order),
        request: request.request,
        price,
        included: included.amount,
        budget: metering.map(|metering| metering.budget),
        lines: selected.quote.lines,
        supplier: selected.supplier,
        cap: selected.quote.supplier_cap,
    };
    let opening = Transaction::of(Order::open(order, now)).once_for(key).under(may_open).on(Some(wallet));
    let order = context.store().commit(opening, now).await?;
    // The request's span links the order to its customer, and the supplier's answer to the order.
    tracing::Span::current().record("order_id", tracing::field::display(&order.id));
    tracing::info!("the price is held");
    Ok(order)
}

/// Counts the order of a customer without a standing among those of all such customers, so that many new
/// accounts together can't take our rating down either. An order that is refused later stays counted.
async fn count_newcomer(
    context: &Context,
    wallet: &Wallet,
    terms: Terms,
    supplier: &SupplierId,
    now: Timestamp,
) -> Result<(), NotBought> {
    let Some(rating) = terms.rating.filter(|_| wallet.is_newcomer(terms.trust, now)) else { return Ok(()) };
    let most = rating.newcomers_orders();
    if context.store().limits().take_newcomers_order(supplier, most, now).await? {
        return Ok(());
    }
    tracing::warn!(%supplier, most, "new customers risk as much of the rating as they may");
    Err(MayNotBuy::Restricted.into())
}
