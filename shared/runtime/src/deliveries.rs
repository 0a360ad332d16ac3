//! The adapter between a queue and its worker: every message gets a verdict of its own, and SQS learns which come again.
//!
//! A verdict `Again` sets the message's own visibility and reports it as failed, so that it stays the same message: no second
//! one is ever sent. A message without a verdict (its worker panicked, or forgot it) comes again too, and the queue's limit
//! moves it to the dead letters. A message that can't be read is parked, for it would come again for days.

use crate::{Context, Queue, each_event, parked, telemetry};
use aws_lambda_events::event::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent};
use futures_util::{FutureExt, future::join_all};
use serde::de::DeserializeOwned;
use serde_json::json;
use std::{collections::HashMap, future::Future, panic::AssertUnwindSafe, time::Duration};

/// A message that came to a worker. A verdict consumes it, so no message gets two.
#[derive(Debug)]
pub struct Delivery<M> {
    /// The message's own name: the same each time that it comes, another for every message that was sent.
    pub message_id: String,
    /// What it says.
    pub message: M,
}

/// What is to become of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is done: delete it.
    Done,
    /// The same message is to come again after this time.
    Again(Duration),
}

/// A message with its verdict.
#[derive(Debug)]
pub struct Judged {
    message_id: String,
    verdict: Verdict,
}

impl<M> Delivery<M> {
    /// Gives the message its verdict.
    pub fn judge(self, verdict: Verdict) -> Judged {
        Judged { message_id: self.message_id, verdict }
    }

    /// Gives the message the verdict that comes of this work; none where the work panics, so that the message comes again
    /// and no other of its batch with it.
    pub async fn judge_by(self, work: impl Future<Output = Verdict>) -> Option<Judged> {
        let Ok(verdict) = AssertUnwindSafe(work).catch_unwind().await else {
            tracing::error!(message_id = %self.message_id, "the worker of a message panicked");
            return None;
        };
        Some(self.judge(verdict))
    }
}

/// Runs a worker that takes one message at a time; those of a batch run side by side. Where one panics, only its message comes
/// again, after the queue's visibility timeout.
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

/// Runs a worker that takes the readable messages of a batch together. A message that it gives no verdict comes again, after
/// the queue's visibility timeout.
pub async fn batch<M, W, F>(context: Context, queue: &Queue<M>, worker: W) -> Result<(), lambda_runtime::Error>
where
    M: DeserializeOwned,
    W: Fn(Context, Vec<Delivery<M>>) -> F,
    F: Future<Output = Vec<Judged>>,
{
    let (context, worker) = (&context, &worker);
    each_event(|event| async move { Ok(process(context, queue, event, worker).await) }).await
}

/// Why an event of this queue can't be read in full: each of its messages must be of the queue's type.
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
    let outcome = outcome(receipts, judged);
    if !outcome.delayed.is_empty() {
        delay(context, queue.name(), &outcome.delayed).await;
    }
    come_again.extend(outcome.come_again);
    tracing::info!(messages, again = come_again.len(), "queue batch processed");
    let mut response = SqsBatchResponse::default();
    response.batch_item_failures = come_again.into_iter().map(failure).collect();
    response
}

/// What follows from a batch's verdicts.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    /// The messages that come again.
    come_again: Vec<String>,
    /// The receipts of those among them that come after a time of their own.
    delayed: Vec<(String, Duration)>,
}

/// Matches verdicts to messages. `receipts` are by message; what has no verdict would be deleted if it were not reported.
fn outcome(mut receipts: HashMap<String, String>, judged: Vec<Judged>) -> Outcome {
    let mut outcome = Outcome::default();
    for Judged { message_id, verdict } in judged {
        let Some(receipt) = receipts.remove(&message_id) else { continue };
        if let Verdict::Again(after) = verdict {
            outcome.come_again.push(message_id);
            outcome.delayed.push((receipt, after));
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
        // They come again all the same, after the queue's own visibility timeout.
        tracing::warn!(not_rescheduled, "messages' delays could not be set");
        telemetry::count("QueueErrors", u64::try_from(not_rescheduled).unwrap_or(u64::MAX));
    }
}

/// Parks a message's number. Its content has an unknown form, so it stays out of queues and logs.
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
    fn verdicts_are_matched_by_message_and_what_has_none_comes_again() {
        let receipts = ["1", "2", "3"].map(|id| (id.to_owned(), format!("receipt-{id}")));
        let again = Duration::from_secs(5);
        // In another order than they came, and one twice as the queue sees it.
        let judged = vec![
            delivery("3").judge(Verdict::Again(again)),
            delivery("1").judge(Verdict::Done),
            delivery("9").judge(Verdict::Done),
        ];
        let outcome = outcome(HashMap::from(receipts), judged);
        assert_eq!(outcome.delayed, [("receipt-3".to_owned(), again)]);
        assert_eq!(outcome.come_again, ["3", "2"]);
    }

    #[tokio::test]
    async fn a_panic_takes_only_its_own_message() {
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
