//! Parks messages and records that no worker can read. They then block nothing and are not redelivered;
//! a person decides about them.

use crate::{Context, Queue, telemetry};
use serde_json::Value;
use std::time::Duration;

/// The queue of unreadable messages and records. Schedules and streams also send here what failed too
/// often.
const PARKED: Queue<Value> = Queue::new("PARKED");

/// Parks the location of an unreadable message or record, and counts a finding of this class. Returns
/// `false` on failure; then it must be redelivered.
pub(crate) async fn park(context: &Context, class: &'static str, mut place: Value) -> bool {
    telemetry::count_class("Findings", class, 1);
    place["function"] = crate::handler_name().into();
    match context.queues().await.send(&PARKED, &place, Duration::ZERO).await {
        Ok(()) => true,
        Err(error) => {
            tracing::error!(%error, class, "an unreadable item could not be parked");
            false
        }
    }
}
