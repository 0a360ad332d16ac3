//! Stripe's requests and answers: forms and queries to Stripe, JSON from it. Times are seconds, amounts are minor
//! units, currencies are in lower case.

mod dispute;
mod id;
mod list;
mod refund;
mod request;
mod session;
#[cfg(test)]
mod tests;

pub(super) use dispute::disputes;
pub(super) use id::ObjectId;
pub(super) use list::{START, listed_refunds, made_in, money};
pub(super) use refund::{found_refund, refund_report, refunded};
pub(super) use request::{EXPANDED, made_near, refund, refunds_of, session};
pub(super) use session::{Found, expired, found, opened, reported};

use crate::{GatewayError, answer, error::Call};
use https::{Answer, Fault};
use reqwest::StatusCode;
use serde::{Deserialize, de::DeserializeOwned};

/// The most objects in a page of a list.
const PAGE: usize = 100;

/// The envelope of every error.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Failed {
    error: Problem,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Problem {
    message: Option<String>,
    code: Option<String>,
}

impl Problem {
    fn of(body: &[u8]) -> Self {
        serde_json::from_slice::<Failed>(body).unwrap_or_default().error
    }

    fn message(self) -> String {
        self.message.unwrap_or_default()
    }
}

/// Whether Stripe does not know the object.
fn is_missing(answer: &Answer) -> bool {
    let says_so = || Problem::of(&answer.body).code.as_deref() == Some("resource_missing");
    answer.status == StatusCode::NOT_FOUND && says_so()
}

/// The JSON of a success, or the error.
fn json<T: DeserializeOwned>(answer: &Answer, call: Call) -> Result<T, GatewayError> {
    // Another request with the same idempotency key is being processed, and may succeed.
    if answer.status == StatusCode::CONFLICT {
        return Err(call.unsettled(Fault::Status(answer.status.as_u16())));
    }
    answer::json(answer, call, |body| Problem::of(body).message())
}
