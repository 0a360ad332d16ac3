//! SQS polls → has a message come? One message for one order, always the same one.
//!
//! A poll reads the order, asks the supplier, writes only what changed, and says when the message is to come again. A batch
//! is answered with the supplier's list where that takes fewer calls. The orders of a batch are worked off side by side, so a
//! slow supplier costs a batch the time of a list, a check and a cancel, each with its deadline, and not of ten of them.

use crate::{
    settle::{self, Unsettled},
    supplier_facts::{self, counted},
};
use domain::{
    SupplierId,
    order::{CloseReason, Order, Status, poll_delay},
};
use futures_util::future::join_all;
use runtime::{Context, Delivery, Verdict, fail_point};
use std::{collections::BTreeMap, time::Duration};
use suppliers::{Supplier, SupplierError, SupplierOrder};

/// From how many orders on one list call replaces single ones.
const LIST_FROM: usize = 3;
/// How many calls a second the account may make for polls (5SIM allows 100; buying and cancelling need some).
const CALLS_PER_SECOND: u32 = 80;
/// When to look again after something that passes.
const SOON: Duration = Duration::from_secs(5);

/// What one delivery became before suppliers were asked.
enum Read {
    Settled(Verdict),
    Ask(Box<Order>),
}

/// Works off a batch of polls.
pub async fn poll(context: Context, deliveries: Vec<Delivery>) -> Vec<Verdict> {
    let read = join_all(deliveries.iter().map(|delivery| read_order(&context, delivery))).await;
    let mut seen = see_all(&context, &read).await;
    let context = &context;
    let verdicts = read.into_iter().map(|one| {
        let answer = match &one {
            Read::Ask(order) => seen.remove(order.id.as_str()),
            Read::Settled(_) => None,
        };
        async move {
            match one {
                Read::Settled(verdict) => verdict,
                Read::Ask(order) => {
                    fail_point::here("poll-after-supplier");
                    advance(context, *order, answer.unwrap_or(Err(SupplierError::OrderNotFound))).await
                }
            }
        }
    });
    join_all(verdicts).await
}

async fn read_order(context: &Context, delivery: &Delivery) -> Read {
    try_read(context, delivery).await.unwrap_or_else(|error| {
        tracing::warn!(order_id = %delivery.order.order_id, %error, "an order could not be read");
        Read::Settled(Verdict::Again(SOON))
    })
}

async fn try_read(context: &Context, delivery: &Delivery) -> Result<Read, store::StoreError> {
    let Some(order) = context.store().order(&delivery.order.user_id, &delivery.order.order_id).await? else {
        tracing::error!(order_id = %delivery.order.order_id, "a poll for an order that is not there");
        return Ok(Read::Settled(Verdict::Done));
    };
    let is_ours = match &order.poller {
        Some(message) => *message == delivery.message_id,
        None => context.store().claim_poll(&order, &delivery.message_id).await?,
    };
    if !is_ours || order.number.is_none() || poll_delay(&order, context.now()).is_none() {
        return Ok(Read::Settled(Verdict::Done));
    }
    let order = Order { poller: Some(delivery.message_id.clone()), ..order };
    Ok(Read::Ask(Box::new(order)))
}

type Answers = BTreeMap<String, Result<SupplierOrder, SupplierError>>;

/// What the suppliers say of all orders of the batch, by our order's id.
async fn see_all(context: &Context, read: &[Read]) -> Answers {
    let mut by_supplier = BTreeMap::<&SupplierId, Vec<&Order>>::new();
    for one in read {
        if let Read::Ask(order) = one {
            by_supplier.entry(&order.attempt.supplier).or_default().push(order);
        }
    }
    let mut answers = Answers::new();
    for (supplier, orders) in by_supplier {
        let unavailable = |error: SupplierError| orders.iter().map(move |o| (o.id.to_string(), Err(error.clone())));
        let calls = if orders.len() >= LIST_FROM { 1 } else { u32::try_from(orders.len()).unwrap_or(1) };
        let in_budget = context.store().take_supplier_calls(supplier, calls, CALLS_PER_SECOND, context.now()).await;
        match (in_budget, supplier_facts::client(context, supplier).await) {
            // The account's own limit still protects us where ours can't be read.
            (Ok(true) | Err(_), Ok(client)) => answers.extend(see(client, &orders).await),
            (Ok(false), _) => {
                answers.extend(unavailable(SupplierError::Throttled { after: Duration::from_secs(1) }));
            }
            (_, Err(error)) => {
                tracing::error!(%error, "no access to the supplier");
                answers.extend(unavailable(SupplierError::Refused));
            }
        }
    }
    answers
}

/// What one supplier says of these orders: by its list where that is cheaper, singly for those that the list lacks. A supplier
/// whose list can't be had is not asked once more for each order.
async fn see(client: &dyn Supplier, orders: &[&Order]) -> Answers {
    let mut answers = Answers::new();
    let oldest = orders.iter().filter_map(|order| order.number.as_ref()).map(|number| number.sold_at).min();
    if let Some(oldest) = oldest.filter(|_| orders.len() >= LIST_FROM) {
        let listed = match client.orders(oldest).await.map_err(counted) {
            Ok(list) => list.orders.into_iter().map(|order| (order.id.clone(), order)).collect::<BTreeMap<_, _>>(),
            Err(error) => return orders.iter().map(|order| (order.id.to_string(), Err(error.clone()))).collect(),
        };
        for order in orders {
            if let Some(seen) = order.number.as_ref().and_then(|number| listed.get(&number.supplier_order)) {
                answers.insert(order.id.to_string(), Ok(seen.clone()));
            }
        }
    }
    let missing = orders.iter().filter(|order| !answers.contains_key(order.id.as_str()));
    let checks = missing.filter_map(|order| Some((order, order.number.as_ref()?))).map(async |(order, number)| {
        (order.id.to_string(), client.check(&number.supplier_order).await.map_err(counted))
    });
    let checked = join_all(checks).await;
    answers.extend(checked);
    answers
}

/// Settles what can be settled, and says when to look again.
async fn advance(context: &Context, order: Order, answer: Result<SupplierOrder, SupplierError>) -> Verdict {
    let id = order.id.clone();
    match step(context, order, answer).await {
        Ok(order) => poll_delay(&order, context.now()).map_or(Verdict::Done, Verdict::Again),
        Err(Unsettled::Changed) => Verdict::Again(Duration::from_secs(1)),
        Err(Unsettled::Supplier(SupplierError::Throttled { after })) => {
            Verdict::Again(after.max(Duration::from_secs(1)))
        }
        Err(error) => {
            tracing::warn!(order_id = %id, %error, "a poll did not settle");
            Verdict::Again(SOON)
        }
    }
}

/// One look at an order, with what its supplier says. Also the check's.
pub(crate) async fn step(
    context: &Context,
    order: Order,
    answer: Result<SupplierOrder, SupplierError>,
) -> Result<Order, Unsettled> {
    let gave_up = order.gave_up(context.now());
    let unreached = order.clone();
    let settled = match answer {
        Ok(seen) => settle_seen(context, order, &seen).await,
        // The supplier denies an order that it sold us: nothing can come any more.
        Err(SupplierError::OrderNotFound) if order.is_overdue(context.now()) => {
            let step = order.given_back(context.now())?;
            settle::write(context, step).await
        }
        Err(error) => Err(error.into()),
    };
    match settled {
        Err(Unsettled::Supplier(_) | Unsettled::Access(_) | Unsettled::TooEarly) if gave_up => {
            settle::supplier_unreachable(context, unreached).await
        }
        settled => settled,
    }
}

async fn settle_seen(context: &Context, order: Order, seen: &SupplierOrder) -> Result<Order, Unsettled> {
    let order = settle::observe(context, order, seen).await?;
    if order.status == Status::Cancelling {
        let because = order.closed_because.unwrap_or(CloseReason::Timeout);
        return settle::give_back(context, order, because).await;
    }
    if order.is_overdue(context.now()) {
        return settle::give_back(context, order, CloseReason::Timeout).await;
    }
    Ok(order)
}
