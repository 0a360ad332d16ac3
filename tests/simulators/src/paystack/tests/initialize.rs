//! Tests of starting a payment.

use super::{EMAIL, KEY, Merchant, URL, asked};
use crate::paystack::{router, wire::with};
use axum::body::Body;
use http::Request;
use serde_json::{Value, json};

#[tokio::test]
async fn a_payment_starts_with_an_address() {
    let merchant = Merchant::new();
    let answer = merchant.start("top-up.1").await;
    let (data, message) = (answer.data(), answer.json()["message"].clone());
    assert_eq!((message, &data["reference"]), (json!("Authorization URL created"), &json!("top-up.1")));
    assert_eq!(data["authorization_url"], format!("{URL}/pay/{}", data["access_code"].as_str().unwrap()));
}

#[tokio::test]
async fn a_reference_is_used_once() {
    let merchant = Merchant::new();
    merchant.start("a").await.data();
    let again = merchant.post("/transaction/initialize", &with(asked("a"), json!({ "amount": 9_000 }))).await;
    assert_eq!(again.refusal(), (400, "Duplicate Transaction Reference".to_owned()));
    assert_eq!(
        (&again.json()["code"], &again.json()["type"]),
        (&json!("duplicate_reference"), &json!("validation_error"))
    );
    assert_eq!(merchant.verified("a").await["amount"], 5_000, "the first one is left as it was");
}

#[tokio::test]
async fn a_reference_and_a_currency_are_made_if_they_are_missing() {
    let merchant = Merchant::new();
    let data = merchant.post("/transaction/initialize", &json!({ "email": EMAIL, "amount": "5000" })).await.data();
    let verified = merchant.verified(data["reference"].as_str().unwrap()).await;
    assert_eq!(
        (&verified["currency"], &verified["amount"], &verified["metadata"]),
        (&json!("GHS"), &json!(5_000), &json!(""))
    );
}

#[tokio::test]
async fn what_paystack_refuses_is_refused() {
    let merchant = Merchant::new();
    for (change, message) in [
        (json!({ "email": null }), "Email Address is required"),
        (json!({ "email": "" }), "Email Address is required"),
        (json!({ "email": "ama" }), "Invalid Email Address Passed"),
        (json!({ "email": "ama@example" }), "Invalid Email Address Passed"),
        (json!({ "email": "ama@example.local" }), "Invalid Email Address Passed"),
        (json!({ "email": "a ma@example.com" }), "Invalid Email Address Passed"),
        (json!({ "email": 5 }), "Invalid value of email"),
        (json!({ "amount": null }), "Amount is required"),
        (json!({ "amount": 0 }), "Invalid Amount Sent"),
        (json!({ "amount": -5_000 }), "Invalid Amount Sent"),
        (json!({ "amount": 9 }), "Invalid Amount Sent"),
        (json!({ "amount": 50.5 }), "Invalid Amount Sent"),
        (json!({ "amount": "50.00" }), "Invalid Amount Sent"),
        (json!({ "amount": 4_999, "currency": "NGN" }), "Invalid Amount Sent"),
        (json!({ "amount": 199, "currency": "USD" }), "Invalid Amount Sent"),
        (json!({ "amount": 1_000_000_001 }), "Transaction amount limit exceeded"),
        (json!({ "currency": "EUR" }), "Currency not supported by merchant"),
        (json!({ "currency": "ghs" }), "Currency not supported by merchant"),
        (json!({ "reference": "a_b" }), "Invalid character in transaction reference"),
        (json!({ "reference": "a/b" }), "Invalid character in transaction reference"),
        (json!({ "callback_url": "javascript:alert(1)" }), "Invalid value of callback_url"),
        (json!({ "channels": ["card", "cash"] }), "Invalid value of channels"),
        (json!({ "channels": "card" }), "Invalid value of channels"),
        (json!({ "metadata": [1] }), "Invalid value of metadata"),
        (json!({ "plan": "PLN_1" }), "The simulator does not know plan"),
    ] {
        let answer = merchant.post("/transaction/initialize", &with(asked("a"), change.clone())).await;
        assert_eq!(answer.refusal(), (400, message.to_owned()), "{change}");
    }
    assert_eq!(merchant.get("/_sim/payments").await.json(), json!([]), "nothing was made");
}

#[tokio::test]
async fn a_form_is_read_like_json() {
    let merchant = Merchant::new();
    let request = Request::post("/transaction/initialize").header("authorization", format!("Bearer {KEY}"));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let body = "email=ama%40example.com&amount=5000&reference=f&metadata=%7B%22a+b%22%3A1%7D";
    merchant.send(request.body(Body::from(body)).unwrap()).await.data();
    let verified = merchant.verified("f").await;
    assert_eq!((&verified["metadata"], &verified["customer"]["email"]), (&json!({ "a b": 1 }), &json!(EMAIL)));
}

#[tokio::test]
async fn metadata_comes_back_as_an_object() {
    let merchant = Merchant::new();
    for (reference, sent, read) in [
        ("a", json!({ "user": "usr-1" }), json!({ "user": "usr-1" })),
        ("b", json!("{\"user\":\"usr-1\"}"), json!({ "user": "usr-1" })),
        ("c", json!("words"), json!("words")),
        ("d", Value::Null, json!("")),
    ] {
        merchant.post("/transaction/initialize", &with(asked(reference), json!({ "metadata": sent }))).await.data();
        assert_eq!(merchant.verified(reference).await["metadata"], read);
    }
}

#[tokio::test]
async fn numbers_do_not_fit_into_32_bits_and_are_not_used_again_after_a_start() {
    let merchant = Merchant::new();
    merchant.start("a").await.data();
    assert!(merchant.verified("a").await["id"].as_u64().unwrap() > u64::from(u32::MAX));
    let later = Merchant(router(URL, KEY, 1_795_000_000_000));
    later.start("a").await.data();
    assert!(later.verified("a").await["id"].as_u64().unwrap() > 1_795_000_000_000);
}

#[tokio::test]
async fn a_customer_stays_the_same() {
    let merchant = Merchant::new();
    merchant.start("a").await.data();
    merchant.post("/transaction/initialize", &with(asked("b"), json!({ "email": "AMA@example.com" }))).await.data();
    assert_eq!(merchant.verified("a").await["customer"], merchant.verified("b").await["customer"]);
}
