//! Findings: listed by the day of their order, and resolved by a person.

use crate::{Staff, StaffError};
use domain::{FindingId, Timestamp, audit::Action};
use std::time::Duration;
use store::{Finding, Resolution};

impl Staff<'_> {
    /// The findings about orders of the last days, oldest first. One day is today.
    pub async fn findings(&self, days: u32) -> Result<Vec<Finding>, StaffError> {
        let mut found = Vec::new();
        for age in (0..days).rev() {
            let day = self.context.now().minus(Duration::from_hours(24 * u64::from(age)));
            found.extend(self.context.store().orders().findings_of(day).await?);
        }
        Ok(found)
    }

    /// Notes that a finding of this day needs nothing more.
    pub async fn resolve_finding(&self, day: Timestamp, id: &FindingId, note: &str) -> Result<Finding, StaffError> {
        let now = self.context.now();
        let resolution = Resolution { at: now, by: self.actor.clone(), note: note.to_owned() };
        let found = self.context.store().orders().resolve_finding(day, id, &resolution).await?;
        let finding = found.ok_or_else(|| StaffError::Missing(format!("finding {id} on {}", day.day())))?;
        let line = self.line(Action::FindingResolve, id.as_str()).changing((), &resolution);
        self.record(line.because(Some(note))).await?;
        Ok(finding)
    }
}
