//! Stripe's events. Stripe signs the time and the body with the secret of the endpoint. While that secret is being
//! rolled, there is a signature by the old one and by the new one.

use super::WEBHOOK_SECRET;
use crate::{
    NotRead, Notice, Webhook,
    signature::{self, Hash},
};
use domain::{Timestamp, payment::ReceiptId};
use http::HeaderMap;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;

pub(super) const WEBHOOK: Webhook = Webhook { secret: WEBHOOK_SECRET, header: "stripe-signature", is_genuine, read };

/// How far the time of a signature may be from ours. An event that was recorded can't be sent again after that. Stripe
/// signs an event anew whenever it sends it.
const TOLERANCE: Duration = Duration::from_mins(5);
/// The most signatures that are tried, because anybody can send a header.
const MOST_SIGNATURES: usize = 8;

/// The header is `t=<seconds>,v1=<signature>,v1=<signature>`. Other schemes than `v1` are no signatures of live events.
fn is_genuine(secret: &SecretString, headers: &HeaderMap, body: &[u8], now: Timestamp) -> bool {
    let header = headers.get("stripe-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let values = |of| {
        let parts = header.split(',').filter_map(|part| part.trim().split_once('='));
        parts.filter(move |(name, _)| *name == of).map(|(_, value)| value)
    };
    let Some(at) = values("t").next() else { return false };
    let is_recent = at.parse().is_ok_and(|at| now.epoch_seconds().abs_diff(at) <= TOLERANCE.as_secs());
    let signed = [at.as_bytes(), b".", body];
    let is_valid = |signature| signature::is_valid(Hash::Sha256, secret, &signed, signature);
    is_recent && values("v1").take(MOST_SIGNATURES).any(is_valid)
}

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    data: Value,
}

/// Where the object of an event has our reference: a session, and a payment intent, a charge or a refund. A dispute has
/// none.
const REFERENCES: [&str; 2] = ["/object/client_reference_id", "/object/metadata/reference"];
/// Where a refund, a charge or a dispute has its payment intent, which is the receipt of its money. A refund that somebody
/// made at Stripe's dashboard has nothing else that leads to its payment.
const RECEIPT: &str = "/object/payment_intent";

fn read(body: &[u8]) -> Result<Notice, NotRead> {
    let Event { id, kind, data } = serde_json::from_slice(body).map_err(|_| NotRead)?;
    if id.is_empty() {
        return Err(NotRead);
    }
    let reference = REFERENCES.iter().find_map(|path| data.pointer(path)?.as_str()?.parse().ok());
    let receipt = data.pointer(RECEIPT).and_then(Value::as_str).map(ReceiptId::new);
    Ok(Notice { id, kind, reference, receipt })
}

#[cfg(test)]
mod tests;
