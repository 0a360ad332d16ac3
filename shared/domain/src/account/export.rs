//! Exports: copies of everything that we hold about a person.

use crate::{ExportId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The shortest time between two exports of an account.
pub const EXPORT_EVERY: Duration = Duration::from_hours(24);
/// How long the link of an export works. Its file is deleted after seven days (`template.yaml`).
pub const EXPORT_LIFETIME: Duration = Duration::from_hours(72);

/// An export. An account has one; a newer one replaces it, and ends its links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// Identifier.
    pub export_id: ExportId,
    /// The account.
    pub user_id: UserId,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When its file was written; `None` until then.
    #[serde(default)]
    pub ready_at: Option<Timestamp>,
}

impl Export {
    /// From when on the next one may be asked for.
    pub fn next_from(&self) -> Timestamp {
        self.asked_at.plus(EXPORT_EVERY)
    }

    /// Whether its file can be downloaded.
    pub fn is_ready(&self, now: Timestamp) -> bool {
        self.ready_at.is_some_and(|ready_at| now < ready_at.plus(EXPORT_LIFETIME))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_there_for_three_days() {
        let asked_at = Timestamp::from_millis(0);
        let export = Export {
            export_id: ExportId::new(asked_at, 1),
            user_id: UserId::new(asked_at, 1),
            asked_at,
            ready_at: None,
        };
        assert_eq!(export.next_from(), asked_at.plus(Duration::from_hours(24)));
        assert!(!export.is_ready(asked_at), "it is not written yet");
        let ready = Export { ready_at: Some(asked_at), ..export };
        let end = asked_at.plus(EXPORT_LIFETIME);
        assert!(ready.is_ready(Timestamp::from_millis(end.millis() - 1)) && !ready.is_ready(end));
    }
}
