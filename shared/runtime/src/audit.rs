//! Lines of the audit trail about what just happened.
//!
//! Where the store has a transaction for it, the line is a part of it (`store::Transaction::audited`). Elsewhere it is
//! written afterwards by [`add`].

use crate::{Context, telemetry};
use domain::{
    Actor, AuditId,
    audit::{Action, AuditLine},
};

/// A new line, about now.
pub fn line(context: &Context, actor: Actor, action: Action, target: impl Into<String>) -> AuditLine {
    AuditLine::new(AuditId::new(context.now(), context.random()), actor, action, target)
}

/// Adds a line about something that happened. If that fails, it still happened, so the request must not fail. The log
/// then has what the trail lacks, and a finding is counted, which has an alarm.
pub async fn add(context: &Context, line: &AuditLine) {
    if let Err(error) = context.store().audit().add(line).await {
        let account_id = line.account.as_ref().map(tracing::field::display);
        tracing::error!(
            %error, audit_id = %line.id, account_id, actor = %line.actor, action = %line.action, target_id = line.target,
            "a line of the audit trail was lost"
        );
        telemetry::count_class("Findings", "audit_line_lost", 1);
    }
}
