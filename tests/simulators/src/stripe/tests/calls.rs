//! Tests of what all calls have in common.

use super::{KEY, SESSIONS, Stripe, order, with};
use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::json;

#[tokio::test]
async fn a_call_needs_the_key() {
    let stripe = Stripe::new();
    for (header, words) in [
        (None, "You did not provide an API key."),
        (Some("Bearer sk_test_of_another"), "Invalid API Key provided: sk_test_******ther"),
        (Some("Basic c2tfdGVzdF9vdGhlcjo="), "Invalid API Key provided: sk_test_*ther"),
        (Some("Digest sk_test_local"), "Invalid API Key provided: sk_test_*ocal"),
    ] {
        let request = Request::get("/v1/charges");
        let request = header.into_iter().fold(request, |request, value| request.header("authorization", value));
        let answer = stripe.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(answer.error()["message"].as_str().unwrap().starts_with(words), "{}", answer.body);
        assert_eq!(answer.header("www-authenticate"), "Basic realm=\"Stripe\"");
    }
    let basic = Request::get("/v1/charges").header("authorization", "Basic c2tfdGVzdF9sb2NhbDo=");
    assert_eq!(stripe.send(basic.body(Body::empty()).unwrap()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_answer_names_its_call_and_version() {
    let stripe = Stripe::new();
    let answer = stripe.post_with(SESSIONS, &order(), &[("stripe-version", "2026-06-24.dahlia")]).await;
    assert!(answer.header("request-id").starts_with("req_"));
    assert_eq!(answer.header("stripe-version"), "2026-06-24.dahlia");
    assert_eq!(stripe.get("/v1/charges").await.header("stripe-version"), "2026-10-28.endive");
    let wrong = stripe.post_with(SESSIONS, &order(), &[("stripe-version", "tomorrow")]).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn unknown_paths_methods_and_objects_are_404() {
    let stripe = Stripe::new();
    for path in ["/v1/subscriptions", "/v1/charges/ch_1/capture", "/elsewhere"] {
        let error = stripe.get(path).await;
        assert_eq!(error.status, StatusCode::NOT_FOUND);
        let words = format!("Unrecognized request URL (GET: {path}).");
        assert!(error.error()["message"].as_str().unwrap().starts_with(&words), "{}", error.body);
    }
    assert_eq!(stripe.post("/v1/charges", &[]).await.status, StatusCode::NOT_FOUND);
    for (path, name, param) in [
        ("checkout/sessions/x", "checkout.session", "session"),
        ("payment_intents/x", "payment_intent", "intent"),
        ("charges/x", "charge", "id"),
        ("refunds/x", "refund", "id"),
        ("disputes/x", "dispute", "id"),
        ("events/x", "event", "id"),
        ("payment_methods/x", "PaymentMethod", "payment_method"),
    ] {
        let answer = stripe.get(&format!("/v1/{path}")).await;
        assert_eq!(answer.refusal(), (404, "resource_missing".to_owned(), param.to_owned()));
        assert_eq!(answer.error()["message"], format!("No such {name}: 'x'"));
        assert_eq!(answer.error()["doc_url"], "https://stripe.com/docs/error-codes/resource-missing");
    }
}

#[tokio::test]
async fn a_body_is_a_form() {
    let stripe = Stripe::new();
    let request = Request::post(SESSIONS).header("authorization", format!("Bearer {KEY}"));
    let request =
        request.header("content-type", "application/json").body(Body::from(json!({ "mode": "payment" }).to_string()));
    let answer = stripe.send(request.unwrap()).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.error()["message"].as_str().unwrap().contains("application/x-www-form-urlencoded"));
}

#[tokio::test]
async fn parameters_are_checked() {
    let stripe = Stripe::new();
    let price = "line_items[0][price_data]";
    let (amount, name) = (format!("{price}[unit_amount]"), format!("{price}[colour]"));
    let long = "x".repeat(201);
    let (key, value) = (format!("metadata[{}]", "k".repeat(41)), "v".repeat(501));
    for (field, value, code, param) in [
        ("colour", "red", "parameter_unknown", "colour"),
        (&name, "red", "parameter_unknown", name.as_str()),
        (&amount, "5.00", "parameter_invalid_integer", &amount),
        (&amount, "+500", "parameter_invalid_integer", &amount),
        (&amount, "-1", "parameter_invalid_integer", &amount),
        ("expires_at", "-9223372036854775808", "", "expires_at"),
        ("line_items[0][quantity]", "0", "parameter_invalid_integer", "line_items[0][quantity]"),
        ("success_url", "", "parameter_invalid_empty", "success_url"),
        ("success_url", "example.com", "url_invalid", "success_url"),
        ("cancel_url", "javascript:alert(1)", "url_invalid", "cancel_url"),
        ("customer_email", "ama", "email_invalid", "customer_email"),
        ("client_reference_id", &long, "", "client_reference_id"),
        ("metadata", "text", "", "metadata"),
        (&key, "v", "", &key),
        ("metadata[k]", &value, "", "metadata[k]"),
        ("mode", "gift", "", "mode"),
        ("mode", "subscription", "", "mode"),
        ("expand[0]", "payment_intent.colour", "", ""),
        ("expand[]", "latest_charge", "", ""),
        ("expand[]", "payment_intent.latest_charge.payment_intent.latest_charge.balance_transaction", "", ""),
        ("payment_intent_data[setup_future_usage]", "never", "", "payment_intent_data[setup_future_usage]"),
        ("customer", "cus_x", "resource_missing", "customer"),
        ("line_items[0][price]", "price_x", "resource_missing", "line_items[0][price]"),
    ] {
        let answer = stripe.post(SESSIONS, &with(&order(), &[(field, value)])).await;
        assert_eq!(answer.refusal(), (400, code.to_owned(), param.to_owned()), "{field}={value}: {}", answer.body);
        assert_eq!(answer.error()["type"], "invalid_request_error");
    }
    for missing in [
        "mode",
        "success_url",
        "line_items[0][price_data][currency]",
        "line_items[0][price_data][product_data][name]",
        "line_items[0][price_data][unit_amount]",
        "line_items[0][quantity]",
    ] {
        let fields: Vec<_> = order().into_iter().filter(|(name, _)| *name != missing).collect();
        assert_eq!(stripe.post(SESSIONS, &fields).await.status, StatusCode::BAD_REQUEST, "{missing}");
    }
    assert_eq!(stripe.read(SESSIONS).await["data"], json!([]), "nothing was made");
}

#[tokio::test]
async fn downtime_is_a_page_of_the_network() {
    let stripe = Stripe::new();
    stripe.set("fault", json!({ "down": true })).await;
    let answer = stripe.get("/v1/charges").await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::SERVICE_UNAVAILABLE, "text/html"));
    stripe.set("fault", json!({ "down": false })).await;
    assert_eq!(stripe.get("/v1/charges").await.status, StatusCode::OK);
}
