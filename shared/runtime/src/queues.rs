//! Typed queues, and the client that sends to them.

mod backlog;
mod letters;

pub use backlog::Backlog;
pub use letters::{Letter, Redriven};

use crate::{Client, ConfigError, Context, Environment};
use serde::Serialize;
use std::{convert::Infallible, marker::PhantomData, time::Duration};
use thiserror::Error;

/// SQS's limit of messages per call.
const MOST_AT_ONCE: usize = 10;
/// SQS's longest delay of a new message, in seconds.
const LONGEST_DELAY: i32 = 900;
/// The longest pause before a message is delivered again, unless its queue has another one.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// A queue of messages of one type. The crate that owns the message declares it for senders and worker:
/// `pub const POLLS: Queue<OrderRef> = Queue::new("POLLS")`. `QUEUE_POLLS_URL` holds its address and is
/// read at each use.
#[derive(Debug)]
pub struct Queue<M> {
    name: &'static str,
    longest_pause: Duration,
    message: PhantomData<fn(M)>,
}

impl<M> Queue<M> {
    /// The queue with this name, in upper case. Its messages pause for five minutes at most.
    pub const fn new(name: &'static str) -> Self {
        Self { name, longest_pause: LONGEST_PAUSE, message: PhantomData }
    }

    /// The queue with another longest pause. A message that is received as often as the queue allows, with this pause
    /// after each time, must become a dead letter before it expires; a drift test compares it with `template.yaml`.
    #[must_use]
    pub const fn pausing(self, longest_pause: Duration) -> Self {
        Self { longest_pause, ..self }
    }

    /// The queue's name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The longest pause before a message is delivered again. A verdict with a longer one gets this one.
    pub const fn longest_pause(&self) -> Duration {
        self.longest_pause
    }
}

/// A queue could not be used.
#[derive(Debug, Error)]
#[error("queue: {0}")]
pub struct QueueError(String);

impl From<ConfigError> for QueueError {
    fn from(error: ConfigError) -> Self {
        Self(error.to_string())
    }
}

/// The client of all queues.
#[derive(Clone, Debug)]
pub struct Queues {
    client: aws_sdk_sqs::Client,
    environment: Environment,
}

impl Client for Queues {
    type Error = Infallible;

    async fn connect(context: &Context) -> Result<Self, Infallible> {
        let client = aws_sdk_sqs::Client::new(context.aws());
        Ok(Self { client, environment: context.environment().clone() })
    }
}

impl Queues {
    /// Sends a message with a delay of at most 15 minutes.
    pub async fn send<M: Serialize>(&self, queue: &Queue<M>, message: &M, delay: Duration) -> Result<(), QueueError> {
        let seconds = i32::try_from(delay.as_secs()).unwrap_or(LONGEST_DELAY).min(LONGEST_DELAY);
        let request = self.client.send_message().queue_url(self.url(queue.name)?);
        let sent = request.message_body(text(message)?).delay_seconds(seconds).send().await;
        sent.map(|_| ()).map_err(|error| failed(&error))
    }

    /// Sends messages without a delay. If some fail, the rest is still sent.
    pub async fn send_all<M: Serialize>(&self, queue: &Queue<M>, messages: &[M]) -> Result<(), QueueError> {
        let url = self.url(queue.name)?;
        let mut result = Ok(());
        for some in messages.chunks(MOST_AT_ONCE) {
            result = self.send_batch(&url, some).await.and(result);
        }
        result
    }

    async fn send_batch<M: Serialize>(&self, url: &str, messages: &[M]) -> Result<(), QueueError> {
        use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
        let entry = |(n, message): (usize, &M)| {
            let entry = SendMessageBatchRequestEntry::builder().id(n.to_string()).message_body(text(message)?).build();
            entry.map_err(|error| QueueError(error.to_string()))
        };
        let entries = messages.iter().enumerate().map(entry).collect::<Result<_, _>>()?;
        let sent = self.client.send_message_batch().queue_url(url).set_entries(Some(entries)).send().await;
        let sent = sent.map_err(|error| failed(&error))?;
        sent.failed.first().map_or(Ok(()), |refused| Err(QueueError(refused.code.clone())))
    }

    /// Delays messages in flight, by their receipt handles. Returns the number of failures.
    pub(crate) async fn delay(&self, queue: &str, messages: &[(String, Duration)]) -> usize {
        let Ok(url) = self.url(queue) else { return messages.len() };
        let mut failures = 0;
        for some in messages.chunks(MOST_AT_ONCE) {
            failures += self.delay_batch(&url, some).await;
        }
        failures
    }

    async fn delay_batch(&self, url: &str, messages: &[(String, Duration)]) -> usize {
        use aws_sdk_sqs::types::ChangeMessageVisibilityBatchRequestEntry;
        let entry = |(n, (receipt, after)): (usize, &(String, Duration))| {
            let seconds = i32::try_from(after.as_secs()).unwrap_or(i32::MAX);
            let entry = ChangeMessageVisibilityBatchRequestEntry::builder().id(n.to_string());
            entry.receipt_handle(receipt).visibility_timeout(seconds).build().ok()
        };
        let entries = messages.iter().enumerate().filter_map(entry).collect();
        let request = self.client.change_message_visibility_batch().queue_url(url).set_entries(Some(entries));
        match request.send().await {
            Ok(changed) => changed.failed.len(),
            Err(error) => {
                tracing::warn!(error = %failed(&error), "delays could not be set");
                messages.len()
            }
        }
    }

    /// The names of the queues that the function has an address of.
    fn names(&self) -> impl Iterator<Item = String> {
        let names = self.environment.names().into_iter();
        names.filter_map(|name| Some(name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?.to_owned()))
    }

    fn url(&self, queue: &str) -> Result<String, ConfigError> {
        self.environment.needed_setting(&format!("{PREFIX}{queue}{SUFFIX}"))
    }
}

/// The parts around a queue's name in the variable that holds its address.
const PREFIX: &str = "QUEUE_";
const SUFFIX: &str = "_URL";

fn text<M: Serialize>(message: &M) -> Result<String, QueueError> {
    serde_json::to_string(message).map_err(|error| QueueError(error.to_string()))
}

/// Keeps only the error code, because the SDK's text contains the message.
fn failed(error: &impl aws_sdk_sqs::error::ProvideErrorMetadata) -> QueueError {
    QueueError(error.code().unwrap_or("no answer").to_owned())
}
