//! The deadline of an endpoint, for work that must not be interrupted.

use crate::describe::Describe;
use axum::extract::FromRequestParts;
use http::request::Parts;
use std::{convert::Infallible, time::Duration};

/// The end of this invocation, as Lambda reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Milliseconds since 1970 by Lambda's clock; `None` without a deadline.
    epoch_millis: Option<u64>,
}

impl Deadline {
    /// The time left.
    pub fn left(self) -> Duration {
        self.epoch_millis.map_or(Duration::MAX, runtime::Clock::left_until)
    }
}

impl<S: Sync> FromRequestParts<S> for Deadline {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let invocation = parts.extensions.get::<lambda_http::Context>();
        Ok(Self { epoch_millis: invocation.map(|invocation| invocation.deadline) })
    }
}

impl Describe for Deadline {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_past_deadline_leaves_no_time_and_a_missing_one_enough() {
        assert_eq!(Deadline { epoch_millis: Some(1) }.left(), Duration::ZERO);
        assert_eq!(Deadline { epoch_millis: None }.left(), Duration::MAX);
        let far = Deadline { epoch_millis: Some(u64::MAX) }.left();
        assert!(far > Duration::from_hours(24) && far < Duration::MAX);
    }
}
