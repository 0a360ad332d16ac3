//! Exports: copies of everything that we hold about a person, or of the wallet's entries of a period.

use crate::{ExportId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long the link of an export works. Its file is deleted after seven days (`template.yaml`).
pub const EXPORT_LIFETIME: Duration = Duration::from_hours(72);

/// The kind of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportKind {
    /// Everything that we hold about a person.
    #[default]
    Everything,
    /// Entries of the wallet.
    Entries,
}

/// What is in an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum ExportContents {
    /// Everything that we hold about a person.
    #[default]
    Everything,
    /// The wallet's entries of a period.
    Entries {
        /// At or after this time.
        from: Timestamp,
        /// Before this time.
        to: Timestamp,
    },
}

impl ExportKind {
    /// The shortest time between two exports of this kind.
    pub const fn every(self) -> Duration {
        match self {
            Self::Everything => Duration::from_hours(24),
            Self::Entries => Duration::from_hours(1),
        }
    }
}

impl ExportContents {
    /// The kind of export.
    pub const fn kind(self) -> ExportKind {
        match self {
            Self::Everything => ExportKind::Everything,
            Self::Entries { .. } => ExportKind::Entries,
        }
    }
}

/// An export. An account has one of each kind; a newer one replaces it, and ends its links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// Identifier.
    pub export_id: ExportId,
    /// The account.
    pub user_id: UserId,
    /// What is in it.
    #[serde(default)]
    pub contents: ExportContents,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When its file was written; `None` until then.
    #[serde(default)]
    pub ready_at: Option<Timestamp>,
}

impl Export {
    /// From when on the next one may be asked for.
    pub fn next_from(&self) -> Timestamp {
        self.asked_at.plus(self.contents.kind().every())
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
            contents: ExportContents::Everything,
            asked_at,
            ready_at: None,
        };
        assert_eq!(export.next_from(), asked_at.plus(Duration::from_hours(24)));
        let contents = ExportContents::Entries { from: asked_at, to: asked_at };
        let of_entries = Export { contents, ..export.clone() };
        assert_eq!(of_entries.next_from(), asked_at.plus(Duration::from_hours(1)));
        assert!(!export.is_ready(asked_at), "it is not written yet");
        let ready = Export { ready_at: Some(asked_at), ..export };
        let end = asked_at.plus(EXPORT_LIFETIME);
        assert!(ready.is_ready(Timestamp::from_millis(end.millis() - 1)) && !ready.is_ready(end));
    }
}
