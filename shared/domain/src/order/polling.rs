//! When to look at an order again.

use super::{Order, Status, TimelineEvent};
use crate::Timestamp;
use std::time::Duration;

/// How long a function may take that buys: its timeout in `template.yaml`. Later than this after an attempt began its number
/// can't have been sold, and nobody else is still writing.
pub const BUYING_TAKES: Duration = Duration::from_secs(20);
/// How long after an attempt began its outcome is looked up, if it is still unknown: after [`BUYING_TAKES`] and what is then
/// still on its way to the database.
pub const CHECK_AFTER: Duration = Duration::from_secs(30);
/// How long past the deadline an unreachable supplier may keep the customer's money held.
pub const GIVE_UP_AFTER: Duration = Duration::from_mins(30);
/// How often the sweep looks at an order that waits, in case its poll was lost.
const WATCH_EVERY: Duration = Duration::from_secs(150);
/// How long after a message another one is likely: services send a code again within the first minutes or not at all.
const MORE_MAY_COME: Duration = Duration::from_mins(2);

/// How long to wait before the next poll: eager while codes usually come, calm later; `None` when nothing is left to fetch.
pub fn poll_delay(order: &Order, now: Timestamp) -> Option<Duration> {
    let delay = match order.status {
        Status::Requesting | Status::Refunded | Status::Failed => return None,
        Status::Completed if now >= order.listens_until => return None,
        Status::Completed => {
            // By our own clock, so not by the message's own time.
            let newest = order.timeline.iter().rev().find(|item| item.event == TimelineEvent::MessageReceived);
            delay_after_code(newest.map_or(Duration::ZERO, |item| now.since(item.at)))
        }
        Status::Cancelling => Duration::from_secs(10),
        Status::Waiting => {
            delay_to_code(order.number.as_ref().map_or(Duration::ZERO, |number| now.since(number.bought_at)))
        }
    };
    Some(delay)
}

/// How long to wait between two looks at a number that waits for its code, so long after it was bought.
pub const fn delay_to_code(age: Duration) -> Duration {
    Duration::from_secs(match age.as_secs() {
        0..60 => 2,
        60..180 => 5,
        180..1200 => 15,
        _ => 60,
    })
}

/// How long to wait between two looks at a number that has its code, so long after its last message.
pub const fn delay_after_code(quiet: Duration) -> Duration {
    Duration::from_secs(if quiet.as_secs() < MORE_MAY_COME.as_secs() { 15 } else { 60 })
}

impl Order {
    /// When the sweep has to look at this order, if nothing else does first.
    pub(super) fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        match self.status {
            Status::Requesting => Some(self.attempt.at.max(now).plus(CHECK_AFTER)),
            Status::Waiting | Status::Cancelling => Some(now.plus(WATCH_EVERY)),
            // A lost poll of a completed order costs the customer no money: all that is left to do is to delete the texts.
            Status::Completed | Status::Refunded | Status::Failed => {
                self.messages.iter().any(|message| message.text.is_some()).then_some(self.purge_at)
            }
        }
    }
}
