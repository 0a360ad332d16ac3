//! What no worker can read is put aside for people, so that it blocks nothing and does not come again for days.

use crate::{Context, telemetry};
use serde_json::Value;

/// Puts aside where something is that this worker can't read, and counts it as a finding of this class. `false` where that
/// failed: then it has to come again.
pub(crate) async fn park(context: &Context, class: &'static str, mut place: Value) -> bool {
    telemetry::count_class("Findings", class, 1);
    place["function"] = crate::handler_name().into();
    match context.queues().await.park(&place).await {
        Ok(()) => true,
        Err(error) => {
            tracing::error!(%error, class, "what can't be read could not be parked");
            false
        }
    }
}
