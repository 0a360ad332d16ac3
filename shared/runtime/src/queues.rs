//! The queues that functions write to.

mod backlog;

pub use backlog::Backlog;

use crate::{Client, ConfigError, Context, Environment};
use domain::{OrderId, UserId};
use serde::{Deserialize, Serialize};
use std::{convert::Infallible, time::Duration};
use thiserror::Error;

/// How many messages SQS takes in one call.
const MOST_AT_ONCE: usize = 10;
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

/// A queue could not be written.
#[derive(Debug, Error)]
#[error("a message could not be queued: {0}")]
pub struct QueueError(String);

/// The queues that functions write to. Their addresses (`QUEUE_*_URL`) are read when they are used.
#[derive(Clone, Debug)]
pub struct Queues {
    client: aws_sdk_sqs::Client,
    environment: Environment,
}

impl From<ConfigError> for QueueError {
    fn from(error: ConfigError) -> Self {
        Self(error.to_string())
    }
}

impl Client for Queues {
    type Error = Infallible;

    async fn connect(context: &Context) -> Result<Self, Infallible> {
        let client = aws_sdk_sqs::Client::new(context.aws());
        Ok(Self { client, environment: context.environment().clone() })
    }
}

impl Queues {
    fn url(&self, queue: &str) -> Result<String, ConfigError> {
        self.environment.needed_setting(&format!("QUEUE_{queue}_URL"))
    }

    /// Starts an order's polling: the one message that lives as long as the order listens.
    pub async fn start_poll(&self, order: &OrderRef, delay: Duration) -> Result<(), QueueError> {
        self.send("POLLS", order, delay).await
    }

    /// Asks for one look at an order.
    pub async fn check(&self, order: &OrderRef, delay: Duration) -> Result<(), QueueError> {
        self.send("CHECKS", order, delay).await
    }

    /// Asks for one look at each of these orders, at once. Where some can't be queued the rest still is.
    pub async fn check_all(&self, orders: &[OrderRef]) -> Result<(), QueueError> {
        let mut failed = None;
        for some in orders.chunks(MOST_AT_ONCE) {
            if let Err(error) = self.send_batch("CHECKS", some).await {
                failed = Some(error);
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Puts aside what could not be worked off.
    pub async fn park(&self, record: &serde_json::Value) -> Result<(), QueueError> {
        self.send("PARKED", record, Duration::ZERO).await
    }

    async fn send<T: Serialize + Sync>(&self, queue: &str, body: &T, delay: Duration) -> Result<(), QueueError> {
        use aws_sdk_sqs::error::ProvideErrorMetadata;
        let body = serde_json::to_string(body).map_err(|error| QueueError(error.to_string()))?;
        let delay = i32::try_from(delay.as_secs()).unwrap_or(900).min(900);
        let request = self.client.send_message().queue_url(self.url(queue)?).message_body(body).delay_seconds(delay);
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
        let sent = self.client.send_message_batch().queue_url(self.url(queue)?).set_entries(Some(entries)).send().await;
        let sent = sent.map_err(|error| QueueError(error.code().unwrap_or("no answer").to_owned()))?;
        sent.failed.first().map_or(Ok(()), |refused| Err(QueueError(refused.code.clone())))
    }

    /// Lets messages that are being worked on come again, each after its time. Returns how many could not be told.
    pub(crate) async fn show_again(&self, queue: &str, messages: &[(String, Duration)]) -> usize {
        use aws_sdk_sqs::{error::ProvideErrorMetadata, types::ChangeMessageVisibilityBatchRequestEntry};
        let url = self.url(queue).unwrap_or_default();
        let mut failed = 0;
        for some in messages.chunks(MOST_AT_ONCE) {
            let entry = |(n, (receipt, after)): (usize, &(String, Duration))| {
                let seconds = i32::try_from(after.as_secs()).unwrap_or(LONGEST_HIDDEN).min(LONGEST_HIDDEN);
                let entry = ChangeMessageVisibilityBatchRequestEntry::builder().id(n.to_string());
                entry.receipt_handle(receipt).visibility_timeout(seconds).build().ok()
            };
            let entries = some.iter().enumerate().filter_map(entry).collect();
            let request = self.client.change_message_visibility_batch().queue_url(&url).set_entries(Some(entries));
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
