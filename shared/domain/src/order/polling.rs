//! The schedule of polls and checks of an order.

use super::{Order, Status, TimelineEvent};
use crate::{Timestamp, access::Mode};
use std::time::Duration;

/// The timeout of the function that buys (`template.yaml`). Later than this after an attempt began, its
/// number can't be sold any more and the function no longer writes.
pub const BUYING_TAKES: Duration = Duration::from_secs(20);
/// The delay from the start of an attempt to the check of its outcome: [`BUYING_TAKES`], and some time
/// for writes that are still in flight.
pub const CHECK_AFTER: Duration = Duration::from_secs(30);
/// How long past the deadline the price stays held if the supplier can't be reached.
pub const GIVE_UP_AFTER: Duration = Duration::from_mins(30);
/// How often the sweep checks a waiting order, in case its poll was lost.
const WATCH_EVERY: Duration = Duration::from_secs(150);
/// How long after a message another one is likely. Services repeat a code within minutes or not at all.
const MORE_MAY_COME: Duration = Duration::from_mins(2);

/// The delay to the next poll: short while codes usually arrive, longer later. `None` if nothing is left
/// to fetch.
pub fn poll_delay(order: &Order, now: Timestamp) -> Option<Duration> {
    let delay = match order.status {
        Status::Requesting | Status::Refunded | Status::Failed => return None,
        Status::Completed if now >= order.listens_until => return None,
        Status::Completed => {
            // By our own clock; the message's time is by the supplier's.
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

/// The delay between polls of a number without a code, by the time since the purchase.
pub const fn delay_to_code(age: Duration) -> Duration {
    Duration::from_secs(match age.as_secs() {
        0..60 => 2,
        60..180 => 5,
        180..1200 => 15,
        _ => 60,
    })
}

/// The delay between polls of a number with a code, by the time since its last message.
pub const fn delay_after_code(quiet: Duration) -> Duration {
    Duration::from_secs(if quiet.as_secs() < MORE_MAY_COME.as_secs() { 15 } else { 60 })
}

impl Order {
    /// Whether a worker must check this order now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.due_at.is_some_and(|due| due <= now)
    }

    /// When the sweep must check this order, unless another worker does first.
    pub(super) fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        match self.status {
            Status::Requesting => Some(self.attempt.at.max(now).plus(CHECK_AFTER)),
            Status::Waiting | Status::Cancelling => Some(now.plus(WATCH_EVERY)),
            // A lost poll of a completed order costs no money. The texts remain to be deleted; those of a test are
            // deleted with their order.
            Status::Completed | Status::Refunded | Status::Failed => {
                let is_kept = self.mode() == Mode::Live;
                let has_texts = self.messages.iter().any(|message| message.text.is_some());
                (is_kept && has_texts).then_some(self.purge_at)
            }
        }
    }
}
