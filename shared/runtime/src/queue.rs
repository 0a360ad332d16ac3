//! Queues: messages out, and the adapter that works off a batch and reports what has to come again.

mod backlog;

pub use backlog::Backlog;

use crate::{Config, Context, telemetry};
use aws_lambda_events::event::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};
use domain::{OrderId, UserId};
use lambda_runtime::{LambdaEvent, service_fn};
use serde::{Deserialize, Serialize};
use std::{future::Future, time::Duration};
use thiserror::Error;

/// How many messages SQS takes in one call.
const MOST_AT_ONCE: usize = 10;

/// When a message comes again that its worker forgot to judge.
const UNJUDGED_AGAIN: Duration = Duration::from_secs(30);
/// The longest time in seconds that SQS hides a message.
const LONGEST_HIDDEN: i32 = 43_200;

/// The order that a message is about; with the owner, so that a worker reads it by its key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OrderRef {
    /// Whose it is.
    pub user_id: UserId,
    /// Which it is.
    pub order_id: OrderId,
}

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

/// A queue could not be written.
#[derive(Debug, Error)]
#[error("a message could not be queued: {0}")]
pub struct QueueError(String);

/// The queues that functions write to.
#[derive(Clone, Debug)]
pub struct Queues {
    client: aws_sdk_sqs::Client,
    polls: String,
    checks: String,
    parked: String,
}

impl Queues {
    pub(crate) fn new(client: aws_sdk_sqs::Client, config: &Config) -> Self {
        let (polls, checks, parked) =
            (config.polls_queue.clone(), config.checks_queue.clone(), config.parked_queue.clone());
        Self { client, polls, checks, parked }
    }

    /// Starts an order's polling: the one message that lives as long as the order listens.
    pub async fn start_poll(&self, order: &OrderRef, delay: Duration) -> Result<(), QueueError> {
        self.send(&self.polls, order, delay).await
    }

    /// Asks for one look at an order.
    pub async fn check(&self, order: &OrderRef, delay: Duration) -> Result<(), QueueError> {
        self.send(&self.checks, order, delay).await
    }

    /// Asks for one look at each of these orders, at once. Where some can't be queued the rest still is.
    pub async fn check_all(&self, orders: &[OrderRef]) -> Result<(), QueueError> {
        let mut failed = None;
        for some in orders.chunks(MOST_AT_ONCE) {
            if let Err(error) = self.send_batch(&self.checks, some).await {
                failed = Some(error);
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Puts aside what could not be worked off.
    pub async fn park(&self, record: &serde_json::Value) -> Result<(), QueueError> {
        self.send(&self.parked, record, Duration::ZERO).await
    }

    async fn send<T: Serialize + Sync>(&self, queue: &str, body: &T, delay: Duration) -> Result<(), QueueError> {
        use aws_sdk_sqs::error::ProvideErrorMetadata;
        let body = serde_json::to_string(body).map_err(|error| QueueError(error.to_string()))?;
        let delay = i32::try_from(delay.as_secs()).unwrap_or(900).min(900);
        let request = self.client.send_message().queue_url(queue).message_body(body).delay_seconds(delay);
        let sent = request.send().await;
        sent.map(|_| ()).map_err(|error| QueueError(error.code().unwrap_or("no answer").to_owned()))
    }

    async fn send_batch<T: Serialize + Sync>(&self, queue: &str, bodies: &[T]) -> Result<(), QueueError> {
        use aws_sdk_sqs::{error::ProvideErrorMetadata, types::SendMessageBatchRequestEntry};
        let entry = |(n, body): (usize, &T)| {
            let body = serde_json::to_string(body).map_err(|error| QueueError(error.to_string()))?;
            let entry = SendMessageBatchRequestEntry::builder().id(n.to_string()).message_body(body).build();
            entry.map_err(|error| QueueError(error.to_string()))
        };
        let entries = bodies.iter().enumerate().map(entry).collect::<Result<_, _>>()?;
        let sent = self.client.send_message_batch().queue_url(queue).set_entries(Some(entries)).send().await;
        let sent = sent.map_err(|error| QueueError(error.code().unwrap_or("no answer").to_owned()))?;
        sent.failed.first().map_or(Ok(()), |refused| Err(QueueError(refused.code.clone())))
    }

    /// Lets messages that are being worked on come again, each after its time. Returns how many could not be told.
    async fn show_again(&self, queue: &str, messages: &[(String, Duration)]) -> usize {
        use aws_sdk_sqs::{error::ProvideErrorMetadata, types::ChangeMessageVisibilityBatchRequestEntry};
        let mut failed = 0;
        for some in messages.chunks(MOST_AT_ONCE) {
            let entry = |(n, (receipt, after)): (usize, &(String, Duration))| {
                let seconds = i32::try_from(after.as_secs()).unwrap_or(LONGEST_HIDDEN).min(LONGEST_HIDDEN);
                let entry = ChangeMessageVisibilityBatchRequestEntry::builder().id(n.to_string());
                entry.receipt_handle(receipt).visibility_timeout(seconds).build().ok()
            };
            let entries = some.iter().enumerate().filter_map(entry).collect();
            let request = self.client.change_message_visibility_batch().queue_url(queue).set_entries(Some(entries));
            failed += match request.send().await {
                Ok(changed) => changed.failed.len(),
                Err(error) => {
                    tracing::warn!(code = error.code().unwrap_or("no answer"), "delays could not be set");
                    some.len()
                }
            };
        }
        failed
    }
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
    lambda_runtime::run(service_fn(move |event: LambdaEvent<SqsEvent>| async move {
        Ok::<_, lambda_runtime::Error>(work_off(context, source, event.payload, worker).await)
    }))
    .await
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
        Source::Polls => &context.config().polls_queue,
        Source::Checks => &context.config().checks_queue,
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
    telemetry::count_class("Findings", "parked_message", 1);
    let note = serde_json::json!({ "function": crate::handler_name(), "message_id": message_id });
    match context.queues().await.park(&note).await {
        Ok(()) => true,
        Err(error) => {
            tracing::error!(%error, "a message could not be parked");
            false
        }
    }
}

fn failure(id: String) -> BatchItemFailure {
    let mut failure = BatchItemFailure::default();
    failure.item_identifier = id;
    failure
}
