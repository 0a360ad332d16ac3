//! Every minute: queues the payments that are due.

use billing::SweepError;
use runtime::Context;

/// Queues what is due.
pub async fn due(context: Context) -> Result<(), SweepError> {
    billing::queue_due(&context).await
}
