//! What the status of an answer means, for every gateway.

use crate::{GatewayError, error::Call};
use https::{Answer, Excerpt, Fault};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How long to wait if the gateway does not say so.
const THROTTLED_FOR: Duration = Duration::from_secs(10);

/// The body of a success, or the error. `said` reads the gateway's text in the body of a refusal.
pub(crate) fn body(answer: &Answer, call: Call, said: impl FnOnce(&[u8]) -> String) -> Result<&[u8], GatewayError> {
    let status = answer.status.as_u16();
    match status {
        200..=299 => Ok(&answer.body),
        401 => Err(GatewayError::Unauthorized),
        429 => Err(GatewayError::Throttled { after: answer.retry_after().unwrap_or(THROTTLED_FOR) }),
        // 408 means that a proxy gave up waiting; the gateway may have acted.
        400..=407 | 409..=499 => Err(GatewayError::Refused { said: excerpt(&said(&answer.body)) }),
        _ => Err(call.unsettled(Fault::Status(status))),
    }
}

/// The JSON of a success, or the error.
pub(crate) fn json<T: DeserializeOwned>(
    answer: &Answer,
    call: Call,
    said: impl FnOnce(&[u8]) -> String,
) -> Result<T, GatewayError> {
    serde_json::from_slice(body(answer, call, said)?).map_err(|_| call.unsettled(Fault::Unreadable))
}

/// The excerpt of a gateway's text. It may quote the customer's email address, which does not belong in a log.
fn excerpt(said: &str) -> Excerpt {
    let words = said.split_whitespace().map(|word| if word.contains('@') { "…" } else { word });
    Excerpt::of(&words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use https::Fault;
    use reqwest::{
        StatusCode,
        header::{HeaderMap, RETRY_AFTER},
    };

    fn answer(status: u16, body: &str) -> Answer {
        let status = StatusCode::from_u16(status).unwrap();
        Answer { status, headers: HeaderMap::new(), body: body.as_bytes().to_vec() }
    }

    fn error_of(answer: &Answer, call: Call) -> GatewayError {
        json::<Vec<u8>>(answer, call, |body| String::from_utf8_lossy(body).into_owned()).unwrap_err()
    }

    #[test]
    fn a_status_says_whether_the_request_had_an_effect() {
        let refused = |said| GatewayError::Refused { said: Excerpt::of(said) };
        for status in [400, 402, 403, 404, 407, 409, 422, 499] {
            assert_eq!(error_of(&answer(status, "no"), Call::Change), refused("no"), "{status}");
        }
        for status in [100, 302, 408, 500, 502, 503, 504] {
            let (read, changed) = (answer(status, "no"), answer(status, "no"));
            let fault = Fault::Status(status);
            assert_eq!(error_of(&read, Call::Read), GatewayError::Unavailable { fault: fault.clone() }, "{status}");
            assert_eq!(error_of(&changed, Call::Change), GatewayError::OutcomeUnknown { fault }, "{status}");
        }
        assert_eq!(error_of(&answer(401, "no"), Call::Change), GatewayError::Unauthorized);
        let unreadable = GatewayError::OutcomeUnknown { fault: Fault::Unreadable };
        assert_eq!(error_of(&answer(200, "<p>"), Call::Change), unreadable);
        assert_eq!(json::<Vec<u8>>(&answer(200, "[1]"), Call::Read, |_| String::new()), Ok(vec![1]));
    }

    #[test]
    fn a_throttled_request_waits_as_long_as_the_gateway_says() {
        let mut throttled = answer(429, "");
        assert_eq!(error_of(&throttled, Call::Read), GatewayError::Throttled { after: THROTTLED_FOR });
        throttled.headers.insert(RETRY_AFTER, "3".parse().unwrap());
        assert_eq!(error_of(&throttled, Call::Read), GatewayError::Throttled { after: Duration::from_secs(3) });
    }

    #[test]
    fn an_error_quotes_no_email_address() {
        let said = "Invalid email address: ama@example.com";
        assert_eq!(error_of(&answer(400, said), Call::Change).to_string(), "refused: Invalid email address: …");
    }
}
