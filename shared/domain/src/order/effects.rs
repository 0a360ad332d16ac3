//! Side effects of a change of an order. Only the outbox sends them, so nothing else starts polls or
//! checks.

use super::{CHECK_AFTER, Order, Status, poll_delay};
use crate::Timestamp;
use std::time::Duration;

/// A side effect of a change of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Check the order after this delay: a purchase began, and its outcome may stay unknown.
    Check(Duration),
    /// Start to poll the order after this delay: it has a number.
    StartPoll(Duration),
    /// Count the order's end. Only ends are counted, because each count is a transaction and every order
    /// ends within an hour.
    CountEnd,
}

/// The effects of a change, most urgent first. `before` is `None` for a new order.
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
