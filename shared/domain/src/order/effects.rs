//! What follows from a change of an order: the outbox reads the change and sends this, and nothing else starts polls or checks.

use super::{CHECK_AFTER, Order, Status, poll_delay};
use crate::Timestamp;
use std::time::Duration;

/// Something that follows from a change of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The order is checked after this time: a purchase began whose outcome may stay unknown.
    Check(Duration),
    /// The order is polled from this time on: it has a number.
    StartPoll(Duration),
    /// The order's end is counted. Only ends are: each count is a transaction, and every order ends within the hour.
    CountEnd,
}

/// What follows from this change, in the order in which it is to be done: what a customer waits for comes first. `before` is
/// `None` for a new order.
pub fn effects(before: Option<&Order>, after: &Order, now: Timestamp) -> Vec<Effect> {
    let mut effects = Vec::new();
    if after.status == Status::Requesting && before.map(|order| order.attempt.n) != Some(after.attempt.n) {
        effects.push(Effect::Check(CHECK_AFTER));
    }
    if before.map(|order| order.status) == Some(after.status) {
        return effects;
    }
    if after.status == Status::Waiting {
        effects.push(Effect::StartPoll(poll_delay(after, now).unwrap_or_default()));
    }
    if !after.status.is_open() {
        effects.push(Effect::CountEnd);
    }
    effects
}
