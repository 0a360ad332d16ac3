//! Queue POLLS: polls the supplier for messages. Each order has one queue message, which is redelivered.
//!
//! A poll reads the order, asks the supplier, writes only changes, and sets the delay of its queue message. A
//! batch uses the supplier's list if that takes fewer calls. The orders of a batch are settled concurrently, so
//! a slow supplier costs a batch one list, one check and one cancel, each with its deadline.

use domain::order::{Order, Status, poll_delay};
use futures_util::future::join_all;
use orders::{
    Unsettled,
    ask::{self, Answer},
    queues::OrderRef,
};
use runtime::{Context, Delivery, Judged, Verdict, fail_point};
use std::time::Duration;
use store::StoreError;
use suppliers::SupplierError;

/// The shortest delay after a temporary error. A failing supplier is not asked more often than usual.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// Polls the orders of a batch.
pub async fn poll(context: Context, deliveries: Vec<Delivery<OrderRef>>) -> Vec<Judged> {
    let context = &context;
    let read = join_all(deliveries.iter().map(|delivery| read_order(context, delivery))).await;
    let orders: Vec<_> = read.iter().map(|one| one.as_deref().ok()).collect();
    let answers = ask::about(context, &orders).await;
    let judged = deliveries.into_iter().zip(read).zip(answers).map(async |((delivery, read), answer)| {
        match (read, answer) {
            (Ok(order), Some(answer)) => {
                fail_point::here("poll-after-supplier");
                delivery.judge_by(Box::pin(advance(context, *order, answer))).await
            }
            // Without a number there can be no message.
            (Ok(_), None) => Some(delivery.judge(Verdict::Done)),
            (Err(verdict), _) => Some(delivery.judge(verdict)),
        }
    });
    join_all(judged).await.into_iter().flatten().collect()
}

/// The order to poll, or the verdict about a message without one.
async fn read_order(context: &Context, delivery: &Delivery<OrderRef>) -> Result<Box<Order>, Verdict> {
    match due_order(context, delivery).await {
        Ok(Some(order)) => Ok(Box::new(order)),
        Ok(None) => Err(Verdict::Done),
        Err(error) => {
            tracing::warn!(order_id = %delivery.message.order_id, %error, "an order could not be read");
            Err(Verdict::Again(RETRY_AFTER))
        }
    }
}

/// The order, if this message is its poller and messages may still come.
async fn due_order(context: &Context, delivery: &Delivery<OrderRef>) -> Result<Option<Order>, StoreError> {
    let Some(order) = context.store().record::<Order>(&delivery.message.user_id, &delivery.message.order_id).await?
    else {
        tracing::error!(order_id = %delivery.message.order_id, "a poll of a missing order");
        return Ok(None);
    };
    let is_ours = match &order.poller {
        Some(message) => *message == delivery.message_id,
        None => context.store().orders().claim_poll(&order, &delivery.message_id).await?,
    };
    let is_due = is_ours && poll_delay(&order, context.now()).is_some();
    Ok(is_due.then(|| Order { poller: Some(delivery.message_id.clone()), ..order }))
}

/// The delay of a poll that got no call of the supplier: the usual one and up to a quarter more. Without it, the
/// polls that one second was too small for would come again together in the next, and be received until they are
/// dead.
fn spread(usual: Duration, random: u128) -> Duration {
    let percent = u32::try_from(random % 26).unwrap_or(0);
    usual + usual * percent / 100
}

/// Settles the order with the supplier's answer, and returns when to poll again.
async fn advance(context: &Context, order: Order, answer: Answer) -> Verdict {
    let (id, status) = (order.id.clone(), order.status);
    let usual = poll_delay(&order, context.now()).unwrap_or(RETRY_AFTER);
    match orders::settle(context, order, answer.map_err(Unsettled::from)).await {
        Ok(order) => poll_delay(&order, context.now()).map_or(Verdict::Done, Verdict::Again),
        Err(Unsettled::Changed) => Verdict::Again(Duration::from_secs(1)),
        Err(Unsettled::OverBudget) => Verdict::Again(spread(usual, context.random())),
        Err(Unsettled::Supplier(SupplierError::Throttled { after })) => {
            Verdict::Again(spread(usual.max(after), context.random()))
        }
        // The order has its code, and the supplier has ended or deleted it, so no message can come.
        Err(Unsettled::Supplier(SupplierError::OrderNotFound | SupplierError::AlreadyClosed))
            if status == Status::Completed =>
        {
            Verdict::Done
        }
        Err(error) => {
            tracing::warn!(order_id = %id, %error, "a poll did not settle");
            Verdict::Again(usual.max(RETRY_AFTER))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polls_without_a_call_wait_as_long_as_usual_and_apart() {
        let usual = Duration::from_mins(1);
        for (random, seconds) in [(0, 60), (25, 75), (26, 60), (38, 67)] {
            assert_eq!(spread(usual, random).as_secs(), seconds, "{random}");
        }
    }
}
