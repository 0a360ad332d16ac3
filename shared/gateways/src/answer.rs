//! What the statuses of answers mean at every gateway.

use crate::{GatewayError, error::Call};
use https::{Answer, Excerpt, Fault};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How long to wait if a gateway does not say so.
const THROTTLED_FOR: Duration = Duration::from_secs(10);

/// The body of a success, or the error. `said` finds the gateway's text in the body of a refusal.
pub(crate) fn body(answer: &Answer, call: Call, said: impl FnOnce(&[u8]) -> String) -> Result<&[u8], GatewayError> {
    match answer.status.as_u16() {
        200..=299 => Ok(&answer.body),
        401 => Err(GatewayError::Unauthorized),
        429 => Err(GatewayError::Throttled { after: answer.retry_after().unwrap_or(THROTTLED_FOR) }),
        // A proxy gave up waiting, and it may have passed the request on.
        status @ 408 => Err(call.unsettled(Fault::Status(status))),
        400..=499 => Err(GatewayError::Refused { said: Excerpt::of(&said(&answer.body)) }),
        status => Err(call.unsettled(Fault::Status(status))),
    }
}

/// The JSON of a success, or the error.
pub(crate) fn json<T: DeserializeOwned>(
    answer: &Answer,
    call: Call,
    said: impl FnOnce(&[u8]) -> String,
) -> Result<T, GatewayError> {
    let body = body(answer, call, said)?;
    serde_json::from_slice(body).map_err(|_| call.unsettled(Fault::Unreadable))
}
