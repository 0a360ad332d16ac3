//! Tests of `/_sim`.

use super::{Stripe, order};
use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::{Value, json};

async fn look(stripe: &Stripe, path: &str) -> super::Answer {
    stripe.send(Request::get(format!("/_sim/{path}")).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn payments_are_shown_by_reference() {
    let stripe = Stripe::new();
    stripe.session("ref").await;
    let open = look(&stripe, "payments/ref").await.json();
    for (field, value) in [
        ("reference", json!("ref")),
        ("status", json!("open")),
        ("payment_status", json!("unpaid")),
        ("amount", json!(1000)),
        ("currency", json!("usd")),
        ("payment_intent", Value::Null),
        ("refunds", json!([])),
        ("disputes", json!([])),
    ] {
        assert_eq!(open[field], value, "{field}");
    }
    let paid = stripe.pay("ref", "success").await;
    assert_eq!(look(&stripe, "payments/ref").await.json(), paid);
    stripe.post("/v1/refunds", &[("charge", paid["charges"][0]["id"].as_str().unwrap()), ("amount", "1")]).await;
    let refunded = look(&stripe, "payments/ref").await.json();
    assert_eq!(
        (&refunded["refunds"][0]["amount"], &refunded["refunds"][0]["status"]),
        (&json!(1), &json!("succeeded"))
    );
    assert_eq!(refunded["charges"][0]["amount_refunded"], 1);
    let unnamed = stripe.post("/v1/checkout/sessions", &order()).await.json()["id"].clone();
    let shown = look(&stripe, &format!("payments/{}", unnamed.as_str().unwrap())).await.json();
    assert_eq!(shown["reference"], unnamed, "without a reference it has its identifier");
    assert_eq!(look(&stripe, "payments").await.json().as_array().unwrap().len(), 2);
    assert_eq!(look(&stripe, "payments/nobody").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_newest_session_of_a_reference_is_paid() {
    let stripe = Stripe::new();
    let first = stripe.session("ref").await["id"].clone();
    let second = stripe.session("ref").await["id"].clone();
    let request = Request::post("/_sim/pay/ref").body(Body::empty()).unwrap();
    let paid = stripe.send(request).await.json();
    assert_eq!((&paid["session"], &paid["payment_status"]), (&second, &json!("paid")), "no body is a success");
    assert_eq!(look(&stripe, &format!("payments/{}", first.as_str().unwrap())).await.json()["status"], "open");
}

#[tokio::test]
async fn a_wrong_plan_is_refused() {
    let stripe = Stripe::new();
    for body in [json!({ "fault": "no_such_fault" }), json!({ "fault": "throttled", "payment": "ref" }), json!({})] {
        assert_eq!(stripe.control("plan", body).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    stripe.set("plan", json!({ "fault": "webhook_late" })).await;
    let planned = json!([{ "fault": "webhook_late", "times": 1, "reference": null, "event": null, "seconds": 12 }]);
    assert_eq!(look(&stripe, "plan").await.json(), planned);
}

#[tokio::test]
async fn calls_are_noted() {
    let stripe = Stripe::new();
    stripe.get("/v1/charges?limit=3").await;
    stripe.get("/v1/charges/ch_x").await;
    let calls = look(&stripe, "calls?path=/v1/charges").await.json();
    assert_eq!((&calls[0]["path"], &calls[0]["status"]), (&json!("/v1/charges?limit=3"), &json!(200)));
    assert_eq!(calls[1]["status"], 404);
    stripe.send(Request::delete("/_sim/calls").body(Body::empty()).unwrap()).await;
    assert_eq!(look(&stripe, "calls").await.json(), json!([]));
}

#[tokio::test]
async fn a_reset_forgets_everything_but_the_endpoint() {
    let stripe = Stripe::new();
    stripe.set("webhook", json!({ "url": "http://127.0.0.1:1/" })).await;
    stripe.session("ref").await;
    stripe.pay("ref", "success").await;
    stripe.set("plan", json!({ "fault": "throttled" })).await;
    stripe.set("clock", json!({ "set_offset_s": 900 })).await;
    stripe.set("fault", json!({ "down": true })).await;
    assert_eq!(look(&stripe, "webhooks").await.json().as_array().unwrap().len(), 3);
    stripe.set("reset", json!({})).await;
    for path in ["payments", "webhooks", "plan", "calls"] {
        assert_eq!(look(&stripe, path).await.json(), json!([]), "{path}");
    }
    assert_eq!(look(&stripe, "clock").await.json()["offset_s"], 0);
    assert_eq!(stripe.read("/v1/events").await["data"], json!([]));
    assert_eq!(look(&stripe, "webhook").await.json()["url"], "http://127.0.0.1:1/", "the endpoint stays");
}
