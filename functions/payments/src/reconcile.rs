//! Queue RECONCILIATION: does a part of the reconciliation of a day.

use reconciliation::queues::Part;
use runtime::{Context, Verdict, telemetry};
use std::time::Duration;

/// The pause after a failure. A gateway may be down for hours.
const RETRY_AFTER: Duration = Duration::from_mins(5);

/// Does a part. One that fails is tried again.
pub async fn reconcile(context: Context, part: Part) -> Verdict {
    match Box::pin(reconciliation::do_part(&context, &part)).await {
        Ok(_) => Verdict::Done,
        Err(error) => {
            let (day, name) = (part.day.day(), part.task.name());
            tracing::warn!(day, name, %error, "a part of a reconciliation is not done yet");
            telemetry::count("ReconciliationRetries", 1);
            Verdict::Again(RETRY_AFTER)
        }
    }
}
