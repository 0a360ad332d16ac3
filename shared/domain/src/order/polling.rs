//! When to look at an order again.

use super::{Order, Status};
use crate::Timestamp;
use std::time::Duration;

/// How long after an attempt began its outcome is looked up, if it is still unknown. Longer than the buying function lives
/// (its timeout, 15 s), so that nobody else is still writing.
pub const CHECK_AFTER: Duration = Duration::from_secs(30);
/// How long past the deadline an unreachable supplier may keep the customer's money held.
pub const GIVE_UP_AFTER: Duration = Duration::from_mins(30);
/// How often the sweep looks at an order that waits, in case its poll was lost.
const WATCH_EVERY: Duration = Duration::from_secs(150);

/// How long to wait before the next poll: eager while codes usually come, calm later; `None` when nothing is left to fetch.
pub fn poll_delay(order: &Order, now: Timestamp) -> Option<Duration> {
    let seconds = match order.status {
        Status::Requesting | Status::Refunded | Status::Failed => return None,
        Status::Completed if now >= order.listens_until => return None,
        Status::Completed => 15,
        Status::Cancelling => 10,
        Status::Waiting => {
            let age = order.number.as_ref().map_or(Duration::ZERO, |number| now.since(number.bought_at));
            match age.as_secs() {
                0..60 => 2,
                60..180 => 5,
                180..1200 => 15,
                _ => 60,
            }
        }
    };
    Some(Duration::from_secs(seconds))
}

impl Order {
    /// When the sweep has to look at this order, if nothing else does first.
    pub(super) fn next_due(&self, now: Timestamp) -> Option<Timestamp> {
        match self.status {
            Status::Requesting => Some(self.attempt.at.max(now).plus(CHECK_AFTER)),
            Status::Waiting | Status::Cancelling => Some(now.plus(WATCH_EVERY)),
            // A lost poll of a completed order costs the customer no money: not worth a write for each order.
            Status::Completed | Status::Refunded | Status::Failed => None,
        }
    }
}
