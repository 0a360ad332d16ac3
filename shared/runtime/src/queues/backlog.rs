//! The approximate numbers of messages in the queues, for health and metrics only.

use super::{QueueError, Queues, failed};
use aws_sdk_sqs::types::QueueAttributeName::{
    ApproximateNumberOfMessages, ApproximateNumberOfMessagesDelayed, ApproximateNumberOfMessagesNotVisible,
};
use futures_util::future::try_join_all;

/// The approximate numbers of messages in a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// The queue's name in lower case, such as `polls`.
    pub queue: String,
    /// Messages that can be received now.
    pub ready: u64,
    /// New messages whose delay has not passed.
    pub delayed: u64,
    /// Messages that are hidden by a visibility timeout.
    pub in_flight: u64,
}

impl Queues {
    /// The backlog of each queue that the function has an address of, by name.
    pub async fn backlogs(&self) -> Result<Vec<Backlog>, QueueError> {
        try_join_all(self.names().map(|queue| async move { self.backlog(&queue).await })).await
    }

    async fn backlog(&self, queue: &str) -> Result<Backlog, QueueError> {
        let wanted =
            [ApproximateNumberOfMessages, ApproximateNumberOfMessagesDelayed, ApproximateNumberOfMessagesNotVisible];
        let request = self.client.get_queue_attributes().queue_url(self.url(queue)?);
        let answer = request.set_attribute_names(Some(wanted.to_vec())).send().await.map_err(|error| failed(&error))?;
        let attributes = answer.attributes.unwrap_or_default();
        let [ready, delayed, in_flight] =
            wanted.map(|name| attributes.get(&name).and_then(|text| text.parse().ok()).unwrap_or(0));
        Ok(Backlog { queue: queue.to_ascii_lowercase(), ready, delayed, in_flight })
    }
}
