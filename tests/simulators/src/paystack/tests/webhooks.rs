//! Tests of webhooks, with a receiver that really listens.

use super::{KEY, Merchant, receiver::Receiver};
use crate::paystack::codes;
use aws_lc_rs::hmac;
use axum::body::Body;
use http::Request;
use serde_json::{Value, json};

fn decoded(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn is_signed(signature: &str, body: &str, key: &str) -> bool {
    let key = hmac::Key::new(hmac::HMAC_SHA512, key.as_bytes());
    signature.len() == 128 && hmac::verify(&key, body.as_bytes(), &decoded(signature)).is_ok()
}

#[test]
fn the_signature_is_that_of_the_rfc() {
    // RFC 4231, test case 2.
    let expected = "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fd\
                    caeab1a34d4a6b4b636e070a38bce737";
    assert_eq!(codes::signature("Jefe", "what do ya want for nothing?"), expected);
}

#[tokio::test]
async fn a_payment_is_told_signed_by_the_key() {
    let merchant = Merchant::new();
    let mut receiver = Receiver::of(&merchant).await;
    merchant.pay("a", json!({})).await;
    let webhook = receiver.next().await;
    assert!(is_signed(&webhook.signature, &webhook.body, KEY));
    assert!(!is_signed(&webhook.signature, &format!("{} ", webhook.body), KEY));
    let told = webhook.json();
    assert_eq!(told.as_object().unwrap().keys().collect::<Vec<_>>(), ["data", "event"]);
    let verified = merchant.verified("a").await;
    assert_eq!(told["event"], "charge.success");
    for field in ["id", "status", "reference", "amount", "currency", "paid_at", "metadata", "authorization", "customer"]
    {
        assert_eq!(told["data"][field], verified[field], "{field}");
    }
}

#[tokio::test]
async fn only_success_is_told() {
    let merchant = Merchant::new();
    let mut receiver = Receiver::of(&merchant).await;
    for outcome in ["failed", "abandoned", "pending"] {
        merchant.pay(outcome, json!({ "outcome": outcome })).await;
    }
    merchant.set("pay/pending", json!({ "outcome": "failed" })).await;
    receiver.nothing().await;
    merchant.pay("a", json!({ "outcome": "pending", "after_s": 60 })).await;
    receiver.nothing().await;
    merchant.advance(61).await;
    assert_eq!(receiver.next().await.json()["data"]["channel"], "mobile_money");
}

#[tokio::test]
async fn no_metadata_is_told_as_zero() {
    let merchant = Merchant::new();
    let mut receiver = Receiver::of(&merchant).await;
    let asked = json!({ "email": "ama@example.com", "amount": 5_000, "reference": "a" });
    merchant.post("/transaction/initialize", &asked).await.data();
    merchant.set("pay/a", json!({})).await;
    assert_eq!(receiver.next().await.json()["data"]["metadata"], 0);
}

#[tokio::test]
async fn a_refund_is_told_at_each_step() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    let mut receiver = Receiver::of(&merchant).await;
    merchant.post("/refund", &json!({ "transaction": "a" })).await.data();
    for status in ["pending", "processing", "processed"] {
        let told = receiver.next().await.json();
        let data = &told["data"];
        assert_eq!((&told["event"], &data["status"]), (&json!(format!("refund.{status}")), &json!(status)));
        assert_eq!((&data["transaction_reference"], &data["amount"]), (&json!("a"), &json!("5000")));
        assert_eq!((&data["id"], data["refund_reference"].is_string()), (&Value::Null, status == "processed"));
        merchant.advance(3).await;
    }
    receiver.nothing().await;
}

#[tokio::test]
async fn a_refund_that_ends_badly_is_told_with_a_number() {
    for (outcome, event, has_id) in
        [("refund_fails", "refund.failed", false), ("refund_needs_attention", "refund.needs-attention", true)]
    {
        let merchant = Merchant::new();
        merchant.pay("a", json!({ "outcome": outcome })).await;
        let id = merchant.post("/refund", &json!({ "transaction": "a" })).await.data()["id"].to_string();
        merchant.advance(3).await;
        let mut receiver = Receiver::of(&merchant).await;
        merchant.advance(3).await;
        let told = receiver.next().await.json();
        assert_eq!((&told["event"], &told["data"]["amount"]), (&json!(event), &json!(5_000)));
        assert_eq!(told["data"]["id"], if has_id { json!(id) } else { Value::Null });
    }
}

#[tokio::test]
async fn a_leap_of_the_clock_tells_every_step() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    let mut receiver = Receiver::of(&merchant).await;
    merchant.post("/refund", &json!({ "transaction": "a" })).await.data();
    merchant.advance(60).await;
    assert_eq!(receiver.events(3).await, ["refund.pending", "refund.processed", "refund.processing"]);
}

#[tokio::test]
async fn a_webhook_is_sent_until_it_is_accepted() {
    let merchant = Merchant::new();
    let mut receiver = Receiver::of(&merchant).await;
    receiver.answer(500);
    merchant.pay("a", json!({})).await;
    let first = receiver.next().await;
    for pause in [180, 180, 180, 180, 3_600, 3_600] {
        merchant.advance(pause - 30).await;
        receiver.nothing().await;
        merchant.advance(31).await;
        let again = receiver.next().await;
        assert_eq!((again.body, again.signature), (first.body.clone(), first.signature.clone()));
    }
    receiver.answer(200);
    merchant.advance(3_601).await;
    receiver.next().await;
    merchant.advance(3_601).await;
    receiver.nothing().await;
    let listed = merchant.get("/_sim/webhooks").await.json();
    assert_eq!(listed[0]["statuses"], json!([500, 500, 500, 500, 500, 500, 500, 200]));
    assert_eq!(
        (&listed[0]["event"], &listed[0]["about"], &listed[0]["due_ms"]),
        (&json!("charge.success"), &json!("a"), &Value::Null)
    );
}

#[tokio::test]
async fn a_webhook_is_repeated() {
    let merchant = Merchant::new();
    let mut receiver = Receiver::of(&merchant).await;
    merchant.pay("a", json!({})).await;
    let first = receiver.next().await;
    merchant.set("webhooks/1/repeat", json!({})).await;
    assert_eq!(receiver.next().await.body, first.body);
    assert_eq!(merchant.control("webhooks/2/repeat", json!({})).await.status, 404);
}

#[tokio::test]
async fn another_secret_signs_if_it_is_given() {
    let merchant = Merchant::new();
    let mut receiver = Receiver::of(&merchant).await;
    merchant.set("webhook", json!({ "url": receiver.url, "secret": "another" })).await;
    merchant.pay("a", json!({})).await;
    let webhook = receiver.next().await;
    assert!(is_signed(&webhook.signature, &webhook.body, "another"));
}

#[tokio::test]
async fn a_wrong_address_is_refused_and_without_one_nothing_is_sent() {
    let merchant = Merchant::new();
    for body in [json!({ "url": "ftp://127.0.0.1/" }), json!({ "url": "http://127.0.0.1/", "key": "x" }), json!({})] {
        assert_eq!(merchant.control("webhook", body).await.status, 422);
    }
    assert_eq!(merchant.get("/_sim/webhook").await.json(), json!(null));
    let target = json!({ "url": "http://127.0.0.1:9/", "secret": null });
    merchant.set("webhook", target.clone()).await;
    assert_eq!(merchant.get("/_sim/webhook").await.json(), target);
    merchant.send(Request::delete("/_sim/webhook").body(Body::empty()).unwrap()).await;
    merchant.pay("a", json!({})).await;
    assert_eq!(merchant.get("/_sim/webhooks").await.json(), json!([]));
}
