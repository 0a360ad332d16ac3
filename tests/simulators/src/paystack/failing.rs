//! Faults of calls: what a caller gets, and how long that takes.

use super::{
    answer::html,
    plan::{self, Moment, Planned},
    world::Shared,
};
use axum::response::Response;
use http::StatusCode;
use std::time::Duration;

/// The fault that is planned for a call about this payment.
pub fn take(shared: &Shared, moment: Moment, reference: &str) -> Option<Planned> {
    plan::take(&mut shared.lock().plans, moment, reference, "")
}

/// The answer of a network whose patience ended.
pub async fn timeout(plan: &Planned) -> Response {
    wait(plan.seconds).await;
    html(StatusCode::GATEWAY_TIMEOUT)
}

/// The answer of a network that lost the one of Paystack.
pub fn bad_gateway() -> Response {
    html(StatusCode::BAD_GATEWAY)
}

/// Waits in real time.
#[expect(clippy::disallowed_methods, reason = "answers are delayed in real time")]
pub async fn wait(seconds: u32) {
    tokio::time::sleep(Duration::from_secs(seconds.into())).await;
}

/// Waits until a webhook about the payment was answered, at most these seconds.
#[expect(clippy::disallowed_methods, reason = "answers are delayed in real time")]
pub async fn wait_for_webhook(shared: &Shared, reference: &str, seconds: u32) {
    const TICK: Duration = Duration::from_millis(20);
    let is_open = |about: &str, statuses: &[u16]| about == reference && statuses.is_empty();
    for _ in 0..u64::from(seconds) * 50 {
        if !shared.webhooks.list().iter().any(|message| is_open(&message.about, &message.statuses)) {
            return;
        }
        tokio::time::sleep(TICK).await;
    }
}
