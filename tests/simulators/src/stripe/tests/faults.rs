//! Tests of faults of calls.

use super::{SESSIONS, Stripe, order, with};
use http::StatusCode;
use serde_json::json;
use std::time::{Duration, Instant};

async fn count(stripe: &Stripe, path: &str) -> usize {
    stripe.read(path).await["data"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_create_may_fail_before_its_work() {
    let stripe = Stripe::new();
    for (fault, status) in [("create_502", 502), ("create_timeout_before", 504)] {
        stripe.set("plan", json!({ "fault": fault, "seconds": 1 })).await;
        let started = Instant::now();
        let answer = stripe.post(SESSIONS, &order()).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (status, "text/html"));
        assert_eq!(started.elapsed() >= Duration::from_secs(1), status == 504);
    }
    assert_eq!(count(&stripe, SESSIONS).await, 0);
    assert_eq!(stripe.post(SESSIONS, &order()).await.status, StatusCode::OK, "once");
}

#[tokio::test]
async fn a_create_or_a_refund_may_answer_late() {
    let stripe = Stripe::new();
    stripe.set("plan", json!({ "fault": "create_timeout_after", "seconds": 1 })).await;
    let started = Instant::now();
    stripe.session("ref").await;
    assert!(started.elapsed() >= Duration::from_secs(1));
    let paid = stripe.pay("ref", "success").await;
    let charge = paid["charges"][0]["id"].as_str().unwrap();
    stripe.set("plan", json!({ "fault": "refund_502" })).await;
    let fields = [("charge", charge), ("amount", "100")];
    assert_eq!(stripe.post("/v1/refunds", &fields).await.status, StatusCode::BAD_GATEWAY);
    assert_eq!(count(&stripe, "/v1/refunds").await, 0);
    stripe.set("plan", json!({ "fault": "refund_timeout_after", "seconds": 1 })).await;
    let started = Instant::now();
    assert_eq!(stripe.post("/v1/refunds", &fields).await.status, StatusCode::OK);
    assert!(started.elapsed() >= Duration::from_secs(1));
    assert_eq!(count(&stripe, "/v1/refunds").await, 1);
}

#[tokio::test]
async fn reads_may_be_unusable() {
    let stripe = Stripe::new();
    let path = format!("{SESSIONS}/{}", stripe.session("ref").await["id"].as_str().unwrap());
    for (fault, status) in [("read_502", 502), ("read_timeout", 504), ("read_malformed", 200)] {
        stripe.set("plan", json!({ "fault": fault, "seconds": 1 })).await;
        let answer = stripe.get(&path).await;
        assert_eq!(answer.status.as_u16(), status, "{fault}");
        assert!(serde_json::from_str::<serde_json::Value>(&answer.body).is_err(), "{fault}");
    }
    assert_eq!(stripe.read(&path).await["client_reference_id"], "ref");
}

#[tokio::test]
async fn any_call_may_be_throttled_or_unauthorized() {
    let stripe = Stripe::new();
    stripe.set("plan", json!({ "fault": "throttled", "times": 2 })).await;
    stripe.set("plan", json!({ "fault": "unauthorized" })).await;
    for (status, code) in [(429, "rate_limit"), (429, "rate_limit"), (401, ""), (200, "")] {
        let answer = stripe.get("/v1/charges").await;
        assert_eq!(answer.status.as_u16(), status);
        assert_eq!(answer.error()["code"].as_str().unwrap_or_default(), code);
    }
    stripe.set("plan", json!({ "fault": "throttled" })).await;
    assert_eq!(stripe.post(SESSIONS, &order()).await.header("stripe-rate-limited-reason"), "global-rate");
    assert_eq!(count(&stripe, SESSIONS).await, 0);
}

#[tokio::test]
async fn a_fault_is_for_its_payment() {
    let stripe = Stripe::new();
    for reference in ["ref", "other"] {
        stripe.session(reference).await;
        stripe.pay(reference, "success").await;
    }
    let mut paths = vec![];
    for reference in ["ref", "other"] {
        let shown = stripe
            .send(http::Request::get(format!("/_sim/payments/{reference}")).body(axum::body::Body::empty()).unwrap());
        let shown = shown.await.json();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let (session, intent, charge) =
            (text(&shown["session"]), text(&shown["payment_intent"]), text(&shown["charges"][0]["id"]));
        paths.push([
            format!("{SESSIONS}/{session}"),
            format!("/v1/payment_intents/{intent}"),
            format!("/v1/charges/{charge}"),
        ]);
    }
    for (path, other) in paths[0].iter().zip(&paths[1]) {
        stripe.set("plan", json!({ "fault": "read_502", "reference": "ref" })).await;
        assert_eq!(stripe.get(other).await.status, StatusCode::OK, "{other}");
        assert_eq!(stripe.get(path).await.status, StatusCode::BAD_GATEWAY, "{path}");
        assert_eq!(stripe.get(path).await.status, StatusCode::OK, "{path}");
    }
    stripe.set("plan", json!({ "fault": "create_502", "reference": "third" })).await;
    for (reference, status) in [("fourth", 200), ("third", 502)] {
        let answer = stripe.post(SESSIONS, &with(&order(), &[("client_reference_id", reference)])).await;
        assert_eq!(answer.status.as_u16(), status);
    }
}
