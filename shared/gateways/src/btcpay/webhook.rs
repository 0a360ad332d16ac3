//! BTCPay's events. A delivery that is sent again names the first one.

use super::WEBHOOK_SECRET;
use crate::{
    NotRead, Notice, Webhook,
    signature::{self, Hash},
};
use domain::Timestamp;
use http::HeaderMap;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

/// BTCPay signs with the secret of the webhook.
pub(super) const WEBHOOK: Webhook = Webhook { secret: WEBHOOK_SECRET, header: "btcpay-sig", is_genuine, read };

/// What the kinds of events about invoices begin with. Other ones are about payouts, subscriptions and the like.
const OF_INVOICES: &str = "Invoice";

fn is_genuine(secret: &SecretString, headers: &HeaderMap, body: &[u8], _now: Timestamp) -> bool {
    let signature = headers.get(WEBHOOK.header).and_then(|value| value.to_str().ok());
    let signature = signature.and_then(|signature| signature.strip_prefix("sha256="));
    signature.is_some_and(|signature| signature::is_valid(Hash::Sha256, secret, &[body], signature))
}

/// An event. What other shops write into the metadata may be anything, and a test has none.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    delivery_id: Option<String>,
    original_delivery_id: Option<String>,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    metadata: Value,
}

fn read(body: &[u8]) -> Result<Notice, NotRead> {
    let Event { delivery_id, original_delivery_id, kind, metadata } =
        serde_json::from_slice(body).map_err(|_| NotRead)?;
    let filled = |id: Option<String>| id.filter(|id| !id.is_empty());
    let id = filled(original_delivery_id).or_else(|| filled(delivery_id)).ok_or(NotRead)?;
    let order = metadata.get("orderId").and_then(Value::as_str).filter(|_| kind.starts_with(OF_INVOICES));
    let reference = order.and_then(|order| order.parse().ok());
    Ok(Notice { id, kind, reference, receipt: None })
}
