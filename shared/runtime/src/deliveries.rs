//! The adapter for queues: each message gets its own verdict, and SQS redelivers those that need it.
//!
//! The verdict `Again` sets the message's visibility timeout and reports it as failed. It stays the same
//! message; no second one is sent. A message without a verdict, after a panic for example, is redelivered
//! until the queue's limit moves it to the dead letters. An unreadable message is parked, because it
//! would be redelivered for days.

use crate::{Context, Queue, each_event, parked, telemetry};
use aws_lambda_events::event::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};
use futures_util::{FutureExt, future::join_all};
use serde::de::DeserializeOwned;
use serde_json::json;
use std::{collections::HashMap, future::Future, panic::AssertUnwindSafe, time::Duration};

/// A message for a worker. A verdict consumes it, so no message gets two.
#[derive(Debug)]
pub struct Delivery<M> {
    /// The message's identifier, the same at each delivery.
    pub message_id: String,
    /// The content.
    pub message: M,
}

/// The verdict about a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The message is done and is deleted.
    Done,
    /// The message is redelivered after this delay.
    Again(Duration),
}

/// A message with its verdict.
#[derive(Debug)]
pub struct Judged {
    message_id: String,
    verdict: Verdict,
}

impl<M> Delivery<M> {
    /// Decides about the message.
    pub fn judge(self, verdict: Verdict) -> Judged {
        Judged { message_id: self.message_id, verdict }
    }

    /// Decides about the message by the result of `work`. If it panics, there is no verdict, so that only
    /// this message of the batch is redelivered.
    pub async fn judge_by(self, work: impl Future<Output = Verdict>) -> Option<Judged> {
        let Ok(verdict) = AssertUnwindSafe(work).catch_unwind().await else {
            tracing::error!(message_id = %self.message_id, "the worker of a message panicked");
            return None;
        };
        Some(self.judge(verdict))
    }
}

/// Runs a worker that takes single messages; those of a batch run concurrently. If one panics, only its
/// message is redelivered, after the queue's visibility timeout.
pub async fn each<M, W, F>(context: Context, queue: &Queue<M>, worker: W) -> Result<(), lambda_runtime::Error>
where
    M: DeserializeOwned,
    W: Fn(Context, M) -> F,
    F: Future<Output = Verdict>,
{
    let worker = &worker;
    batch(context, queue, |context, deliveries| judge_each(context, deliveries, worker)).await
}

async fn judge_each<M, W, F>(context: Context, deliveries: Vec<Delivery<M>>, worker: &W) -> Vec<Judged>
where
    W: Fn(Context, M) -> F,
    F: Future<Output = Verdict>,
{
    let judged = deliveries.into_iter().map(async |Delivery { message_id, message }| {
        let work = async { worker(context.clone(), message).await };
        Delivery { message_id, message: () }.judge_by(work).await
    });
    join_all(judged).await.into_iter().flatten().collect()
}

/// Runs a worker that takes the readable messages of a batch. A message without a verdict is redelivered
/// after the queue's visibility timeout.
pub async fn batch<M, W, F>(context: Context, queue: &Queue<M>, worker: W) -> Result<(), lambda_runtime::Error>
where
    M: DeserializeOwned,
    W: Fn(Context, Vec<Delivery<M>>) -> F,
    F: Future<Output = Vec<Judged>>,
{
    let (context, worker) = (&context, &worker);
    each_event(|event| async move { Ok(process(context, queue, event, worker).await) }).await
}

/// Checks that an event of this queue can be read: each message must have the queue's type.
pub fn read_event<M: DeserializeOwned>(_queue: &Queue<M>, event: &str) -> Result<(), String> {
    let event: SqsEvent = serde_json::from_str(event).map_err(|error| error.to_string())?;
    for record in event.records {
        let body = record.body.unwrap_or_default();
        serde_json::from_str::<M>(&body).map_err(|error| format!("{error}: {body}"))?;
    }
    Ok(())
}

async fn process<M, W, F>(context: &Context, queue: &Queue<M>, event: SqsEvent, worker: &W) -> SqsBatchResponse
where
    M: DeserializeOwned,
    W: Fn(Context, Vec<Delivery<M>>) -> F,
    F: Future<Output = Vec<Judged>>,
{
    let (mut receipts, mut deliveries, mut come_again) = (HashMap::new(), Vec::new(), Vec::new());
    for record in event.records {
        let message_id = record.message_id.unwrap_or_default();
        if let Ok(message) = serde_json::from_str(record.body.as_deref().unwrap_or_default()) {
            receipts.insert(message_id.clone(), record.receipt_handle.unwrap_or_default());
            deliveries.push(Delivery { message_id, message });
        } else if !park(context, queue.name(), &message_id).await {
            come_again.push(message_id);
        }
    }
    let messages = deliveries.len();
    let judged = worker(context.clone(), deliveries).await;
    let outcome = outcome(receipts, judged, queue.longest_pause());
    if !outcome.delayed.is_empty() {
        delay(context, queue.name(), &outcome.delayed).await;
    }
    come_again.extend(outcome.come_again);
    tracing::info!(messages, again = come_again.len(), "queue batch processed");
    let mut response = SqsBatchResponse::default();
    response.batch_item_failures = come_again.into_iter().map(failure).collect();
    response
}

/// The result of a batch.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    /// The messages to redeliver.
    come_again: Vec<String>,
    /// The receipt handles of those with their own delay.
    delayed: Vec<(String, Duration)>,
}

/// Matches verdicts to messages. `receipts` holds the receipt handles by message. A message without a
/// verdict must be reported, or SQS would delete it. No pause is longer than the queue allows.
fn outcome(mut receipts: HashMap<String, String>, judged: Vec<Judged>, longest_pause: Duration) -> Outcome {
    let mut outcome = Outcome::default();
    for Judged { message_id, verdict } in judged {
        let Some(receipt) = receipts.remove(&message_id) else { continue };
        if let Verdict::Again(after) = verdict {
            outcome.come_again.push(message_id);
            outcome.delayed.push((receipt, after.min(longest_pause)));
        }
    }
    if !receipts.is_empty() {
        telemetry::count("UnjudgedMessages", u64::try_from(receipts.len()).unwrap_or(u64::MAX));
    }
    outcome.come_again.extend(receipts.into_keys());
    outcome
}

async fn delay(context: &Context, queue: &str, messages: &[(String, Duration)]) {
    let not_rescheduled = context.queues().await.delay(queue, messages).await;
    if not_rescheduled > 0 {
        // They are redelivered anyway, after the queue's visibility timeout.
        tracing::warn!(not_rescheduled, "delays of messages could not be set");
        telemetry::count("QueueErrors", u64::try_from(not_rescheduled).unwrap_or(u64::MAX));
    }
}

/// Parks a message's identifier. The content has an unknown form, so it stays out of queues and logs.
async fn park(context: &Context, queue: &str, message_id: &str) -> bool {
    tracing::error!(%message_id, queue, "a queue message can't be read");
    parked::park(context, "parked_message", json!({ "message_id": message_id })).await
}

fn failure(id: String) -> BatchItemFailure {
    let mut failure = BatchItemFailure::default();
    failure.item_identifier = id;
    failure
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Environment;
    use aws_config::{BehaviorVersion, SdkConfig};
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

    fn delivery(id: &str) -> Delivery<u32> {
        Delivery { message_id: id.to_owned(), message: id.parse().unwrap() }
    }

    #[test]
    fn verdicts_are_matched_by_message_and_a_message_without_one_is_redelivered() {
        let receipts = ["1", "2", "3", "4"].map(|id| (id.to_owned(), format!("receipt-{id}")));
        let longest = Duration::from_mins(15);
        let again = Duration::from_secs(5);
        // In another order than delivered, and with an unknown message.
        let judged = vec![
            delivery("3").judge(Verdict::Again(again)),
            delivery("4").judge(Verdict::Again(Duration::from_hours(1))),
            delivery("1").judge(Verdict::Done),
            delivery("9").judge(Verdict::Done),
        ];
        let outcome = outcome(HashMap::from(receipts), judged, longest);
        assert_eq!(outcome.delayed, [("receipt-3".to_owned(), again), ("receipt-4".to_owned(), longest)]);
        assert_eq!(outcome.come_again, ["3", "4", "2"]);
    }

    #[tokio::test]
    async fn a_panic_affects_only_its_own_message() {
        static RUN: AtomicU32 = AtomicU32::new(0);
        let aws = SdkConfig::builder().behavior_version(BehaviorVersion::v2026_01_12()).build();
        let context = Context::new(Environment::of::<&str, &str>([]), aws).unwrap();
        let worker = async |_: Context, message: u32| {
            RUN.fetch_add(1, Relaxed);
            match message {
                1 => panic!("on purpose"),
                2 => Verdict::Again(Duration::from_secs(1)),
                _ => Verdict::Done,
            }
        };
        let judged = judge_each(context, ["1", "2", "3"].map(delivery).into(), &worker).await;
        assert_eq!(RUN.load(Relaxed), 3);
        assert_eq!(judged.iter().map(|one| one.message_id.as_str()).collect::<Vec<_>>(), ["2", "3"]);
    }
}
