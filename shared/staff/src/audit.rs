//! Lines of the audit trail.

use crate::{Staff, StaffError};
use domain::AuditId;
use serde::Serialize;
use serde_json::Value;
use store::AuditLine;

/// What was done.
pub(crate) struct Done<'a> {
    /// Such as `customer.disable`.
    pub(crate) action: &'static str,
    /// The identifier of what it was done to.
    pub(crate) target: &'a str,
    /// The value before.
    pub(crate) before: Value,
    /// The value after.
    pub(crate) after: Value,
    /// The reason that was given.
    pub(crate) reason: Option<&'a str>,
}

impl Staff<'_> {
    /// Adds a line, in the log as well.
    pub(crate) async fn record(&self, done: Done<'_>) -> Result<(), StaffError> {
        let now = self.context.now();
        let line = AuditLine {
            id: AuditId::new(now, self.context.random()),
            at: now,
            actor: self.actor.clone(),
            action: done.action.to_owned(),
            target: done.target.to_owned(),
            before: done.before,
            after: done.after,
            reason: done.reason.map(str::to_owned),
        };
        tracing::info!(audit_id = %line.id, actor = %line.actor, action = done.action, target_id = done.target, "staff");
        self.context.store().accounts().add_audit_line(&line).await.map_err(StaffError::NotAudited)
    }
}

/// A value for the trail; null if it can't be expressed.
pub(crate) fn value(of: impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or(Value::Null)
}
