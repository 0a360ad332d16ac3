//! Answers of 5SIM and of the network in front of it, and how they are parsed.

mod market;
mod messages;
mod odd;
mod orders;
mod properties;
mod refusals;

use super::*;
use crate::order::{SupplierOrder, SupplierOrderStatus};
use domain::{Code, SupplierMoney, Timestamp};

fn answer<'a>(status: u16, content_type: &'a str, body: &'a str) -> Answer<'a> {
    Answer { status, content_type, retry_after: None, body: body.as_bytes() }
}

fn ok(body: &str) -> Answer<'_> {
    answer(200, "application/json", body)
}

/// The same with any bytes.
fn ok_bytes(body: &[u8]) -> Answer<'_> {
    Answer { body, ..ok("") }
}

fn rejected(reason: RejectedReason, said: &str) -> SupplierError {
    SupplierError::Rejected { reason, said: Excerpt::of(said) }
}

fn unknown(fault: Fault) -> SupplierError {
    SupplierError::OutcomeUnknown { fault }
}

fn unavailable(fault: Fault) -> SupplierError {
    SupplierError::Unavailable { fault }
}

const THROTTLED: SupplierError = SupplierError::Throttled { after: THROTTLED_FOR };

const BOUGHT: &str = r#"{"id": 11631253, "phone": "+233201234567", "operator": "mtn", "product": "whatsapp", "price": 21.5,
    "status": "PENDING", "expires": "2026-11-21T10:15:00.123456789Z", "sms": null,
    "created_at": "2026-11-21T10:00:00.123456789Z", "forwarding": false, "forwarding_number": "", "country": "ghana"}"#;

fn bought_with(changes: &[(&str, serde_json::Value)]) -> String {
    let mut order: serde_json::Value = serde_json::from_str(BOUGHT).unwrap();
    for (field, value) in changes {
        order[*field] = value.clone();
    }
    order.to_string()
}

fn bought() -> SupplierOrder {
    parse_buy(&ok(BOUGHT)).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const PAGE_502: &str = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
