//! Tests of disputes.

use super::{Answer, Merchant, receiver::Receiver};
use http::StatusCode;
use serde_json::{Value, json};

async fn step(merchant: &Merchant, state: &str) -> Answer {
    merchant.control("dispute/a", json!({ "state": state })).await
}

#[tokio::test]
async fn a_dispute_is_opened_and_won() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    let shown = step(&merchant, "create").await.json();
    let id = shown["disputes"][0]["id"].clone();
    let dispute = merchant.get(&format!("/dispute/{id}")).await.data();
    assert_eq!((&dispute["status"], &dispute["resolution"]), (&json!("awaiting-merchant-feedback"), &Value::Null));
    assert_eq!((&dispute["refund_amount"], &dispute["transaction"]["reference"]), (&json!(5_000), &json!("a")));
    assert_eq!((&dispute["bin"], &dispute["last4"]), (&json!("408408"), &json!("4081")));
    assert_eq!(merchant.status("a").await, "success");
    step(&merchant, "won").await.json();
    let dispute = merchant.get(&format!("/dispute/{id}")).await.data();
    assert_eq!((&dispute["status"], &dispute["resolution"]), (&json!("resolved"), &json!("declined")));
    assert_eq!(merchant.status("a").await, "success");
}

#[tokio::test]
async fn a_lost_dispute_takes_the_money() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    merchant.post("/refund", &json!({ "transaction": "a", "amount": 2_000 })).await.data();
    merchant.advance(10).await;
    step(&merchant, "create").await.json();
    let shown = step(&merchant, "lost").await.json();
    assert_eq!((&shown["status"], &shown["disputes"][0]["amount"]), (&json!("reversed"), &json!(3_000)));
    assert_eq!(shown["disputes"][0]["resolution"], "merchant-accepted");
    let refusal = merchant.post("/refund", &json!({ "transaction": "a", "amount": 100 })).await.refusal();
    assert_eq!(refusal.1, "Transaction has been fully reversed");
}

#[tokio::test]
async fn only_a_payment_has_a_dispute_and_one_at_a_time() {
    let merchant = Merchant::new();
    assert_eq!(step(&merchant, "create").await.status, StatusCode::NOT_FOUND);
    merchant.start("a").await.data();
    assert_eq!(step(&merchant, "create").await.status, StatusCode::CONFLICT);
    merchant.set("pay/a", json!({})).await;
    for state in ["remind", "won", "lost"] {
        assert_eq!(step(&merchant, state).await.status, StatusCode::CONFLICT, "{state}");
    }
    assert_eq!(step(&merchant, "create").await.status, StatusCode::OK);
    assert_eq!(step(&merchant, "create").await.status, StatusCode::CONFLICT);
    assert_eq!(step(&merchant, "remind").await.status, StatusCode::OK);
    assert_eq!(step(&merchant, "lost").await.status, StatusCode::OK);
    assert_eq!(step(&merchant, "won").await.status, StatusCode::CONFLICT);
    assert_eq!(step(&merchant, "create").await.status, StatusCode::CONFLICT, "there is no money left");
    assert_eq!(step(&merchant, "opened").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_was_refunded_is_not_disputed() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    merchant.post("/refund", &json!({ "transaction": "a" })).await.data();
    assert_eq!(step(&merchant, "create").await.status, StatusCode::CONFLICT);
    merchant.advance(10).await;
    assert_eq!(step(&merchant, "create").await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_merchant_is_told_of_each_step() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    let mut receiver = Receiver::of(&merchant).await;
    for (state, event) in
        [("create", "charge.dispute.create"), ("remind", "charge.dispute.remind"), ("lost", "charge.dispute.resolve")]
    {
        step(&merchant, state).await.json();
        let told = receiver.next().await.json();
        assert_eq!((&told["event"], &told["data"]["transaction"]["reference"]), (&json!(event), &json!("a")));
        assert!(told["data"]["created_at"].is_string() && told["data"]["createdAt"].is_null());
        let (status, payment) =
            if state == "lost" { ("resolved", "reversed") } else { ("awaiting-merchant-feedback", "success") };
        assert_eq!(
            (&told["data"]["status"], &told["data"]["transaction"]["status"]),
            (&json!(status), &json!(payment))
        );
    }
}

#[tokio::test]
async fn an_unknown_dispute_is_not_found() {
    let merchant = Merchant::new();
    assert_eq!(merchant.get("/dispute/1").await.refusal(), (404, "Entity not found".to_owned()));
}
