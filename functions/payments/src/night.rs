//! Every hour: begins the reconciliation of the day that is due, and queues parts of it that were lost.

use reconciliation::NotReconciled;
use runtime::Context;

/// Keeps the night going.
pub async fn night(context: Context) -> Result<(), NotReconciled> {
    reconciliation::keep_going(&context).await
}
