//! Tests of payments and of what follows from them.

use super::{SESSIONS, Stripe};
use http::StatusCode;
use serde_json::{Value, json};

const EXPANDED: &str = "expand[]=payment_intent&expand[]=payment_intent.latest_charge.balance_transaction";

async fn session(stripe: &Stripe, reference: &str) -> Value {
    let shown = stripe.read("/v1/checkout/sessions?limit=100").await;
    let mut sessions = shown["data"].as_array().unwrap().iter();
    let id = sessions.find(|one| one["client_reference_id"] == reference).unwrap()["id"].clone();
    stripe.read(&format!("{SESSIONS}/{}?{EXPANDED}", id.as_str().unwrap())).await
}

#[tokio::test]
async fn a_paid_session_has_intent_charge_and_money() {
    let stripe = Stripe::new();
    let more = [
        ("customer_email", "ama@example.com"),
        ("payment_intent_data[metadata][user]", "u1"),
        ("payment_intent_data[description]", "Credits for u1"),
    ];
    stripe.session_with("ref", &more).await;
    let paid = stripe.pay("ref", "success").await;
    assert_eq!(
        (&paid["reference"], &paid["status"], &paid["payment_status"]),
        (&json!("ref"), &json!("complete"), &json!("paid"))
    );
    let session = session(&stripe, "ref").await;
    assert_eq!((&session["status"], &session["payment_status"]), (&json!("complete"), &json!("paid")));
    assert_eq!((&session["url"], &session["customer_details"]["email"]), (&Value::Null, &json!("ama@example.com")));
    let intent = &session["payment_intent"];
    assert_eq!((&intent["status"], &intent["amount_received"]), (&json!("succeeded"), &json!(1000)));
    assert_eq!((&intent["metadata"]["user"], &intent["description"]), (&json!("u1"), &json!("Credits for u1")));
    let charge = &intent["latest_charge"];
    assert_eq!(
        (&charge["status"], &charge["paid"], &charge["amount"]),
        (&json!("succeeded"), &json!(true), &json!(1000))
    );
    assert_eq!((&charge["payment_intent"], &charge["metadata"]), (&intent["id"], &intent["metadata"]));
    assert_eq!(charge["payment_method_details"]["card"]["last4"], "4242");
    let money = &charge["balance_transaction"];
    assert_eq!((&money["amount"], &money["fee"], &money["net"]), (&json!(1000), &json!(59), &json!(941)));
    assert_eq!((&money["type"], &money["source"]), (&json!("charge"), &charge["id"]));
    let events = ["charge.succeeded", "payment_intent.succeeded", "checkout.session.completed"];
    assert_eq!(stripe.events().await, events);
    let again = stripe.control("pay/ref", json!({})).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn another_currency_is_settled_in_dollars() {
    let stripe = Stripe::new();
    let more = [("line_items[0][price_data][currency]", "ngn"), ("line_items[0][price_data][unit_amount]", "1000000")];
    stripe.session_with("ref", &more).await;
    stripe.pay("ref", "success").await;
    let charge = session(&stripe, "ref").await["payment_intent"]["latest_charge"].clone();
    let money = &charge["balance_transaction"];
    assert_eq!(
        (&charge["currency"], &money["currency"], &money["amount"]),
        (&json!("ngn"), &json!("usd"), &json!(1300))
    );
    assert_eq!(money["exchange_rate"], json!(0.00065));
}

#[tokio::test]
async fn a_declined_card_leaves_the_session_open() {
    let stripe = Stripe::new();
    stripe.session("ref").await;
    for (outcome, reason, last4) in
        [("failed", "generic_decline", "0002"), ("insufficient_funds", "insufficient_funds", "9995")]
    {
        let paid = stripe.pay("ref", outcome).await;
        assert_eq!((&paid["status"], &paid["payment_status"]), (&json!("open"), &json!("unpaid")));
        let session = session(&stripe, "ref").await;
        let (intent, charge) = (&session["payment_intent"], &session["payment_intent"]["latest_charge"]);
        assert_eq!(intent["status"], "requires_payment_method");
        assert_eq!(
            (&intent["last_payment_error"]["code"], &intent["last_payment_error"]["decline_code"]),
            (&json!("card_declined"), &json!(reason))
        );
        assert_eq!(
            (&charge["status"], &charge["paid"], &charge["captured"]),
            (&json!("failed"), &json!(false), &json!(false))
        );
        assert_eq!((&charge["outcome"]["reason"], &charge["failure_code"]), (&json!(reason), &json!("card_declined")));
        assert_eq!(charge["payment_method_details"]["card"]["last4"], last4);
        assert_eq!(charge["balance_transaction"], Value::Null);
    }
    let first = session(&stripe, "ref").await["payment_intent"]["id"].clone();
    stripe.pay("ref", "success").await;
    let last = session(&stripe, "ref").await["payment_intent"].clone();
    assert_eq!(
        (&last["id"], &last["last_payment_error"], &last["status"]),
        (&first, &Value::Null, &json!("succeeded"))
    );
    assert_eq!(stripe.read("/v1/charges").await["data"].as_array().unwrap().len(), 3);
    let failed = ["charge.failed", "payment_intent.payment_failed"];
    assert_eq!(stripe.events().await[..4], [failed, failed].concat());
}

#[tokio::test]
async fn a_declined_intent_ends_with_its_session() {
    let stripe = Stripe::new();
    stripe.session("ref").await;
    stripe.pay("ref", "failed").await;
    stripe.pay("ref", "expired").await;
    let session = session(&stripe, "ref").await;
    assert_eq!((&session["status"], &session["payment_intent"]["status"]), (&json!("expired"), &json!("canceled")));
    assert_eq!(stripe.events().await[2..], ["payment_intent.canceled", "checkout.session.expired"]);
}

#[tokio::test]
async fn a_bank_answers_later() {
    for (outcome, state, intent_state, end) in [
        ("async_success", "paid", "succeeded", "checkout.session.async_payment_succeeded"),
        ("async_failed", "unpaid", "requires_payment_method", "checkout.session.async_payment_failed"),
    ] {
        let stripe = Stripe::new();
        stripe.session("ref").await;
        stripe.set("pay/ref", json!({ "outcome": outcome, "after_s": 3_600 })).await;
        let waiting = session(&stripe, "ref").await;
        assert_eq!((&waiting["status"], &waiting["payment_status"]), (&json!("complete"), &json!("unpaid")));
        let intent = &waiting["payment_intent"];
        assert_eq!((&intent["status"], &intent["latest_charge"]["status"]), (&json!("processing"), &json!("pending")));
        assert_eq!(intent["amount_received"], 0);
        assert_eq!(
            stripe.events().await,
            ["charge.pending", "payment_intent.processing", "checkout.session.completed"]
        );
        assert_eq!(stripe.control("pay/ref", json!({})).await.status, StatusCode::CONFLICT);
        stripe.set("clock", json!({ "advance_s": 3_590 })).await;
        assert_eq!(stripe.events().await.len(), 3, "not yet");
        stripe.set("clock", json!({ "advance_s": 20 })).await;
        let ended = session(&stripe, "ref").await;
        assert_eq!((&ended["status"], &ended["payment_status"]), (&json!("complete"), &json!(state)));
        assert_eq!(ended["payment_intent"]["status"], intent_state);
        assert_eq!(stripe.events().await.last().unwrap(), end);
    }
}

#[tokio::test]
async fn a_session_is_paid_only_by_what_it_offers() {
    let stripe = Stripe::new();
    stripe.session_with("cards", &[("allowed_payment_method_types[]", "card")]).await;
    stripe.session_with("debits", &[("excluded_payment_method_types[]", "card")]).await;
    for (reference, outcome) in [("cards", "async_success"), ("debits", "success")] {
        let answer = stripe.control(&format!("pay/{reference}"), json!({ "outcome": outcome })).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{reference}");
    }
    assert_eq!(stripe.control("pay/nobody", json!({})).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_wrong_price_is_wrong_everywhere() {
    let stripe = Stripe::new();
    for (at, (body, amount, currency)) in [
        (json!({ "outcome": "wrong_amount" }), 500, "usd"),
        (json!({ "outcome": "wrong_amount", "amount": 999 }), 999, "usd"),
        (json!({ "outcome": "wrong_currency" }), 1000, "eur"),
        (json!({ "amount": 1, "currency": "zar" }), 1, "zar"),
        (json!({ "outcome": "wrong_currency", "currency": "ngn" }), 1000, "ngn"),
    ]
    .into_iter()
    .enumerate()
    {
        let reference = format!("ref-{at}");
        stripe.session(&reference).await;
        stripe.set(&format!("pay/{reference}"), body).await;
        let session = session(&stripe, &reference).await;
        let (intent, charge) = (&session["payment_intent"], &session["payment_intent"]["latest_charge"]);
        for amounts in [&session["amount_total"], &intent["amount"], &intent["amount_received"], &charge["amount"]] {
            assert_eq!(*amounts, amount);
        }
        for currencies in [&session["currency"], &intent["currency"], &charge["currency"]] {
            assert_eq!(*currencies, currency);
        }
        assert_eq!(session["payment_status"], "paid");
    }
    stripe.session("ref").await;
    for body in [
        json!({ "outcome": "wrong_currency", "currency": "ghs" }),
        json!({ "outcome": "wrong_amount", "amount": 0 }),
        json!({ "outcome": "won" }),
        json!({ "amounts": 1 }),
    ] {
        assert_eq!(stripe.control("pay/ref", body).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
