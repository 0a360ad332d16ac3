//! The codes of this domain. Their words are in `text/en`.

use domain::{ApiKeyId, Timestamp};

api::problems! {
    /// The plan allows no more keys.
    #[status(409)]
    pub(crate) struct TooManyKeys { #[example(1)] limit: u32 }

    /// The key has ended.
    #[status(409)]
    pub(crate) struct KeyEnded;

    /// Another key replaces it.
    #[status(409)]
    pub(crate) struct KeyReplaced { #[example("key_01JD7Q3XKZ9V0C4T8W2M6N5B1A")] replaced_by: ApiKeyId }

    /// Too many keys were made in a day.
    #[status(429)]
    pub(crate) struct TooManyNewKeys { #[example("2026-11-22T10:00:00.000Z")] until: Timestamp }
}

api::field_errors! {
    /// The time has passed.
    pub(crate) struct InThePast;
}
