//! Lines of the audit trail: written and searched.

use crate::{Staff, StaffError};
use domain::{
    Actor, Timestamp, UserId,
    audit::{Action, AuditLine},
};
use store::{Cursor, Page};

/// Which lines of the audit trail are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All of a UTC day.
    Day(Timestamp),
    /// Those about an account.
    Account(UserId),
    /// Those of a person of the staff, by name.
    Operator(String),
}

impl Staff<'_> {
    /// A page of the lines of a kind, newest first.
    pub async fn trail(
        &self,
        wanted: &Wanted,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<AuditLine>, StaffError> {
        let audit = self.context.store().audit();
        Ok(match wanted {
            Wanted::Day(day) => audit.of_day(*day, limit, after).await?,
            Wanted::Operator(name) => audit.of_operator(&Actor::operator(name), limit, after).await?,
            Wanted::Account(account) => audit.of_account(account, limit, after).await?,
        })
    }

    /// A line about what this person does.
    pub(crate) fn line(&self, action: Action, target: impl Into<String>) -> AuditLine {
        let line = runtime::audit::line(self.context, self.actor.clone(), action, target);
        match &self.source {
            Some(source) => line.with_source(source.clone()),
            None => line,
        }
    }

    /// Adds a line, in the log as well.
    pub(crate) async fn record(&self, line: AuditLine) -> Result<(), StaffError> {
        log(&line);
        self.context.store().audit().add(&line).await.map_err(StaffError::NotAudited)
    }
}

/// Logs a line. Those that are part of a transaction are not recorded by [`Staff::record`].
pub(crate) fn log(line: &AuditLine) {
    tracing::info!(audit_id = %line.id, actor = %line.actor, action = %line.action, target_id = line.target, "staff");
}
