//! Tests of payments with a saved method, without the person.

use super::Stripe;
use http::StatusCode;
use serde_json::{Value, json};

const INTENTS: &str = "/v1/payment_intents";
const SAVES: [(&str, &str); 2] =
    [("customer_creation", "always"), ("payment_intent_data[setup_future_usage]", "off_session")];

/// Pays a session, which saves the method. Returns customer and method.
async fn saved(stripe: &Stripe, reference: &str, outcome: &str) -> (String, String) {
    stripe.session_with(reference, &SAVES).await;
    let paid = stripe.pay(reference, outcome).await;
    let intent =
        stripe.read(&format!("{INTENTS}/{}?expand[]=payment_method", paid["payment_intent"].as_str().unwrap())).await;
    assert_eq!((&intent["setup_future_usage"], &intent["customer"]), (&json!("off_session"), &paid["customer"]));
    assert_eq!(intent["payment_method"]["customer"], paid["customer"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&paid["customer"]), text(&intent["payment_method"]["id"]))
}

fn later<'a>(customer: &'a str, method: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("amount", "700"),
        ("currency", "usd"),
        ("customer", customer),
        ("payment_method", method),
        ("off_session", "true"),
        ("confirm", "true"),
    ]
}

#[tokio::test]
async fn a_saved_card_pays_again() {
    let stripe = Stripe::new();
    let (customer, method) = saved(&stripe, "ref", "success").await;
    let fields = [&later(&customer, &method)[..], &[("metadata[user]", "u1"), ("expand[]", "latest_charge")]].concat();
    let answer = stripe.post(INTENTS, &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let intent = answer.json();
    assert_eq!((&intent["status"], &intent["amount_received"]), (&json!("succeeded"), &json!(700)));
    assert_eq!((&intent["latest_charge"]["customer"], &intent["metadata"]["user"]), (&json!(customer), &json!("u1")));
    assert_eq!(stripe.events().await[3..], ["charge.succeeded", "payment_intent.succeeded"]);
    let id = intent["id"].as_str().unwrap();
    stripe.set(&format!("dispute/{id}"), json!({ "state": "created" })).await;
    let listed = stripe.read(&format!("{INTENTS}?customer={customer}")).await;
    assert_eq!(listed["data"].as_array().unwrap().len(), 2);
    assert_eq!(stripe.read(&format!("/v1/customers/{customer}")).await["email"], "jenny.rosen@example.com");
}

#[tokio::test]
async fn a_saved_card_may_be_refused_later() {
    let stripe = Stripe::new();
    for (outcome, code, reason) in [
        ("success_then_declined", "card_declined", "generic_decline"),
        ("success_then_authentication", "authentication_required", "authentication_required"),
    ] {
        let (customer, method) = saved(&stripe, outcome, outcome).await;
        let answer = stripe.post(INTENTS, &later(&customer, &method)).await;
        let error = answer.error();
        assert_eq!((answer.status, &error["type"]), (StatusCode::PAYMENT_REQUIRED, &json!("card_error")));
        assert_eq!((&error["code"], &error["decline_code"]), (&json!(code), &json!(reason)));
        let intent = stripe.read(&format!("{INTENTS}/{}", error["payment_intent"]["id"].as_str().unwrap())).await;
        assert_eq!(
            (&intent["status"], &intent["last_payment_error"]["code"]),
            (&json!("requires_payment_method"), &json!(code))
        );
    }
}

#[tokio::test]
async fn a_saved_debit_is_settled_later() {
    let stripe = Stripe::new();
    let (customer, method) = saved(&stripe, "ref", "async_success").await;
    let intent = stripe.post(INTENTS, &later(&customer, &method)).await.json();
    assert_eq!(intent["status"], "processing");
    stripe.set("clock", json!({ "advance_s": 11 })).await;
    let path = format!("{INTENTS}/{}", intent["id"].as_str().unwrap());
    assert_eq!(stripe.read(&path).await["status"], "succeeded");
}

#[tokio::test]
async fn only_a_saved_method_of_the_customer_pays() {
    let stripe = Stripe::new();
    let (customer, method) = saved(&stripe, "ref", "success").await;
    let (other, _) = saved(&stripe, "other", "success").await;
    stripe.session("once").await;
    let once = stripe.pay("once", "success").await;
    let once = stripe.read(&format!("{INTENTS}/{}", once["payment_intent"].as_str().unwrap())).await;
    assert_eq!(once["customer"], Value::Null);
    let used = once["payment_method"].as_str().unwrap().to_owned();
    for (change, words) in [
        (("payment_method", used.as_str()), "It may not be used again."),
        (("customer", other.as_str()), "The customer does not have a payment method with the ID"),
        (("customer", "cus_x"), "No such customer: 'cus_x'"),
        (("payment_method", "pm_x"), "No such PaymentMethod: 'pm_x'"),
        (("confirm", "false"), "cannot be passed when creating a PaymentIntent unless `confirm`"),
        (("confirm", "yes"), "Invalid boolean: yes"),
        (("amount", "49"), "Amount must be at least $0.50 usd"),
        (("amount", "9223372036854775807"), "Amount must be no more than $999999.99"),
        (("amount", "100000000"), "Amount must be no more than $999999.99"),
        (("currency", "ghs"), "Invalid currency: ghs."),
        (("colour", "red"), "Received unknown parameter: colour"),
        (("payment_method_types[]", "card"), "no longer supported"),
    ] {
        let answer = stripe.post(INTENTS, &super::with(&later(&customer, &method), &[change])).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{change:?}");
        assert!(answer.error()["message"].as_str().unwrap().contains(words), "{}", answer.body);
    }
    let without =
        |name| later(&customer, &method).into_iter().filter(move |(other, _)| *other != name).collect::<Vec<_>>();
    for (name, words) in [
        ("customer", "belongs to the Customer"),
        ("payment_method", "missing a payment method"),
        ("amount", "Missing required param: amount."),
        ("currency", "Missing required param: currency."),
    ] {
        let answer = stripe.post(INTENTS, &without(name)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{name}");
        assert!(answer.error()["message"].as_str().unwrap().contains(words), "{}", answer.body);
    }
    let unconfirmed = stripe.post(INTENTS, &[("amount", "100"), ("currency", "eur")]).await.json();
    assert_eq!(unconfirmed["status"], "requires_payment_method");
}
