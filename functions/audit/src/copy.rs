//! Stream of the audit trail's table: copies new lines to the locked bucket, and reports lines that were changed or
//! removed.
//!
//! A batch may be delivered twice. It then writes the same object again, and reports again.

use crate::{bucket::Bucket, objects};
use buckets::BucketError;
use runtime::{Context, stream::Placed, telemetry};
use store::AuditChange;

/// Copies a batch.
pub async fn copy(context: Context, changes: Vec<Placed<AuditChange>>) -> Result<(), BucketError> {
    // Before the copy, so that the alarm does not depend on the bucket.
    for placed in &changes {
        if let AuditChange::Tampered { id, after, .. } = &placed.change {
            let what = if after.is_null() { "removed" } else { "changed" };
            tracing::error!(audit_id = %id, what, sequence_number = placed.sequence_number, "the audit trail was tampered with");
            telemetry::count("AuditTampered", 1);
        }
    }
    let bucket = context.get::<Bucket>().await?;
    for object in objects::of(&changes) {
        bucket.put(object).await?;
    }
    Ok(())
}
