//! Paystack's events. They have neither an identifier nor a time: the event and what it is about identify it.

use super::KEY;
use crate::{
    NotRead, Notice, Webhook,
    signature::{self, Hash},
};
use domain::Timestamp;
use http::HeaderMap;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

/// Paystack signs with our key.
pub(super) const WEBHOOK: Webhook = Webhook { secret: KEY, header: "x-paystack-signature", is_genuine, read };

fn is_genuine(secret: &SecretString, headers: &HeaderMap, body: &[u8], _now: Timestamp) -> bool {
    let signature = headers.get(WEBHOOK.header).and_then(|value| value.to_str().ok());
    signature.is_some_and(|signature| signature::is_valid(Hash::Sha512, secret, &[body], signature))
}

#[derive(Deserialize)]
struct Event {
    event: String,
    data: Data,
}

/// What an event is about. The reference of a charge is at the top; that of a refund or a dispute is not.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Data {
    id: Value,
    reference: Option<String>,
    transaction_reference: Option<String>,
    refund_reference: Option<String>,
    transaction: Option<Transaction>,
}

#[derive(Deserialize)]
struct Transaction {
    reference: Option<String>,
}

fn read(body: &[u8]) -> Result<Notice, NotRead> {
    let Event { event, data } = serde_json::from_slice(body).map_err(|_| NotRead)?;
    let inner = data.transaction.and_then(|transaction| transaction.reference);
    let reference = data.reference.or(data.transaction_reference).or(inner);
    let about = match data.id {
        Value::Number(id) => id.to_string(),
        Value::String(id) => id,
        _ => data.refund_reference.or_else(|| reference.clone()).ok_or(NotRead)?,
    };
    let reference = reference.and_then(|reference| reference.parse().ok());
    Ok(Notice { id: format!("{event}:{about}"), kind: event, reference })
}
