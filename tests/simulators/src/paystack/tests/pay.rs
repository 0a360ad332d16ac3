//! Tests of the outcomes of a payment.

use super::{Merchant, asked};
use crate::paystack::wire::with;
use http::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn before_anybody_pays_the_status_is_abandoned() {
    let merchant = Merchant::new();
    merchant.start("a").await.data();
    let data = merchant.verified("a").await;
    let expected = json!({
        "status": "abandoned", "amount": 5_000, "currency": "GHS", "paid_at": null, "fees": null, "authorization": {},
        "gateway_response": "The transaction was not completed", "log": null,
    });
    assert_eq!(with(data.clone(), expected), data);
}

#[tokio::test]
async fn a_payment_with_a_card() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    let data = merchant.verified("a").await;
    assert_eq!(
        (&data["status"], &data["amount"], &data["requested_amount"]),
        (&json!("success"), &json!(5_000), &json!(5_000))
    );
    assert_eq!((&data["channel"], &data["domain"], &data["fees"]), (&json!("card"), &json!("test"), &json!(97)));
    let authorization = &data["authorization"];
    assert_eq!((&authorization["last4"], &authorization["reusable"]), (&json!("4081"), &json!(true)));
    assert_eq!(data["paid_at"], data["paidAt"]);
    assert_eq!(data["paid_at"].as_str().unwrap().len(), "2026-11-27T10:00:00.000Z".len());
    assert_eq!(merchant.verified("a").await, data, "the answer stays the same");
}

#[tokio::test]
async fn a_wallet_is_approved_later() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({ "outcome": "pending", "after_s": 60 })).await;
    let data = merchant.verified("a").await;
    assert_eq!((&data["status"], &data["channel"]), (&json!("pending"), &json!("mobile_money")));
    merchant.advance(30).await;
    assert_eq!(merchant.status("a").await, "pending");
    merchant.advance(31).await;
    let data = merchant.verified("a").await;
    assert_eq!((&data["status"], &data["channel"]), (&json!("success"), &json!("mobile_money")));
    assert_eq!(
        (&data["authorization"]["reusable"], &data["authorization"]["signature"]),
        (&json!(false), &Value::Null)
    );
}

#[tokio::test]
async fn a_wallet_can_be_declined_before_its_approval() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({ "outcome": "pending" })).await;
    merchant.set("pay/a", json!({ "outcome": "failed" })).await;
    merchant.advance(60).await;
    assert_eq!(merchant.status("a").await, "failed");
}

#[tokio::test]
async fn a_declined_payment_can_be_tried_again() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({ "outcome": "failed" })).await;
    let data = merchant.verified("a").await;
    assert_eq!((&data["status"], &data["gateway_response"]), (&json!("failed"), &json!("Declined")));
    assert_eq!((&data["paid_at"], &data["log"]["errors"]), (&Value::Null, &json!(1)));
    merchant.set("pay/a", json!({ "outcome": "abandoned" })).await;
    assert_eq!(merchant.status("a").await, "abandoned");
    merchant.set("pay/a", json!({ "outcome": "success" })).await;
    let data = merchant.verified("a").await;
    assert_eq!((&data["status"], &data["log"]["attempts"]), (&json!("success"), &json!(2)));
}

#[tokio::test]
async fn a_payment_happens_later() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({ "after_s": 30 })).await;
    assert_eq!(merchant.status("a").await, "abandoned");
    merchant.advance(31).await;
    assert_eq!(merchant.status("a").await, "success");
}

#[tokio::test]
async fn the_wrong_money_is_paid() {
    let merchant = Merchant::new();
    for (reference, payment, amount, currency) in [
        ("a", json!({ "outcome": "wrong_amount" }), 2_500, "GHS"),
        ("b", json!({ "outcome": "wrong_amount", "amount": 4_999 }), 4_999, "GHS"),
        ("c", json!({ "outcome": "wrong_currency" }), 5_000, "USD"),
        ("d", json!({ "outcome": "wrong_currency", "currency": "NGN" }), 5_000, "NGN"),
    ] {
        merchant.pay(reference, payment).await;
        let data = merchant.verified(reference).await;
        assert_eq!((&data["status"], &data["requested_amount"]), (&json!("success"), &json!(5_000)));
        assert_eq!((&data["amount"], &data["currency"]), (&json!(amount), &json!(currency)), "{reference}");
    }
}

#[tokio::test]
async fn only_a_payment_is_reversed() {
    let merchant = Merchant::new();
    merchant.start("a").await.data();
    let reversed = json!({ "outcome": "reversed" });
    assert_eq!(merchant.control("pay/a", reversed.clone()).await.status, StatusCode::CONFLICT);
    merchant.set("pay/a", json!({})).await;
    merchant.set("pay/a", reversed.clone()).await;
    assert_eq!(merchant.status("a").await, "reversed");
    for outcome in [reversed, json!({}), json!({ "outcome": "failed" })] {
        assert_eq!(merchant.control("pay/a", outcome).await.status, StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn nothing_is_paid_twice() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    let before = merchant.verified("a").await;
    for outcome in ["success", "failed", "abandoned", "pending", "wrong_amount"] {
        let answer = merchant.control("pay/a", json!({ "outcome": outcome })).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{outcome}");
    }
    assert_eq!(merchant.verified("a").await, before);
}

#[tokio::test]
async fn a_card_has_a_signature_and_each_payment_a_code() {
    let merchant = Merchant::new();
    merchant.pay("a", json!({})).await;
    merchant.pay("b", json!({})).await;
    merchant.pay("c", json!({ "outcome": "refund_fails" })).await;
    let [a, b, c] = [merchant.verified("a").await, merchant.verified("b").await, merchant.verified("c").await];
    assert_eq!(a["authorization"]["signature"], b["authorization"]["signature"]);
    assert_ne!(a["authorization"]["authorization_code"], b["authorization"]["authorization_code"]);
    assert_ne!(a["authorization"]["signature"], c["authorization"]["signature"]);
}

#[tokio::test]
async fn an_unknown_reference_is_not_found() {
    let merchant = Merchant::new();
    let answer = merchant.get("/transaction/verify/nothing").await;
    assert_eq!(answer.refusal(), (400, "Transaction reference not found.".to_owned()));
    assert_eq!(answer.json()["code"], "transaction_not_found");
}

#[tokio::test]
async fn a_percent_sign_in_a_path_is_decoded() {
    let merchant = Merchant::new();
    merchant.post("/transaction/initialize", &asked("a=b")).await.data();
    assert_eq!(merchant.verified("a%3Db").await["reference"], "a=b");
}
