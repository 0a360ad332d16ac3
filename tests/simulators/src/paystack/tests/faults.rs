//! Tests of the planned faults.

use super::{KEY, Merchant, asked, receiver::Receiver};
use crate::paystack::codes;
use http::StatusCode;
use serde_json::json;
use std::time::Instant;

#[tokio::test]
async fn initialize_fails_before_or_after_a_transaction_is_made() {
    for (fault, status, made) in [
        ("initialize_timeout_before", 504, false),
        ("initialize_timeout_after", 200, true),
        ("initialize_502_html", 502, false),
        ("initialize_502_after", 502, true),
    ] {
        let merchant = Merchant::new();
        merchant.set("plan", json!({ "fault": fault, "seconds": 1 })).await;
        let began = Instant::now();
        let answer = merchant.start("a").await;
        assert_eq!(answer.status.as_u16(), status, "{fault}");
        assert!(began.elapsed().as_millis() >= 1_000 || !fault.contains("timeout"), "{fault}");
        assert_eq!(answer.body.starts_with("<html>"), status != 200, "{fault}");
        assert_eq!(merchant.get("/transaction/verify/a").await.status.is_success(), made, "{fault}");
        let again = merchant.start("a").await.status;
        assert_eq!(again, if made { StatusCode::BAD_REQUEST } else { StatusCode::OK }, "{fault}");
    }
}

#[tokio::test]
async fn the_webhook_is_faster_than_the_answer() {
    let merchant = Merchant::new();
    let mut receiver = Receiver::of(&merchant).await;
    merchant.plan("webhook_before_answer").await;
    merchant.start("a").await.data();
    let statuses = merchant.get("/_sim/webhooks").await.json()[0]["statuses"].clone();
    assert_eq!(statuses, json!([200]), "it was answered before the call was");
    assert_eq!(receiver.next().await.event(), "charge.success");
    assert_eq!(merchant.status("a").await, "success");
}

#[tokio::test]
async fn verification_fails() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    let path = "/transaction/verify/a";
    merchant.plan("verify_502").await;
    let answer = merchant.get(path).await;
    assert_eq!((answer.status, answer.body.starts_with("<html>")), (StatusCode::BAD_GATEWAY, true));
    merchant.plan("verify_malformed").await;
    let answer = merchant.get(path).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/json"));
    assert!(serde_json::from_str::<serde_json::Value>(&answer.body).is_err());
    merchant.set("plan", json!({ "fault": "verify_timeout", "seconds": 1 })).await;
    let began = Instant::now();
    merchant.get(path).await.data();
    assert!(began.elapsed().as_millis() >= 1_000);
    merchant.get(path).await.data();
}

#[tokio::test]
async fn a_refund_is_made_or_not_although_its_answer_is_lost() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    let body = json!({ "transaction": "a" });
    merchant.plan("refund_502").await;
    assert_eq!(merchant.post("/refund", &body).await.status, StatusCode::BAD_GATEWAY);
    assert_eq!(merchant.payment("a").await["refunds"], json!([]));
    merchant.set("plan", json!({ "fault": "refund_timeout_after", "seconds": 1 })).await;
    let began = Instant::now();
    merchant.post("/refund", &body).await.data();
    assert!(began.elapsed().as_millis() >= 1_000);
    assert_eq!(merchant.payment("a").await["refunds"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_saved_card_is_charged_or_not_although_its_answer_is_lost() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    let code = merchant.verified("a").await["authorization"]["authorization_code"].clone();
    let mut body = asked("b");
    body["authorization_code"] = code;
    merchant.plan("charge_502").await;
    let path = "/transaction/charge_authorization";
    assert_eq!(merchant.post(path, &body).await.status, StatusCode::BAD_GATEWAY);
    assert_eq!(merchant.get("/transaction/verify/b").await.refusal().0, 400);
    merchant.set("plan", json!({ "fault": "charge_timeout_after", "seconds": 1, "reference": "b" })).await;
    let began = Instant::now();
    merchant.post(path, &body).await.data();
    assert!(began.elapsed().as_millis() >= 1_000);
    assert_eq!(merchant.status("b").await, "success");
}

#[tokio::test]
async fn any_call_is_throttled_or_unauthorized() {
    let merchant = Merchant::new();
    merchant.set("plan", json!({ "fault": "throttled", "seconds": 7, "times": 2 })).await;
    for _ in 0..2 {
        let answer = merchant.start("a").await;
        assert_eq!((answer.refusal().0, answer.header("retry-after")), (429, "7"));
    }
    merchant.start("a").await.data();
    merchant.plan("unauthorized").await;
    assert_eq!(merchant.get("/refund").await.refusal(), (401, "Invalid key".to_owned()));
    merchant.get("/refund").await.json();
}

#[tokio::test]
async fn a_fault_is_for_its_payment() {
    let merchant = Merchant::new();
    merchant.set("plan", json!({ "fault": "initialize_502_html", "reference": "b" })).await;
    merchant.set("plan", json!({ "fault": "throttled", "reference": "b" })).await;
    merchant.start("a").await.data();
    merchant.verified("a").await;
    assert_eq!(merchant.start("b").await.status, StatusCode::BAD_GATEWAY);
    merchant.start("b").await.data();
    assert_eq!(merchant.get("/transaction/verify/b").await.refusal().0, 429);
    merchant.verified("b").await;
}

#[tokio::test]
async fn webhooks_are_lost_late_doubled_or_forged() {
    let merchant = Merchant::new();
    let mut receiver = Receiver::of(&merchant).await;
    merchant.plan("webhook_never").await;
    merchant.pay("a", json!({})).await;
    receiver.nothing().await;
    merchant.set("plan", json!({ "fault": "webhook_late", "seconds": 60 })).await;
    merchant.pay("b", json!({})).await;
    receiver.nothing().await;
    merchant.advance(61).await;
    assert_eq!(receiver.next().await.json()["data"]["reference"], "b");
    merchant.plan("webhook_twice").await;
    merchant.pay("c", json!({})).await;
    assert_eq!(receiver.next().await.body, receiver.next().await.body);
    merchant.plan("webhook_wrong_signature").await;
    merchant.pay("d", json!({})).await;
    let forged = receiver.next().await;
    assert_ne!(forged.signature, codes::signature(KEY, &forged.body));
    merchant.pay("e", json!({})).await;
    let right = receiver.next().await;
    assert_eq!(right.signature, codes::signature(KEY, &right.body));
    receiver.nothing().await;
}

#[tokio::test]
async fn a_fault_is_for_its_event() {
    let merchant = Merchant::new();
    let mut receiver = Receiver::of(&merchant).await;
    merchant.set("plan", json!({ "fault": "webhook_never", "event": "refund.processed", "reference": "a" })).await;
    merchant.pay("a", json!({})).await;
    merchant.post("/refund", &json!({ "transaction": "a" })).await.data();
    merchant.advance(10).await;
    assert_eq!(receiver.events(3).await, ["charge.success", "refund.pending", "refund.processing"]);
    receiver.nothing().await;
}
