//! Streams: a worker that sees every change of a table, at least once and in order for each item.
//!
//! A record that fails comes again with all that follow it; one that can't be read at all is parked in a queue and counted, so
//! that it never blocks its shard.

use crate::{Context, each_event, parked, telemetry};
use aws_lambda_events::event::dynamodb::{Event, EventRecord};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use std::future::Future;

/// An item's change, as its typed bodies.
#[derive(Clone, Debug)]
pub struct Changed<T> {
    /// The item's partition key.
    pub pk: String,
    /// Before; `None` for a new item.
    pub before: Option<T>,
    /// After.
    pub after: T,
}

/// What Lambda is told of a batch: everything from this record on comes again.
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

/// Runs a worker for each record, in order. At the first that fails it stops and reports it: Lambda sends it again, and the
/// event source's retry limit parks what never succeeds.
pub async fn run_changes<T, W, F, E>(context: Context, worker: W) -> Result<(), lambda_runtime::Error>
where
    T: DeserializeOwned,
    W: Fn(Context, Changed<T>) -> F,
    F: Future<Output = Result<(), E>>,
    E: std::error::Error,
{
    let (context, worker) = (&context, &worker);
    each_event(|event| async move { Ok(work_off(context, event, worker).await) }).await
}

async fn work_off<T, W, F, E>(context: &Context, event: Event, worker: &W) -> BatchAnswer
where
    T: DeserializeOwned,
    W: Fn(Context, Changed<T>) -> F,
    F: Future<Output = Result<(), E>>,
    E: std::error::Error,
{
    let mut answer = BatchAnswer::default();
    let records = event.records.len();
    for record in event.records {
        let sequence_number = record.change.sequence_number.clone().unwrap_or_default();
        let changed = match read::<T>(&record) {
            Ok(Some(changed)) => changed,
            Ok(None) => continue,
            Err(error) => {
                tracing::error!(%error, %sequence_number, "a stream record can't be read");
                if park(context, &record, &sequence_number).await {
                    continue;
                }
                answer.failures.push(FailedRecord { sequence_number });
                break;
            }
        };
        if let Err(error) = worker(context.clone(), changed).await {
            tracing::warn!(%error, %sequence_number, "a stream record failed and comes again");
            telemetry::count("StreamRetries", 1);
            answer.failures.push(FailedRecord { sequence_number });
            break;
        }
    }
    tracing::info!(records, failed = answer.failures.len(), "stream batch done");
    answer
}

/// The change that a record tells; `None` for a removal.
fn read<T: DeserializeOwned>(record: &EventRecord) -> Result<Option<Changed<T>>, serde_dynamo::Error> {
    if record.change.new_image.is_empty() {
        return Ok(None);
    }
    let pk = match record.change.keys.get("pk") {
        Some(serde_dynamo::AttributeValue::S(pk)) => pk.clone(),
        _ => String::new(),
    };
    let before = Some(record.change.old_image.clone()).filter(|image| !image.is_empty());
    Ok(Some(Changed {
        pk,
        before: before.map(serde_dynamo::from_item).transpose()?,
        after: serde_dynamo::from_item(record.change.new_image.clone())?,
    }))
}

/// Puts a record's number and key aside; its content stays in the stream and the table, and out of queues and logs.
async fn park(context: &Context, record: &EventRecord, sequence_number: &str) -> bool {
    let key = |name: &str| match record.change.keys.get(name) {
        Some(serde_dynamo::AttributeValue::S(text)) => text.clone(),
        _ => String::new(),
    };
    let note = json!({ "sequence_number": sequence_number, "pk": key("pk"), "sk": key("sk") });
    parked::park(context, "parked_record", note).await
}
