//! The audit trail: what staff did, when and why. Lines are only added.

use crate::{Accounts, StoreError, item, keys};
use domain::{Actor, AuditId, Timestamp};
use serde::{Deserialize, Serialize};

/// A line of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Identifier.
    pub id: AuditId,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What was done, such as `customer.disable`.
    pub action: String,
    /// What it was done to: an identifier.
    pub target: String,
    /// The value before, without secrets; null if there was none.
    #[serde(default)]
    pub before: serde_json::Value,
    /// The value after, without secrets.
    #[serde(default)]
    pub after: serde_json::Value,
    /// The reason that was given, if any.
    pub reason: Option<String>,
}

impl Accounts<'_> {
    /// Adds a line.
    pub async fn add_audit_line(self, line: &AuditLine) -> Result<(), StoreError> {
        self.0.put(&keys::audit_line(line.at, &line.id), line).await
    }

    /// The lines of a day, oldest first.
    pub async fn audit_lines(self, day: Timestamp) -> Result<Vec<AuditLine>, StoreError> {
        self.0.query(keys::audit(day)).all().await?.into_iter().map(item::read).collect()
    }
}
