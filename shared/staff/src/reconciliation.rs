//! The reconciliation of a day, on demand.

use crate::{Staff, StaffError};
use domain::{Timestamp, audit::Action};
use reconciliation::Night;

impl Staff<'_> {
    /// Lets a worker begin the reconciliation of the day that begins then, also one that began before. It changes nothing
    /// but findings.
    pub async fn start_reconciliation(&self, day: Timestamp) -> Result<(), StaffError> {
        reconciliation::order(self.context, day).await?;
        self.record(self.line(Action::ReconciliationStart, day.day())).await
    }

    /// How far the reconciliation of a day is.
    pub async fn reconciliation(&self, day: Timestamp) -> Result<Night, StaffError> {
        Ok(reconciliation::night(self.context, day).await?)
    }
}
