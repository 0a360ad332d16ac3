//! Paystack's events. They have neither an identifier nor a time: the event and what it is about identify it. So two
//! refunds of one payment have the same events until each has a reference of its bank.

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
    data: Value,
}

/// Where an event has the reference of a transaction: a charge, a refund, and a dispute or a refund with more details.
const REFERENCES: [&str; 3] = ["/reference", "/transaction_reference", "/transaction/reference"];
/// Where an event has a name of what it is about, best first. A refund has none but its payment's until it ends.
const ABOUT: [&str; 5] = ["/id", "/refund_reference", "/reference", "/transaction_reference", "/transaction/reference"];

fn read(body: &[u8]) -> Result<Notice, NotRead> {
    let Event { event, data } = serde_json::from_slice(body).map_err(|_| NotRead)?;
    let about = ABOUT.iter().find_map(|path| name(data.pointer(path)?)).ok_or(NotRead)?;
    let reference = REFERENCES.iter().find_map(|path| data.pointer(path)?.as_str()?.parse().ok());
    Ok(Notice { id: format!("{event}:{about}"), kind: event, reference, receipt: None })
}

/// The text of a name, which is a number or a text.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    }
}
