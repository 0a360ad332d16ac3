//! How much waits in each queue, as SQS estimates it: for health and figures, never for decisions.

use super::{QueueError, Queues};
use aws_sdk_sqs::{
    error::ProvideErrorMetadata,
    types::QueueAttributeName::{
        ApproximateNumberOfMessages, ApproximateNumberOfMessagesDelayed, ApproximateNumberOfMessagesNotVisible,
    },
};

/// The messages of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// Which queue: `polls`, `checks`, `parked`.
    pub queue: &'static str,
    /// Messages that may be taken now.
    pub ready: u64,
    /// Messages that were sent with a delay which is not over.
    pub delayed: u64,
    /// Messages that a worker has, or whose next turn is later.
    pub in_flight: u64,
}

impl Queues {
    /// How much waits in each queue.
    pub async fn backlogs(&self) -> Result<[Backlog; 3], QueueError> {
        let (polls, checks, parked) = tokio::try_join!(
            self.backlog("polls", "POLLS"),
            self.backlog("checks", "CHECKS"),
            self.backlog("parked", "PARKED"),
        )?;
        Ok([polls, checks, parked])
    }

    async fn backlog(&self, queue: &'static str, name: &str) -> Result<Backlog, QueueError> {
        let wanted =
            [ApproximateNumberOfMessages, ApproximateNumberOfMessagesDelayed, ApproximateNumberOfMessagesNotVisible];
        let request =
            self.client.get_queue_attributes().queue_url(self.url(name)?).set_attribute_names(Some(wanted.to_vec()));
        let answer = request.send().await;
        let answer = answer.map_err(|error| QueueError(error.code().unwrap_or("no answer").to_owned()))?;
        let attributes = answer.attributes.unwrap_or_default();
        let [ready, delayed, in_flight] =
            wanted.map(|name| attributes.get(&name).and_then(|text| text.parse().ok()).unwrap_or(0));
        Ok(Backlog { queue, ready, delayed, in_flight })
    }
}
