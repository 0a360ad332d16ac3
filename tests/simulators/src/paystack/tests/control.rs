//! Tests of `/_sim`.

use super::{EMAIL, Merchant, URL, receiver::Receiver};
use http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn a_payment_is_shown_with_everything_that_became_of_it() {
    let merchant = Merchant::new();
    let page = merchant.started("a").await;
    let paid = merchant.control("pay/a", json!({})).await;
    assert_eq!((paid.status, paid.json()), (StatusCode::OK, merchant.payment("a").await));
    merchant.post("/refund", &json!({ "transaction": "a", "amount": 1_000 })).await.data();
    merchant.set("dispute/a", json!({ "state": "create" })).await;
    let shown = merchant.payment("a").await;
    assert_eq!((&shown["url"], &shown["email"]), (&json!(format!("{URL}{page}")), &json!(EMAIL)));
    assert_eq!((&shown["amount"], &shown["currency"]), (&json!(5_000), &json!("GHS")));
    assert_eq!((&shown["refunds"][0]["amount"], &shown["refunds"][0]["status"]), (&json!(1_000), &json!("pending")));
    assert_eq!(
        (&shown["disputes"][0]["status"], &shown["disputes"][0]["amount"]),
        (&json!("awaiting-merchant-feedback"), &json!(4_000))
    );
    assert_eq!(merchant.get("/_sim/payments").await.json(), json!([shown]));
}

#[tokio::test]
async fn an_unknown_payment_is_not_found() {
    let merchant = Merchant::new();
    assert_eq!(merchant.get("/_sim/payments/a").await.status, StatusCode::NOT_FOUND);
    assert_eq!(merchant.control("pay/a", json!({})).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn wrong_requests_are_refused() {
    let merchant = Merchant::new();
    merchant.start("a").await.data();
    for (path, body) in [
        ("pay/a", json!({ "outcome": "won" })),
        ("pay/a", json!({ "outcome": "success", "why": 1 })),
        ("pay/a", json!({ "amount": -1 })),
        ("plan", json!({ "fault": "no_such_fault" })),
        ("plan", json!({ "fault": "verify_502", "email": EMAIL })),
        ("fault", json!({ "up": true })),
        ("clock", json!({ "offset": 1 })),
    ] {
        assert_eq!(
            merchant.control(path, body.clone()).await.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{path} {body}"
        );
    }
    assert_eq!(merchant.status("a").await, "abandoned");
}

#[tokio::test]
async fn the_clock_is_moved() {
    let merchant = Merchant::new();
    let before = merchant.get("/_sim/clock").await.json()["now_ms"].as_i64().unwrap();
    merchant.set("clock", json!({ "set_offset_s": 3_600 })).await;
    merchant.advance(60).await;
    let after = merchant.get("/_sim/clock").await.json();
    assert_eq!(after["offset_s"], 3_660);
    assert!((3_660_000..3_720_000).contains(&(after["now_ms"].as_i64().unwrap() - before)));
}

#[tokio::test]
async fn a_reset_forgets_all_but_the_address_and_the_numbers() {
    let merchant = Merchant::new();
    let mut receiver = Receiver::of(&merchant).await;
    merchant.pay("a", json!({})).await;
    receiver.next().await;
    let before = merchant.verified("a").await["id"].as_u64().unwrap();
    merchant.plan("verify_502").await;
    merchant.advance(99).await;
    merchant.set("reset", json!({})).await;
    for path in ["payments", "webhooks", "calls"] {
        assert_eq!(merchant.get(&format!("/_sim/{path}")).await.json(), json!([]), "{path}");
    }
    assert_eq!(merchant.get("/_sim/clock").await.json()["offset_s"], 0);
    merchant.pay("a", json!({})).await;
    assert!(merchant.verified("a").await["id"].as_u64().unwrap() > before);
    receiver.next().await;
}
