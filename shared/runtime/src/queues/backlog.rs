//! How much waits in each queue, as SQS estimates it: for health and figures, never for decisions.

use super::{PREFIX, QueueError, Queues, SUFFIX, failed};
use aws_sdk_sqs::types::QueueAttributeName::{
    ApproximateNumberOfMessages, ApproximateNumberOfMessagesDelayed, ApproximateNumberOfMessagesNotVisible,
};
use futures_util::future::try_join_all;

/// The messages of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// Which queue, in lower case: `polls`.
    pub queue: String,
    /// Messages that may be taken now.
    pub ready: u64,
    /// Messages that were sent with a delay which is not over.
    pub delayed: u64,
    /// Messages that a worker has, or whose next turn is later.
    pub in_flight: u64,
}

impl Queues {
    /// How much waits in each queue that the function knows, by name.
    pub async fn backlogs(&self) -> Result<Vec<Backlog>, QueueError> {
        let names = self.environment.names().into_iter();
        let queues = names.filter_map(|name| Some(name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?.to_owned()));
        try_join_all(queues.map(|queue| async move { self.backlog(&queue).await })).await
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
