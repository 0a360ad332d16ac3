//! The codes of this domain. Their words are in `text/en`.

use domain::Timestamp;

api::problems! {
    /// The last export of the kind was asked for too shortly ago.
    #[status(429)]
    pub(crate) struct ExportTooSoon { #[example("2026-11-22T10:00:00.000Z")] from: Timestamp }

    /// The token of a link is unknown or another person's, or its export is gone.
    #[status(410)]
    pub(crate) struct ExportNotAvailable;
}
