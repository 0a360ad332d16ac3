//! Paystack's requests and answers. Every answer is an envelope `{status, message, data}`.

mod dispute;
mod list;
mod refund;
mod transaction;

pub(super) use dispute::{disputes, disputes_of};
pub(super) use list::{PAID, listed_refunds, money, refunds, transactions};
pub(super) use refund::{found, refund, refund_report, refunded, refunds_of};
pub(super) use transaction::{initialize, initialized, verified};

use crate::{GatewayError, answer, error::Call};
use https::{Answer, Fault};
use serde::{Deserialize, de::DeserializeOwned};

/// The answer's envelope.
#[derive(Deserialize)]
struct Envelope<T> {
    data: Option<T>,
}

/// What every error has.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Failed {
    message: Option<String>,
    code: Option<String>,
}

impl Failed {
    fn of(body: &[u8]) -> Self {
        serde_json::from_slice(body).unwrap_or_default()
    }
}

/// Whether Paystack does not know what is asked for: 404 by its documents, 400 for references in practice.
fn is_unknown(answer: &Answer) -> bool {
    let Failed { message, code } = Failed::of(&answer.body);
    let is_text = |message: String| message.to_ascii_lowercase().contains("not found");
    let says_so = code.as_deref() == Some("transaction_not_found") || message.is_some_and(is_text);
    matches!(answer.status.as_u16(), 400 | 404) && says_so
}

/// The JSON of a success, or the error.
fn json<T: DeserializeOwned>(answer: &Answer, call: Call) -> Result<T, GatewayError> {
    answer::json(answer, call, |body| Failed::of(body).message.unwrap_or_default())
}

/// The data of a success, or the error.
fn data<T: DeserializeOwned>(answer: &Answer, call: Call) -> Result<T, GatewayError> {
    let envelope: Envelope<T> = json(answer, call)?;
    envelope.data.ok_or_else(|| call.unsettled(Fault::Unreadable))
}
