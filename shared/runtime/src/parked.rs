//! What no worker can read is parked for people, so that it blocks nothing and does not come again for days.

use crate::{Context, Queue, telemetry};
use serde_json::Value;
use std::time::Duration;

/// Where unreadable messages and records are. Schedules and streams park what failed too often here as well.
const PARKED: Queue<Value> = Queue::new("PARKED");

/// Parks the place of something that this worker can't read, and counts it as a finding of this class. `false` where that
/// failed: then it has to come again.
pub(crate) async fn park(context: &Context, class: &'static str, mut place: Value) -> bool {
    telemetry::count_class("Findings", class, 1);
    place["function"] = crate::handler_name().into();
    match context.queues().await.send(&PARKED, &place, Duration::ZERO).await {
        Ok(()) => true,
        Err(error) => {
            tracing::error!(%error, class, "what can't be read could not be parked");
            false
        }
    }
}
