//! Events of each kind, and the payment that they name.

use super::*;
use crate::{NotRead, Notice, paystack::webhook::WEBHOOK};

fn read(event: &str, data: &Value) -> Result<Notice, NotRead> {
    (WEBHOOK.read)(json!({ "event": event, "data": data }).to_string().as_bytes())
}

/// A refund in an event, which has little in common with the one that is read. Some have more than this.
fn refund_event(status: &str, more: &[(&str, Value)]) -> Value {
    let mut data = json!({
        "status": status, "transaction_reference": reference().to_string(), "refund_reference": null,
        "amount": "1000", "currency": "GHS", "processor": "instant-transfer", "integration": 720_114,
        "customer": { "first_name": "Ama", "last_name": null, "email": "ama@example.com" }, "domain": "test"
    });
    for (field, value) in more {
        data[*field] = value.clone();
    }
    data
}

fn dispute_event(status: &str) -> Value {
    json!({
        "id": 6_104_221, "refund_amount": 2_500, "currency": "GHS", "status": status, "resolution": null,
        "domain": "test", "transaction": transaction("success"), "transaction_reference": null,
        "category": "chargeback", "customer": { "id": 391_442_017, "email": "ama@example.com" }, "bin": "408408",
        "last4": "4081", "dueAt": "2026-11-23T18:00:00.000Z", "resolvedAt": null, "evidence": null,
        "history": [{ "status": "pending", "by": "ama@example.com", "createdAt": "2026-11-22T10:00:00.000Z" }],
        "messages": [], "created_at": "2026-11-22T10:00:00.000Z", "updated_at": "2026-11-22T10:00:00.000Z"
    })
}

#[test]
fn every_event_of_a_payment_leads_to_it() {
    let (number, ended) = (NUMBER.to_string(), ("refund_reference", json!("TRF_5kq0x2m8w")));
    let reference = reference().to_string();
    let attention = [ended.clone(), ("id", json!("14902117")), ("amount", json!(1_000))];
    for (event, data, about) in [
        ("charge.success", transaction("success"), number.as_str()),
        ("refund.pending", refund_event("pending", &[]), &reference),
        ("refund.processing", refund_event("processing", &[]), &reference),
        ("refund.processed", refund_event("processed", std::slice::from_ref(&ended)), "TRF_5kq0x2m8w"),
        ("refund.failed", refund_event("failed", &[ended, ("amount", json!(1_000))]), "TRF_5kq0x2m8w"),
        ("refund.needs-attention", refund_event("needs-attention", &attention), "14902117"),
        ("charge.dispute.create", dispute_event("awaiting-merchant-feedback"), "6104221"),
        ("charge.dispute.remind", dispute_event("awaiting-merchant-feedback"), "6104221"),
        ("charge.dispute.resolve", dispute_event("resolved"), "6104221"),
        // As a refund is read.
        ("refund.processed", refund_in("processed"), "14902117"),
        ("refund.processed", refund_made(), "14902117"),
    ] {
        let (id, kind) = (format!("{event}:{about}"), event.to_owned());
        let notice = Notice { id, kind, reference: reference.parse().ok(), receipt: None };
        assert_eq!(read(event, &data), Ok(notice), "{data}");
    }
}

#[test]
fn an_event_about_something_else_names_no_payment() {
    let shop = "shop-17";
    let foreign = with(transaction("success"), &[("/reference", json!(shop))]);
    for (event, data) in [
        ("charge.success", foreign.clone()),
        ("charge.success", with(transaction("success"), &[("/reference", json!(7))])),
        ("charge.success", with(transaction("success"), &[("/reference", json!(format!("{} ", reference())))])),
        ("refund.pending", refund_event("pending", &[("transaction_reference", json!(shop))])),
        ("charge.dispute.create", with(dispute_event("pending"), &[("/transaction", foreign)])),
        ("charge.dispute.create", with(dispute_event("pending"), &[("/transaction", json!(null))])),
        ("charge.dispute.create", with(dispute_event("pending"), &[("/transaction", json!(NUMBER))])),
        ("transfer.success", json!({ "id": 60_211_908, "reference": "payout-2026-11", "amount": 30_000 })),
        ("subscription.create", json!({ "id": 5_520, "subscription_code": "SUB_0w3nq7kz51x2c8d", "plan": {} })),
        ("customeridentification.success", json!({ "id": null, "reference": shop, "customer_id": 8 })),
        ("something.new", json!({ "id": 1, "transaction": [reference().to_string()] })),
    ] {
        assert_eq!(read(event, &data).map(|notice| (notice.kind, notice.reference)), Ok((event.to_owned(), None)));
    }
}

#[test]
fn an_event_that_is_sent_again_has_the_same_id() {
    let data = refund_event("processed", &[("refund_reference", json!("TRF_5kq0x2m8w"))]);
    assert_eq!(read("refund.processed", &data), read("refund.processed", &data));
    assert_ne!(read("refund.processed", &data).unwrap().id, read("refund.failed", &data).unwrap().id);
    let other = with(data.clone(), &[("/refund_reference", json!("TRF_5kq0x2m8x"))]);
    assert_ne!(read("refund.processed", &data).unwrap().id, read("refund.processed", &other).unwrap().id);
}

#[test]
fn what_is_not_an_event_is_not_read() {
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "<html>",
        r#"{"event": "charge.success"}"#,
        r#"{"data": {"id": 1}}"#,
        r#"{"event": 7, "data": {"id": 1}}"#,
        r#"{"event": "charge.success", "data": null}"#,
        r#"{"event": "charge.success", "data": {}}"#,
        r#"{"event": "charge.success", "data": {"id": "", "reference": ""}}"#,
        r#"{"event": "charge.success", "data": {"id": {}, "reference": []}}"#,
        r#"{"event": "charge.success", "data": [1]}"#,
    ] {
        assert_eq!((WEBHOOK.read)(body.as_bytes()), Err(NotRead), "{body}");
    }
    let deep = format!(r#"{{"event": "x", "data": {}1{}}}"#, "[".repeat(9_999), "]".repeat(9_999));
    assert_eq!((WEBHOOK.read)(deep.as_bytes()), Err(NotRead));
}
