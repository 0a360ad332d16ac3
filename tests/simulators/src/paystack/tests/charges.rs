//! Tests of charging a saved card.

use super::{EMAIL, Merchant};
use crate::paystack::wire::with;
use serde_json::{Value, json};

const PATH: &str = "/transaction/charge_authorization";

/// A charge of GHS 20.00 by the card of the payment `first`.
async fn charge(merchant: &Merchant, reference: &str) -> Value {
    let first = merchant.verified("first").await;
    let code = first["authorization"]["authorization_code"].clone();
    json!({ "email": EMAIL, "amount": 2_000, "currency": "GHS", "authorization_code": code, "reference": reference })
}

#[tokio::test]
async fn a_saved_card_is_charged() {
    let merchant = Merchant::new();
    merchant.pay("first", json!({})).await;
    let answer = merchant.post(PATH, &charge(&merchant, "second").await).await;
    let data = answer.data();
    assert_eq!((&answer.json()["message"], &data["status"]), (&json!("Charge attempted"), &json!("success")));
    assert_eq!(
        (&data["amount"], &data["metadata"], &data["gateway_response"]),
        (&json!(2_000), &json!(""), &json!("Approved"))
    );
    let (first, second) = (merchant.verified("first").await, merchant.verified("second").await);
    assert_eq!((&second["status"], &second["authorization"]), (&json!("success"), &first["authorization"]));
    assert_ne!(first["id"], second["id"]);
}

#[tokio::test]
async fn a_refused_charge_leaves_its_reference_free() {
    let merchant = Merchant::new();
    merchant.pay("first", json!({})).await;
    let good = charge(&merchant, "second").await;
    let foreign = "Email does not match Authorization code. Authorization may be inactive or belong to a different \
                   email. Please confirm.";
    for (change, message) in [
        (json!({ "authorization_code": "AUTH_nothing" }), "Authorization code is invalid"),
        (json!({ "authorization_code": null }), "Authorization code is required"),
        (json!({ "email": "kofi@example.com" }), foreign),
        (json!({ "currency": "EUR" }), "Currency not supported by merchant"),
        (json!({ "amount": 1 }), "Invalid Amount Sent"),
        (json!({ "reference": "first" }), "Duplicate Transaction Reference"),
    ] {
        let refusal = merchant.post(PATH, &with(good.clone(), change)).await.refusal();
        assert_eq!(refusal, (400, message.to_owned()));
    }
    merchant.post(PATH, &good).await.data();
    assert_eq!(merchant.post(PATH, &good).await.refusal().1, "Duplicate Transaction Reference");
}

#[tokio::test]
async fn a_wallet_is_not_charged_again() {
    let merchant = Merchant::new();
    merchant.pay("first", json!({ "channel": "mobile_money" })).await;
    let refusal = merchant.post(PATH, &charge(&merchant, "second").await).await.refusal();
    assert!(refusal.1.starts_with("Email does not match"), "{refusal:?}");
}

#[tokio::test]
async fn a_declined_charge_is_a_transaction() {
    let merchant = Merchant::new();
    merchant.pay("first", json!({})).await;
    merchant.plan("charge_declined").await;
    let data = merchant.post(PATH, &charge(&merchant, "second").await).await.data();
    assert_eq!((&data["status"], &data["fees"]), (&json!("failed"), &Value::Null));
    assert_eq!(merchant.status("second").await, "failed");
    let again = merchant.post(PATH, &charge(&merchant, "second").await).await;
    assert_eq!(again.refusal().1, "Duplicate Transaction Reference");
    merchant.post(PATH, &charge(&merchant, "third").await).await.data();
    assert_eq!(merchant.status("third").await, "success");
}

#[tokio::test]
async fn refunds_of_a_saved_card_end_as_those_of_its_first_payment() {
    let merchant = Merchant::new();
    merchant.pay("first", json!({ "outcome": "refund_fails" })).await;
    merchant.post(PATH, &charge(&merchant, "second").await).await.data();
    merchant.post("/refund", &json!({ "transaction": "second" })).await.data();
    merchant.advance(10).await;
    assert_eq!(merchant.payment("second").await["refunds"][0]["status"], "failed");
}
