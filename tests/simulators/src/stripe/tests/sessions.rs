//! Tests of checkout sessions before they are paid.

use super::{BASE, SESSIONS, Stripe, order, with};
use http::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn a_session_is_what_was_asked_for() {
    let stripe = Stripe::new();
    let more = [
        ("line_items[1][price_data][currency]", "usd"),
        ("line_items[1][price_data][unit_amount]", "25"),
        ("line_items[1][price_data][product_data][name]", "Fee"),
        ("line_items[1][quantity]", "1"),
        ("metadata[user]", "u 1&2"),
        ("customer_email", "ama@example.com"),
        ("payment_intent_data[metadata][user]", "u1"),
        ("expand[]", "line_items"),
    ];
    let session = stripe.session_with("ref-1", &more).await;
    let id = session["id"].as_str().unwrap();
    assert!(id.starts_with("cs_test_a1") && id.len() == 66, "{id}");
    assert_eq!(session["url"], format!("{BASE}/c/pay/{id}"));
    for (field, value) in [
        ("amount_subtotal", json!(1025)),
        ("amount_total", json!(1025)),
        ("client_reference_id", json!("ref-1")),
        ("currency", json!("usd")),
        ("customer_email", json!("ama@example.com")),
        ("metadata", json!({ "user": "u 1&2" })),
        ("mode", json!("payment")),
        ("payment_intent", Value::Null),
        ("payment_method_types", json!(["card", "us_bank_account"])),
        ("payment_status", json!("unpaid")),
        ("status", json!("open")),
    ] {
        assert_eq!(session[field], value, "{field}");
    }
    let lines = &session["line_items"]["data"];
    assert_eq!((&lines[0]["quantity"], &lines[1]["price"]["unit_amount"]), (&json!(2), &json!(25)));
    let created = session["created"].as_i64().unwrap();
    assert_eq!(session["expires_at"], created + 86_400);
    let read = stripe.read(&format!("{SESSIONS}/{id}?expand[]=line_items")).await;
    assert_eq!(read, session);
    assert_eq!(stripe.read(&format!("{SESSIONS}/{id}")).await.get("line_items"), None);
}

#[tokio::test]
async fn amounts_and_currencies_have_limits() {
    let stripe = Stripe::new();
    for (currency, least) in [("usd", 25), ("eur", 25), ("gbp", 15), ("zar", 455), ("ngn", 38_462), ("kes", 3_247)] {
        let ask = async |unit: i64| {
            let unit = unit.to_string();
            let others = [
                ("line_items[0][price_data][currency]", currency),
                ("line_items[0][price_data][unit_amount]", unit.as_str()),
            ];
            stripe.post(SESSIONS, &with(&order(), &others)).await
        };
        let small = ask(least - 2).await;
        assert_eq!(small.refusal().1, "amount_too_small", "{currency}: {}", small.body);
        assert_eq!(ask(least).await.status, StatusCode::OK, "{currency}");
        assert_eq!(ask(50_000_000).await.refusal().1, "amount_too_large");
    }
    for currency in ["ghs", "USD", "dollars"] {
        let name = "line_items[0][price_data][currency]";
        let answer = stripe.post(SESSIONS, &with(&order(), &[(name, currency)])).await;
        assert_eq!(answer.refusal(), (400, String::new(), name.to_owned()));
        let words = format!("Invalid currency: {currency}. Stripe currently supports these currencies: usd");
        assert!(answer.error()["message"].as_str().unwrap().starts_with(&words));
    }
    let mixed = [
        ("line_items[1][price_data][currency]", "eur"),
        ("line_items[1][price_data][unit_amount]", "500"),
        ("line_items[1][price_data][product_data][name]", "Fee"),
        ("line_items[1][quantity]", "1"),
    ];
    assert_eq!(stripe.post(SESSIONS, &with(&order(), &mixed)).await.refusal().2, "line_items[1]");
}

#[tokio::test]
async fn a_session_is_open_for_half_an_hour_to_a_day() {
    let stripe = Stripe::new();
    let now = stripe.send(http::Request::get("/_sim/clock").body(axum::body::Body::empty()).unwrap()).await;
    let now = now.json()["now_ms"].as_i64().unwrap() / 1_000;
    for (seconds, words) in [
        (1_790, "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation."),
        (86_410, "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation."),
    ] {
        let end = (now + seconds).to_string();
        let answer = stripe.post(SESSIONS, &with(&order(), &[("expires_at", &end)])).await;
        assert_eq!(answer.error()["message"], words);
    }
    let end = (now + 1_810).to_string();
    let session = stripe.session_with("ref", &[("expires_at", &end)]).await;
    assert_eq!(session["expires_at"], now + 1_810);
}

#[tokio::test]
async fn a_session_expires_by_the_clock_or_by_its_merchant() {
    let stripe = Stripe::new();
    let (by_clock, by_merchant) = (stripe.session("clock").await, stripe.session("merchant").await);
    let path = |session: &Value| format!("{SESSIONS}/{}", session["id"].as_str().unwrap());
    let expired = stripe.post(&format!("{}/expire", path(&by_merchant)), &[]).await;
    assert_eq!((expired.status, &expired.json()["status"]), (StatusCode::OK, &json!("expired")));
    assert_eq!(expired.json()["url"], Value::Null);
    let again = stripe.post(&format!("{}/expire", path(&by_merchant)), &[]).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    assert!(again.error()["message"].as_str().unwrap().ends_with("has a status of expired."), "{}", again.body);
    stripe.set("clock", json!({ "advance_s": 86_390 })).await;
    assert_eq!(stripe.read(&path(&by_clock)).await["status"], "open");
    stripe.set("clock", json!({ "advance_s": 3_600 })).await;
    assert_eq!(stripe.read(&path(&by_clock)).await["status"], "expired");
    assert_eq!(stripe.events().await, ["checkout.session.expired", "checkout.session.expired"]);
    let event = stripe.read("/v1/events?limit=1").await["data"][0].clone();
    assert_eq!(event["created"], by_clock["expires_at"], "it expired then, not when somebody looked");
}

#[tokio::test]
async fn payment_methods_depend_on_currency_version_and_filters() {
    let stripe = Stripe::new();
    let kinds = async |more: &[(&str, &str)], version: &str| {
        let answer = stripe.post_with(SESSIONS, &with(&order(), more), &[("stripe-version", version)]).await;
        if answer.status == StatusCode::OK {
            answer.json()["payment_method_types"].clone()
        } else {
            json!(answer.refusal().1)
        }
    };
    let (old, new) = ("2026-06-24.dahlia", "2026-10-28.endive");
    let euros = ("line_items[0][price_data][currency]", "eur");
    assert_eq!(kinds(&[euros], new).await, json!(["card", "sepa_debit"]));
    assert_eq!(kinds(&[("allowed_payment_method_types[]", "card")], new).await, json!(["card"]));
    assert_eq!(kinds(&[("excluded_payment_method_types[0]", "card")], new).await, json!(["us_bank_account"]));
    assert_eq!(kinds(&[("payment_method_types[]", "card")], old).await, json!(["card"]));
    let gone = kinds(&[("payment_method_types[]", "card")], new).await;
    assert_eq!(gone, "payment_method_types_no_longer_supported");
    for wrong in [
        &[("payment_method_types[]", "sepa_debit")][..],
        &[("payment_method_types[]", "cash")],
        &[("payment_method_types[]", "card"), ("allowed_payment_method_types[]", "card")],
        &[("allowed_payment_method_types[]", "sepa_debit")],
    ] {
        assert_eq!(kinds(wrong, old).await, "", "{wrong:?}");
    }
}
