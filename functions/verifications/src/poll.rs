//! SQS polls → has a message come? One message for one order, always the same one.
//!
//! A poll reads the order, asks the supplier, writes only what changed, and says when the message is to come again. A batch
//! is answered with the supplier's list where that takes fewer calls. The orders of a batch are worked off side by side, so a
//! slow supplier costs a batch the time of a list, a check and a cancel, each with its deadline, and not of ten of them.

use crate::{
    asking,
    settle::{self, Unsettled},
};
use domain::order::{CloseReason, Order, Status, poll_delay};
use futures_util::future::join_all;
use runtime::{Context, Delivery, Verdict, fail_point};
use std::time::Duration;
use suppliers::{Fault, SupplierError, SupplierOrder};

/// When to look again, at the earliest, after something that passes: who is in trouble is not asked more often than usual.
const SOON: Duration = Duration::from_secs(5);

/// What one delivery became before suppliers were asked.
enum Read {
    Settled(Verdict),
    Ask(Box<Order>),
}

/// Works off a batch of polls.
pub async fn poll(context: Context, deliveries: Vec<Delivery>) -> Vec<Verdict> {
    let read = join_all(deliveries.iter().map(|delivery| read_order(&context, delivery))).await;
    let asked = read.iter().filter_map(|one| match one {
        Read::Ask(order) => Some(order.as_ref()),
        Read::Settled(_) => None,
    });
    let mut seen = asking::about(&context, asked).await;
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
                    // Nobody asked about it (the same message twice in a batch): that says nothing of the order.
                    let unasked = || Err(SupplierError::Unavailable { fault: Fault::Unreadable });
                    advance(context, *order, answer.unwrap_or_else(unasked)).await
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

/// Settles what can be settled, and says when to look again.
async fn advance(context: &Context, order: Order, answer: Result<SupplierOrder, SupplierError>) -> Verdict {
    let (id, status) = (order.id.clone(), order.status);
    let usual = poll_delay(&order, context.now()).unwrap_or(SOON);
    match step(context, order, answer).await {
        Ok(order) => poll_delay(&order, context.now()).map_or(Verdict::Done, Verdict::Again),
        Err(Unsettled::Changed) => Verdict::Again(Duration::from_secs(1)),
        Err(Unsettled::Supplier(SupplierError::Throttled { after })) => {
            Verdict::Again(after.max(Duration::from_secs(1)))
        }
        // It has its code, and the supplier knows it no more: nothing else can come.
        Err(Unsettled::Supplier(SupplierError::OrderNotFound)) if status == Status::Completed => Verdict::Done,
        Err(error) => {
            tracing::warn!(order_id = %id, %error, "a poll did not settle");
            Verdict::Again(usual.max(SOON))
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
        Err(SupplierError::OrderNotFound) if order.is_past_deadline(context.now()) => {
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
