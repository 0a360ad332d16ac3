//! The adapter that works off a queue's batch and reports what has to come again.

use crate::{Context, OrderRef, each_event, parked, telemetry};
use aws_lambda_events::event::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};
use serde_json::json;
use std::{future::Future, time::Duration};

/// When a message comes again that its worker forgot to judge.
const UNJUDGED_AGAIN: Duration = Duration::from_secs(30);

/// A message that came to a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The message's own name: the same each time that it comes, another for every message that was sent.
    pub message_id: String,
    /// The order that it is about.
    pub order: OrderRef,
}

/// What is to become of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is done: delete it.
    Done,
    /// The same message is to come again after this time.
    Again(Duration),
}

/// Which queue a worker reads, so that it can delay its messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The polls.
    Polls,
    /// The checks.
    Checks,
}

/// Runs a worker that gets the readable messages of a batch and gives a verdict for each, in their order.
///
/// A verdict `Again` sets the message's own visibility and reports it as failed, so that it stays the same message: no
/// second one is ever sent. A message that can't be read is parked, for it would come again for days.
pub async fn run_orders<W, F>(context: Context, source: Source, worker: W) -> Result<(), lambda_runtime::Error>
where
    W: Fn(Context, Vec<Delivery>) -> F,
    F: Future<Output = Vec<Verdict>>,
{
    let (context, worker) = (&context, &worker);
    each_event(|event| async move { Ok(work_off(context, source, event, worker).await) }).await
}

async fn work_off<W, F>(context: &Context, source: Source, event: SqsEvent, worker: &W) -> SqsBatchResponse
where
    W: Fn(Context, Vec<Delivery>) -> F,
    F: Future<Output = Vec<Verdict>>,
{
    let mut failures = Vec::new();
    let mut known = Vec::new();
    for record in event.records {
        let id = record.message_id.unwrap_or_default();
        if let Ok(order) = serde_json::from_str::<OrderRef>(record.body.as_deref().unwrap_or_default()) {
            known.push((record.receipt_handle.unwrap_or_default(), Delivery { message_id: id, order }));
        } else if !park(context, source, &id).await {
            failures.push(failure(id));
        }
    }
    let deliveries: Vec<_> = known.iter().map(|(_, delivery)| delivery.clone()).collect();
    let messages = deliveries.len();
    let verdicts = worker(context.clone(), deliveries).await;
    // A message without a verdict would be deleted.
    let verdicts = verdicts.into_iter().chain(std::iter::repeat(Verdict::Again(UNJUDGED_AGAIN)));
    let mut again = Vec::new();
    for ((receipt, delivery), verdict) in known.into_iter().zip(verdicts) {
        if let Verdict::Again(after) = verdict {
            again.push((receipt, after));
            failures.push(failure(delivery.message_id));
        }
    }
    let queue = match source {
        Source::Polls => "POLLS",
        Source::Checks => "CHECKS",
    };
    let untold = context.queues().await.show_again(queue, &again).await;
    if untold > 0 {
        // They come again all the same, after the queue's own visibility timeout.
        tracing::warn!(untold, "messages' delays could not be set");
        telemetry::count("QueueErrors", u64::try_from(untold).unwrap_or(u64::MAX));
    }
    tracing::info!(messages, again = again.len(), "batch done");
    let mut response = SqsBatchResponse::default();
    response.batch_item_failures = failures;
    response
}

/// Puts a message's number aside; its content is in no form that we know, so it stays out of queues and logs.
async fn park(context: &Context, source: Source, message_id: &str) -> bool {
    tracing::error!(%message_id, ?source, "a queue message can't be read");
    parked::park(context, "parked_message", json!({ "message_id": message_id })).await
}

fn failure(id: String) -> BatchItemFailure {
    let mut failure = BatchItemFailure::default();
    failure.item_identifier = id;
    failure
}
