//! SQS polls → has a message come? One message for one order, always the same one.
//!
//! A poll reads the order, asks the supplier, writes only what changed, and says when the message is to come again. A batch
//! is answered with the supplier's list where that takes fewer calls. The orders of a batch are settled side by side, so a
//! slow supplier costs a batch the time of a list, a check and a cancel, each with its deadline, and not of ten of them.

use crate::queues::OrderRef;
use domain::order::{Order, Status, poll_delay};
use futures_util::future::join_all;
use orders::{
    Unsettled,
    ask::{self, Answer},
};
use runtime::{Context, Delivery, Judged, Verdict, fail_point};
use std::time::Duration;
use store::StoreError;
use suppliers::SupplierError;

/// When to look again, at the earliest, after something that passes: who is in trouble is not asked more often than usual.
const SOON: Duration = Duration::from_secs(5);

/// Polls the orders of a batch.
pub async fn poll(context: Context, deliveries: Vec<Delivery<OrderRef>>) -> Vec<Judged> {
    let context = &context;
    let read = join_all(deliveries.iter().map(|delivery| read_order(context, delivery))).await;
    let numbers: Vec<_> = read.iter().map(|one| one.as_ref().ok()?.number.as_ref()).collect();
    let answers = ask::about(context, &numbers).await;
    let judged = deliveries.into_iter().zip(read).zip(answers).map(async |((delivery, read), answer)| {
        match (read, answer) {
            (Ok(order), Some(answer)) => {
                fail_point::here("poll-after-supplier");
                delivery.judge_by(advance(context, *order, answer)).await
            }
            // Without a number nothing can come.
            (Ok(_), None) => Some(delivery.judge(Verdict::Done)),
            (Err(verdict), _) => Some(delivery.judge(verdict)),
        }
    });
    join_all(judged).await.into_iter().flatten().collect()
}

/// The order that this delivery is to look at; or what becomes of a delivery that is to look at none.
async fn read_order(context: &Context, delivery: &Delivery<OrderRef>) -> Result<Box<Order>, Verdict> {
    match due_order(context, delivery).await {
        Ok(Some(order)) => Ok(Box::new(order)),
        Ok(None) => Err(Verdict::Done),
        Err(error) => {
            tracing::warn!(order_id = %delivery.message.order_id, %error, "an order could not be read");
            Err(Verdict::Again(SOON))
        }
    }
}

/// The order, if this is its one poll message and it still waits for something.
async fn due_order(context: &Context, delivery: &Delivery<OrderRef>) -> Result<Option<Order>, StoreError> {
    let Some(order) = context.store().orders().get(&delivery.message.user_id, &delivery.message.order_id).await? else {
        tracing::error!(order_id = %delivery.message.order_id, "a poll for an order that is not there");
        return Ok(None);
    };
    let is_ours = match &order.poller {
        Some(message) => *message == delivery.message_id,
        None => context.store().orders().claim_poll(&order, &delivery.message_id).await?,
    };
    let is_due = is_ours && poll_delay(&order, context.now()).is_some();
    Ok(is_due.then(|| Order { poller: Some(delivery.message_id.clone()), ..order }))
}

/// Settles what can be settled, and says when to look again.
async fn advance(context: &Context, order: Order, answer: Answer) -> Verdict {
    let (id, status) = (order.id.clone(), order.status);
    let usual = poll_delay(&order, context.now()).unwrap_or(SOON);
    match orders::settle(context, order, answer.map_err(Unsettled::from)).await {
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
