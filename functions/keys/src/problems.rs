//! How customers see what the use cases of keys refuse.

use crate::codes::{KeyEnded, KeyReplaced, TooManyKeys, TooManyNewKeys};
use accounts::keys::NotChanged;
use api::Problem;
use domain::{Timestamp, access::KeyringRefuses};

/// Why no key was made or changed.
pub(crate) fn of(reason: NotChanged, now: Timestamp) -> Problem {
    match reason {
        NotChanged::Refused(KeyringRefuses::Missing) => Problem::not_found(),
        NotChanged::Refused(KeyringRefuses::Ended) => KeyEnded.into(),
        NotChanged::Refused(KeyringRefuses::Replaced { by }) => KeyReplaced { replaced_by: by }.into(),
        NotChanged::Refused(KeyringRefuses::TooMany { limit }) => TooManyKeys { limit }.into(),
        NotChanged::Refused(KeyringRefuses::TooManyNew { until }) => {
            Problem::from(TooManyNewKeys { until }).retry_after(until.since(now).as_secs() + 1)
        }
        NotChanged::Store(error) => error.into(),
    }
}
