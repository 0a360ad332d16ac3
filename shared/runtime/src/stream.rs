//! The adapter for streams: runs a worker for every change of a table, at least once and in order per item.
//!
//! A failed record is redelivered with all records after it. An unreadable record is parked in a queue
//! and counted, so that it never blocks its shard. An item of an unknown kind is counted and skipped.

use crate::{Context, each_event, parked, telemetry};
use aws_lambda_events::event::dynamodb::{Event, EventRecord};
use serde::Serialize;
use serde_json::json;
use std::future::Future;
use store::{StreamRecord, TableChange};

/// The answer to Lambda, which redelivers everything from the failed record on.
#[derive(Debug, Default, Serialize)]
struct BatchAnswer {
    #[serde(rename = "batchItemFailures")]
    failures: Vec<FailedRecord>,
}

#[derive(Debug, Serialize)]
struct FailedRecord {
    #[serde(rename = "itemIdentifier")]
    sequence_number: String,
}

/// A change with its place in the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<C> {
    /// The sequence number, which a repeated delivery keeps.
    pub sequence_number: String,
    /// The change.
    pub change: C,
}

/// Runs a worker for each change, in order. It stops at the first failure, and Lambda retries from there.
/// After the retry limit of the event source, the batch is parked.
pub async fn run_changes<C, W, F, E>(context: Context, worker: W) -> Result<(), lambda_runtime::Error>
where
    C: TableChange,
    W: Fn(Context, C) -> F,
    F: Future<Output = Result<(), E>>,
    E: std::error::Error,
{
    let (context, worker) = (&context, &worker);
    each_event(|event| async move { Ok(process(context, event, worker).await) }).await
}

/// Runs a worker for all changes of a batch at once. If it fails, Lambda delivers the batch again.
pub async fn run_batches<C, W, F, E>(context: Context, worker: W) -> Result<(), lambda_runtime::Error>
where
    C: TableChange,
    W: Fn(Context, Vec<Placed<C>>) -> F,
    F: Future<Output = Result<(), E>>,
    E: std::error::Error,
{
    let (context, worker) = (&context, &worker);
    each_event(|event| async move { Ok(process_together(context, event, worker).await) }).await
}

async fn process<C, W, F, E>(context: &Context, event: Event, worker: &W) -> BatchAnswer
where
    C: TableChange,
    W: Fn(Context, C) -> F,
    F: Future<Output = Result<(), E>>,
    E: std::error::Error,
{
    let mut answer = BatchAnswer::default();
    let records = event.records.len();
    for record in event.records {
        let sequence_number = record.change.sequence_number.clone().unwrap_or_default();
        let failed = match read(context, record, &sequence_number).await {
            Ok(Some(change)) => {
                worker(context.clone(), change).await.inspect_err(|error| retried(error, &sequence_number)).is_err()
            }
            Ok(None) => false,
            Err(NotParked) => true,
        };
        if failed {
            answer.failures.push(FailedRecord { sequence_number });
            break;
        }
    }
    tracing::info!(records, failed = answer.failures.len(), "stream batch processed");
    answer
}

async fn process_together<C, W, F, E>(context: &Context, event: Event, worker: &W) -> BatchAnswer
where
    C: TableChange,
    W: Fn(Context, Vec<Placed<C>>) -> F,
    F: Future<Output = Result<(), E>>,
    E: std::error::Error,
{
    let mut answer = BatchAnswer::default();
    let mut changes = Vec::with_capacity(event.records.len());
    for record in event.records {
        let sequence_number = record.change.sequence_number.clone().unwrap_or_default();
        match read(context, record, &sequence_number).await {
            Ok(Some(change)) => changes.push(Placed { sequence_number, change }),
            Ok(None) => {}
            Err(NotParked) => {
                answer.failures.push(FailedRecord { sequence_number });
                break;
            }
        }
    }
    let records = changes.len();
    if let Some(first) = changes.first().map(|first| first.sequence_number.clone())
        && let Err(error) = worker(context.clone(), changes).await
    {
        retried(&error, &first);
        answer.failures = vec![FailedRecord { sequence_number: first }];
    }
    tracing::info!(records, failed = answer.failures.len(), "stream batch processed");
    answer
}

/// An unreadable record could not be parked, so it must be delivered again.
struct NotParked;

/// The change of a record; `None` if the record is skipped, because it is of an unknown kind or was parked.
async fn read<C: TableChange>(
    context: &Context,
    record: EventRecord,
    sequence_number: &str,
) -> Result<Option<C>, NotParked> {
    let record = of_event(record);
    let unread = record.without_images();
    match C::read(record) {
        Ok(Some(change)) => Ok(Some(change)),
        Ok(None) => {
            count_unknown(&unread, sequence_number);
            Ok(None)
        }
        Err(error) => {
            tracing::error!(%error, %sequence_number, "a stream record can't be read");
            if park(context, &unread, sequence_number).await { Ok(None) } else { Err(NotParked) }
        }
    }
}

fn retried(error: &impl std::error::Error, sequence_number: &str) {
    tracing::warn!(%error, %sequence_number, "a stream record failed and will be retried");
    telemetry::count("StreamRetries", 1);
}

/// Checks that an event of a table's stream can be read: each record must be a known change.
pub fn read_event<C: TableChange>(event: &str) -> Result<(), String> {
    let event: Event = serde_json::from_str(event).map_err(|error| error.to_string())?;
    for record in event.records {
        let change = C::read(of_event(record)).map_err(|error| format!("{error:?}"))?;
        change.ok_or("an item of an unknown kind")?;
    }
    Ok(())
}

fn of_event(record: EventRecord) -> StreamRecord {
    StreamRecord { keys: record.change.keys, before: record.change.old_image, after: record.change.new_image }
}

/// The filter of the event source passes known items only. Anything else comes from a newer version, or
/// is a defect.
fn count_unknown(record: &StreamRecord, sequence_number: &str) {
    telemetry::count_class("Findings", "unknown_item", 1);
    let (pk, sk) = (record.key("pk"), record.key("sk"));
    tracing::error!(pk, sk, %sequence_number, "a stream record is about an item of an unknown kind");
}

/// Parks a record's sequence number and key. Its content stays out of queues and logs.
async fn park(context: &Context, record: &StreamRecord, sequence_number: &str) -> bool {
    let note = json!({ "sequence_number": sequence_number, "pk": record.key("pk"), "sk": record.key("sk") });
    parked::park(context, "parked_record", note).await
}
