//! Signatures and events.

use super::*;
use http::HeaderValue;
use proptest::prelude::*;
use serde_json::json;

const SECRET: &str = "whsec_of_the_endpoint";
const BODY: &[u8] = br#"{"id":"evt_1","type":"checkout.session.completed"}"#;
/// When the body was signed, in seconds.
const AT: i64 = 1_795_255_200;
// Computed with Python's hmac: sha256 of "1795255200." and the body, by the secret and by the one before it.
const SIGNATURE: &str = "fce0201da9720eda7062907b9055460dbdfee03e8605dcb2b4dcdaf8cd9dce75";
const BEFORE: &str = "499b8e9293f654d1868bae99f463f25b4d5abe2cbc190d4c83cfb26e9de04405";

fn is_signed(header: &str, secret: &str, body: &[u8], seconds_later: i64) -> bool {
    let mut headers = HeaderMap::new();
    headers.insert("Stripe-Signature", HeaderValue::from_str(header).unwrap());
    let now = Timestamp::from_millis((AT + seconds_later) * 1000);
    is_genuine(&secret.into(), &headers, body, now)
}

#[test]
fn an_event_is_signed_by_the_secret_of_the_endpoint() {
    let other = "0".repeat(64);
    for header in [
        format!("t={AT},v1={SIGNATURE}"),
        format!("t={AT}, v1={SIGNATURE}, v0={other}"),
        format!("t={AT},v0={other},v1={SIGNATURE}"),
        format!("v1={SIGNATURE},t={AT}"),
        // While the secret is being rolled, either of them comes first.
        format!("t={AT},v1={BEFORE},v1={SIGNATURE}"),
        format!("t={AT},v1={SIGNATURE},v1={BEFORE}"),
    ] {
        assert!(is_signed(&header, SECRET, BODY, 0), "{header}");
    }
    assert!(is_signed(&format!("t={AT},v1={SIGNATURE},v1={BEFORE}"), "whsec_before", BODY, 0));
}

#[test]
fn anything_else_is_not_signed() {
    let whole = format!("t={AT},v1={SIGNATURE}");
    assert!(!is_signed(&whole, "whsec_before", BODY, 0));
    assert!(!is_signed(&whole, "", BODY, 0));
    assert!(!is_signed(&whole, SECRET, &BODY[1..], 0));
    assert!(!is_signed(&whole, SECRET, &[BODY, b" "].concat(), 0));
    assert!(!is_genuine(&SECRET.into(), &HeaderMap::new(), BODY, Timestamp::from_millis(AT * 1000)));
    let later = AT + 1;
    for header in [
        String::new(),
        SIGNATURE.to_owned(),
        format!("v1={SIGNATURE}"),
        format!("t={AT}"),
        format!("t={AT},v0={SIGNATURE}"),
        format!("t={AT},v2={SIGNATURE}"),
        format!("t={AT},v1={}", &SIGNATURE[2..]),
        format!("t={AT},v1="),
        format!("t={AT},v1"),
        format!("t={AT},v1={BEFORE}"),
        // The time is signed, too.
        format!("t={later},v1={SIGNATURE}"),
        format!("t={later},t={AT},v1={SIGNATURE}"),
        format!("t=,v1={SIGNATURE}"),
        format!("t=+{AT},v1={SIGNATURE}"),
        format!("t=99999999999999999999,v1={SIGNATURE}"),
        format!("t={AT};v1={SIGNATURE}"),
        ",,,=,==,t=t,v1=v1".to_owned(),
    ] {
        assert!(!is_signed(&header, SECRET, BODY, 0), "{header}");
    }
}

#[test]
fn a_signature_is_worth_five_minutes_by_either_clock() {
    let header = format!("t={AT},v1={SIGNATURE}");
    for (later, is_recent) in [(0, true), (300, true), (301, false), (-300, true), (-301, false), (86_400, false)] {
        assert_eq!(is_signed(&header, SECRET, BODY, later), is_recent, "{later}");
    }
}

#[test]
fn a_header_with_many_signatures_is_not_tried_for_ever() {
    let garbage = format!(",v1={}", "0".repeat(64));
    let after = |count| format!("t={AT}{},v1={SIGNATURE}", garbage.repeat(count));
    assert!(is_signed(&after(MOST_SIGNATURES - 1), SECRET, BODY, 0));
    assert!(!is_signed(&after(MOST_SIGNATURES), SECRET, BODY, 0));
}

const REFERENCE: &str = "nms-01JD7Q3XKZ9V0C4T8W2M6N5B1A-01JD7Q3XKZ9V0C4T8W2M6N5B1B";

fn event(kind: &str, object: &Value) -> Vec<u8> {
    let event = json!({
        "id": "evt_1SR9gh", "object": "event", "api_version": "2025-09-30.clover", "created": AT, "livemode": false,
        "pending_webhooks": 1, "request": { "id": null, "idempotency_key": null }, "type": kind,
        "data": { "object": object }
    });
    event.to_string().into_bytes()
}

/// A refund in an event. Its metadata is what we gave it, and nothing of the payment's.
fn refund(metadata: &Value) -> Value {
    json!({
        "id": "re_1SR9gh", "object": "refund", "amount": 1000, "charge": "ch_1SR9gh", "currency": "usd",
        "metadata": metadata, "payment_intent": "pi_1SR9gh", "reason": null, "status": "succeeded"
    })
}

/// A charge in an event. Stripe copies the metadata of the payment intent to it.
fn charge(metadata: &Value) -> Value {
    json!({
        "id": "ch_1SR9gh", "object": "charge", "amount": 2500, "amount_refunded": 1000, "disputed": false,
        "metadata": metadata, "payment_intent": "pi_1SR9gh", "refunded": false, "status": "succeeded"
    })
}

/// A dispute in an event. It names its charge and its payment intent, and Stripe copies no metadata to it.
fn dispute(status: &str) -> Value {
    json!({
        "id": "dp_1SR9gh", "object": "dispute", "amount": 2500, "balance_transactions": [], "charge": "ch_1SR9gh",
        "currency": "usd", "evidence": {}, "evidence_details": { "due_by": AT, "submission_count": 0 },
        "is_charge_refundable": false, "metadata": {}, "payment_intent": "pi_1SR9gh", "reason": "fraudulent",
        "status": status
    })
}

fn assert_names(kind: &str, object: &Value, reference: Option<&str>) {
    let reference = reference.map(|reference| reference.parse().unwrap());
    let receipt = object["payment_intent"].as_str().map(ReceiptId::new);
    let notice = Notice { id: "evt_1SR9gh".to_owned(), kind: kind.to_owned(), reference, receipt };
    assert_eq!(read(&event(kind, object)), Ok(notice), "{object}");
}

#[test]
fn an_event_names_the_payment_of_its_session_intent_charge_or_refund() {
    let metadata = json!({ "reference": REFERENCE });
    let (session, intent) = (json!({ "client_reference_id": REFERENCE }), json!({ "metadata": metadata }));
    let foreign = json!({ "client_reference_id": "shop-17", "metadata": metadata });
    let refunded = refund(&json!({ "reference": REFERENCE, "refund": "rfd_01JD7Q3XKZ9V0C4T8W2M6N5B1A" }));
    for (kind, object) in [
        ("checkout.session.completed", &session),
        ("checkout.session.async_payment_succeeded", &session),
        ("checkout.session.async_payment_failed", &session),
        ("checkout.session.expired", &session),
        ("checkout.session.expired", &foreign),
        ("payment_intent.succeeded", &intent),
        ("payment_intent.payment_failed", &intent),
        ("charge.succeeded", &charge(&metadata)),
        ("charge.failed", &charge(&metadata)),
        ("charge.refunded", &charge(&metadata)),
        ("charge.refund.updated", &refunded),
        ("refund.created", &refunded),
        ("refund.updated", &refunded),
        ("refund.failed", &refunded),
    ] {
        assert_names(kind, object, Some(REFERENCE));
    }
}

#[test]
fn an_event_without_our_reference_names_no_payment() {
    let foreign = json!({ "reference": "shop-17" });
    for (kind, object) in [
        // Somebody made it at Stripe's dashboard. Its payment intent leads to the payment.
        ("refund.created", refund(&json!({}))),
        ("refund.updated", refund(&json!(null))),
        ("refund.failed", refund(&foreign)),
        ("charge.refunded", charge(&foreign)),
        ("charge.dispute.created", dispute("needs_response")),
        ("charge.dispute.funds_withdrawn", dispute("needs_response")),
        ("charge.dispute.updated", dispute("under_review")),
        ("charge.dispute.funds_reinstated", dispute("won")),
        ("charge.dispute.closed", dispute("lost")),
        ("checkout.session.completed", json!({ "client_reference_id": "shop-17", "metadata": null })),
        ("checkout.session.completed", json!({ "client_reference_id": 7, "metadata": { "reference": [] } })),
        ("customer.created", json!({})),
        ("payout.paid", json!(null)),
        ("something.new", json!([1])),
    ] {
        assert_names(kind, &object, None);
    }
    let thin = br#"{"id": "evt_test_65", "object": "v2.core.event", "type": "v2.core.event_destination.ping"}"#;
    assert_eq!(read(thin).map(|notice| notice.reference), Ok(None));
}

#[test]
fn what_is_not_an_event_is_not_read() {
    for body in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"id": "evt_1"}"#,
        r#"{"type": "x"}"#,
        r#"{"id": 1, "type": "x"}"#,
        r#"{"id": "", "type": "x"}"#,
        r#"{"id": "evt_1", "type": null}"#,
        "<html>",
    ] {
        assert_eq!(read(body.as_bytes()), Err(NotRead), "{body}");
    }
    let deep = format!(r#"{{"id": "evt_1", "type": "x", "data": {}1{}}}"#, "[".repeat(9_999), "]".repeat(9_999));
    assert_eq!(read(deep.as_bytes()), Err(NotRead));
}

proptest! {
    #[test]
    fn no_bytes_panic(
        body in prop::collection::vec(any::<u8>(), 0..200),
        header in "[ -~]{0,80}",
        later in any::<i32>(),
    ) {
        let _ = read(&body);
        prop_assert!(!is_signed(&header, SECRET, &body, later.into()));
    }

    #[test]
    fn a_changed_event_names_ours_or_nothing(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut body = event("checkout.session.completed", &json!({ "client_reference_id": REFERENCE }));
        let at = at.index(body.len());
        body[at] = byte;
        let named = read(&body).ok().and_then(|notice| notice.reference).map(|reference| reference.to_string());
        prop_assert!(named.is_none_or(|named| String::from_utf8_lossy(&body).contains(&named)));
    }
}

#[test]
fn an_event_of_money_names_its_receipt() {
    for object in [refund(&json!({})), charge(&json!({})), dispute("lost")] {
        let notice = read(&event("x", &object)).unwrap();
        assert_eq!(notice.receipt, Some(ReceiptId::new("pi_1SR9gh")), "{object}");
    }
    for object in [json!({}), json!(null), json!({ "payment_intent": null }), json!({ "payment_intent": {} })] {
        assert_eq!(read(&event("x", &object)).unwrap().receipt, None, "{object}");
    }
}
