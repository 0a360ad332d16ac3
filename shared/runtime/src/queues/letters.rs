//! Dead letters and parked messages, for the operator's program: shown, and sent back to their queues.

use super::{QueueError, Queues, failed};
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName as Attribute};
use std::time::Duration;

/// The queue of messages that were received too often.
const DEAD: &str = "DEAD";
/// The queue of what can't be processed.
const PARKED: &str = "PARKED";
/// How long messages are hidden from others while they are shown or sent back.
const HIDDEN: Duration = Duration::from_mins(1);
/// The most messages that are shown, or sent back at once.
const MOST: usize = 500;

/// A message that no worker processed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The message's identifier.
    pub id: String,
    /// The name of the queue that it came from, in lower case; `None` if it was sent here, or if its queue is not ours.
    pub from: Option<String>,
    /// The text.
    pub body: String,
    /// When it was sent, in milliseconds since 1970.
    pub sent_ms: Option<i64>,
    receipt: String,
}

/// The result of a redrive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Redriven {
    /// Messages that are in their queues again.
    pub sent: u32,
    /// Messages that stay, because their queue is not known.
    pub left: u32,
}

impl Queues {
    /// The dead letters, up to 500. They stay.
    pub async fn dead_letters(&self) -> Result<Vec<Letter>, QueueError> {
        self.shown(DEAD).await
    }

    /// The parked messages, up to 500. They stay.
    pub async fn parked(&self) -> Result<Vec<Letter>, QueueError> {
        self.shown(PARKED).await
    }

    /// Sends dead letters, up to 500, to the queues that they came from. A letter is deleted after it was sent. If this
    /// is cut off in between, it is sent again by the next redrive, which is safe, because workers repeat safely.
    pub async fn redrive(&self) -> Result<Redriven, QueueError> {
        let dead = self.url(DEAD)?;
        let mut done = Redriven::default();
        for letter in self.received(DEAD).await? {
            let Some(queue) = &letter.from else {
                done.left += 1;
                continue;
            };
            let send = self.client.send_message().queue_url(self.url(&queue.to_ascii_uppercase())?);
            send.message_body(&letter.body).send().await.map_err(|error| failed(&error))?;
            let delete = self.client.delete_message().queue_url(&dead).receipt_handle(&letter.receipt);
            delete.send().await.map_err(|error| failed(&error))?;
            done.sent += 1;
        }
        Ok(done)
    }

    async fn shown(&self, queue: &str) -> Result<Vec<Letter>, QueueError> {
        let letters = self.received(queue).await?;
        // If this fails, the messages appear again by themselves.
        let receipts: Vec<_> = letters.iter().map(|letter| (letter.receipt.clone(), Duration::ZERO)).collect();
        self.delay(queue, &receipts).await;
        Ok(letters)
    }

    /// Receives messages until there are no more, and hides them.
    async fn received(&self, queue: &str) -> Result<Vec<Letter>, QueueError> {
        let (url, sources) = (self.url(queue)?, self.sources());
        let hidden = i32::try_from(HIDDEN.as_secs()).unwrap_or(i32::MAX);
        let wanted = vec![Attribute::DeadLetterQueueSourceArn, Attribute::SentTimestamp];
        let mut letters = Vec::new();
        while letters.len() < MOST {
            let receive = self.client.receive_message().queue_url(&url).max_number_of_messages(10);
            // A long poll asks every server of the queue; a short one may find nothing although something is there.
            let receive = receive.wait_time_seconds(1).visibility_timeout(hidden);
            let receive = receive.set_message_system_attribute_names(Some(wanted.clone()));
            let found = receive.send().await.map_err(|error| failed(&error))?.messages.unwrap_or_default();
            if found.is_empty() {
                break;
            }
            letters.extend(found.into_iter().map(|message| letter(message, &sources)));
        }
        Ok(letters)
    }

    /// Our queues by the last part of their address, which is also the last part of their ARN.
    fn sources(&self) -> Vec<(String, String)> {
        let source = |queue: String| {
            let url = self.url(&queue).ok()?;
            Some((url.rsplit('/').next()?.to_owned(), queue.to_ascii_lowercase()))
        };
        self.names().filter_map(source).collect()
    }
}

fn letter(message: Message, sources: &[(String, String)]) -> Letter {
    let attributes = message.attributes.unwrap_or_default();
    let source = attributes.get(&Attribute::DeadLetterQueueSourceArn).and_then(|arn| arn.rsplit(':').next());
    let from = sources.iter().find(|(name, _)| Some(name.as_str()) == source).map(|(_, queue)| queue.clone());
    Letter {
        id: message.message_id.unwrap_or_default(),
        from,
        body: message.body.unwrap_or_default(),
        sent_ms: attributes.get(&Attribute::SentTimestamp).and_then(|text| text.parse().ok()),
        receipt: message.receipt_handle.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_knows_its_queue_by_the_name() {
        let sources = [("stack-PollsQueue-1".to_owned(), "polls".to_owned())];
        let from = |arn: Option<&str>| {
            let mut message = Message::builder().message_id("1").body("{}").receipt_handle("r");
            if let Some(arn) = arn {
                message = message.attributes(Attribute::DeadLetterQueueSourceArn, arn);
            }
            letter(message.build(), &sources).from
        };
        assert_eq!(from(Some("arn:aws:sqs:us-east-1:1:stack-PollsQueue-1")).as_deref(), Some("polls"));
        assert_eq!(from(Some("arn:aws:sqs:us-east-1:1:other-PollsQueue-1")), None);
        assert_eq!(from(None), None);
    }
}
