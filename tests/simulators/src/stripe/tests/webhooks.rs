//! Tests of what a merchant's endpoint receives.

use super::{Receiver, SECRET, Stripe, pause};
use aws_lc_rs::hmac::{HMAC_SHA256, Key, verify};
use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::{Value, json};

/// Whether a header is right for a body, and its time.
fn checked(signature: &str, body: &str) -> (bool, i64) {
    checked_by(SECRET, signature, body)
}

fn checked_by(secret: &str, signature: &str, body: &str) -> (bool, i64) {
    let parts: Vec<_> = signature.split(',').filter_map(|part| part.split_once('=')).collect();
    let value = |name| parts.iter().find(|(other, _)| *other == name).unwrap().1;
    let tag = hex::decode(value("v1")).unwrap();
    let key = Key::new(HMAC_SHA256, secret.as_bytes());
    let is_right = verify(&key, format!("{}.{body}", value("t")).as_bytes(), &tag).is_ok();
    (is_right, value("t").parse().unwrap())
}

async fn messages(stripe: &Stripe) -> Value {
    stripe.send(Request::get("/_sim/webhooks").body(Body::empty()).unwrap()).await.json()
}

/// Waits until an event was answered this often.
async fn answered(stripe: &Stripe, times: usize) {
    for _ in 0..200 {
        if messages(stripe).await[0]["statuses"].as_array().unwrap().len() == times {
            return;
        }
        pause(20).await;
    }
    panic!("{}", messages(stripe).await);
}

fn kinds(events: &[(String, Value)]) -> Vec<String> {
    let mut kinds: Vec<_> = events.iter().map(|(_, event)| event["type"].as_str().unwrap().to_owned()).collect();
    kinds.sort();
    kinds
}

#[tokio::test]
async fn events_are_signed_and_sent() {
    let stripe = Stripe::new();
    stripe.session("early").await;
    stripe.pay("early", "success").await;
    let receiver = Receiver::of(&stripe, &[]).await;
    stripe.session("ref").await;
    stripe.pay("ref", "success").await;
    let events = receiver.wait_for(3).await;
    assert_eq!(kinds(&events), ["charge.succeeded", "checkout.session.completed", "payment_intent.succeeded"]);
    for (signature, body) in receiver.attempts.lock().unwrap().iter() {
        let event: Value = serde_json::from_str(body).unwrap();
        let (is_right, at) = checked(signature, body);
        assert!(is_right && (at - event["created"].as_i64().unwrap()).abs() < 5, "{signature}");
        assert!(!checked(signature, &format!("{body} ")).0, "the signature is that of the exact body");
    }
    let completed = events.iter().find(|(_, event)| event["type"] == "checkout.session.completed").unwrap();
    let id = completed.1["id"].as_str().unwrap();
    assert_eq!(stripe.read(&format!("/v1/events/{id}")).await, completed.1);
    assert_eq!(completed.1["data"]["object"]["client_reference_id"], "ref");
    answered(&stripe, 1).await;
    let listed = messages(&stripe).await;
    assert_eq!(listed.as_array().unwrap().len(), 3, "without an address nothing was sent");
    assert_eq!(
        (&listed[0]["about"], &listed[0]["statuses"], &listed[0]["due_ms"]),
        (&json!("ref"), &json!([200]), &Value::Null)
    );
}

#[tokio::test]
async fn an_endpoint_has_a_secret_by_default() {
    let stripe = Stripe::new();
    let receiver = Receiver::of(&stripe, &[]).await;
    stripe.set("webhook", json!({ "url": receiver.url })).await;
    let endpoint = stripe.send(Request::get("/_sim/webhook").body(Body::empty()).unwrap()).await;
    assert_eq!(endpoint.json(), json!({ "url": receiver.url, "secret": "whsec_local" }));
    stripe.session("ref").await;
    stripe.pay("ref", "expired").await;
    receiver.wait_for(1).await;
    let (signature, body) = receiver.attempts.lock().unwrap().remove(0);
    assert!(checked_by("whsec_local", &signature, &body).0 && !checked(&signature, &body).0);
    assert!(signature.contains(",v0="), "test mode adds a scheme that receivers ignore: {signature}");
    for body in [json!({}), json!({ "url": "http://127.0.0.1:1", "events": [] })] {
        assert_eq!(stripe.control("webhook", body).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    stripe.send(Request::delete("/_sim/webhook").body(Body::empty()).unwrap()).await;
    stripe.session("again").await;
    stripe.pay("again", "expired").await;
    assert_eq!(messages(&stripe).await.as_array().unwrap().len(), 1, "nothing more is sent");
}

#[tokio::test]
async fn an_event_is_sent_again_by_the_movable_clock() {
    let stripe = Stripe::new();
    let receiver = Receiver::of(&stripe, &[500, 302]).await;
    stripe.session("ref").await;
    stripe.pay("ref", "expired").await;
    answered(&stripe, 1).await;
    for (attempt, pause_s) in [(2, 300), (3, 1_800)] {
        pause(150).await;
        assert_eq!(receiver.count(), attempt - 1, "not before its time");
        stripe.set("clock", json!({ "advance_s": pause_s + 1 })).await;
        answered(&stripe, attempt).await;
    }
    stripe.set("clock", json!({ "advance_s": 3 * 86_400 })).await;
    pause(150).await;
    let attempts = receiver.attempts.lock().unwrap().clone();
    assert_eq!(attempts.len(), 3, "the third attempt was accepted");
    let times: Vec<_> = attempts.iter().map(|(signature, body)| checked(signature, body)).collect();
    assert!(times.iter().all(|(is_right, _)| *is_right), "each attempt is signed anew");
    assert!(times[1].1 - times[0].1 >= 300 && times[2].1 - times[1].1 >= 1_800, "{times:?}");
    assert_eq!(messages(&stripe).await[0]["statuses"], json!([500, 302, 200]));
}

#[tokio::test]
async fn an_event_is_given_up_after_three_days_and_repeated_on_demand() {
    let stripe = Stripe::new();
    let receiver = Receiver::of(&stripe, &[500; 20]).await;
    stripe.session("ref").await;
    stripe.pay("ref", "expired").await;
    for attempt in 1..=10 {
        answered(&stripe, attempt).await;
        stripe.set("clock", json!({ "advance_s": 12 * 3_600 + 1 })).await;
    }
    pause(150).await;
    assert_eq!(receiver.count(), 10);
    assert_eq!(messages(&stripe).await[0]["due_ms"], Value::Null);
    stripe.set("webhooks/1/repeat", json!({})).await;
    let events = receiver.wait_for(11).await;
    assert_eq!(events[0].1["id"], events[10].1["id"]);
    assert_eq!(stripe.control("webhooks/2/repeat", json!({})).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn faults_of_events() {
    for (fault, count) in [("webhook_twice", 6), ("webhook_never", 0)] {
        let stripe = Stripe::new();
        let receiver = Receiver::of(&stripe, &[]).await;
        stripe.set("plan", json!({ "fault": fault, "reference": "ref" })).await;
        stripe.session("other").await;
        stripe.pay("other", "success").await;
        receiver.wait_for(3).await;
        stripe.session("ref").await;
        stripe.pay("ref", "success").await;
        let events = receiver.wait_for(3 + count).await;
        pause(150).await;
        assert_eq!(receiver.count(), 3 + count, "{fault}");
        let ids: std::collections::BTreeSet<_> = events[3..].iter().map(|(_, event)| event["id"].as_str()).collect();
        assert_eq!(ids.len(), count / 2);
        assert_eq!(stripe.events().await.len(), 6, "the API knows all of them");
    }
}

#[tokio::test]
async fn a_fault_may_be_for_events_of_a_type() {
    let stripe = Stripe::new();
    let receiver = Receiver::of(&stripe, &[]).await;
    stripe.set("plan", json!({ "fault": "webhook_never", "event": "checkout.session.completed" })).await;
    stripe.session("ref").await;
    stripe.pay("ref", "failed").await;
    stripe.pay("ref", "success").await;
    let events = receiver.wait_for(4).await;
    assert_eq!(
        kinds(&events),
        ["charge.failed", "charge.succeeded", "payment_intent.payment_failed", "payment_intent.succeeded"]
    );
    assert_eq!(messages(&stripe).await.as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn an_event_may_be_late() {
    let stripe = Stripe::new();
    let receiver = Receiver::of(&stripe, &[]).await;
    stripe.set("plan", json!({ "fault": "webhook_late", "seconds": 600 })).await;
    stripe.session("ref").await;
    stripe.pay("ref", "success").await;
    pause(150).await;
    assert_eq!(receiver.count(), 0);
    stripe.set("clock", json!({ "advance_s": 601 })).await;
    receiver.wait_for(3).await;
}

#[tokio::test]
async fn a_signature_may_be_wrong_or_old() {
    for (fault, is_right, age) in [("webhook_wrong_signature", false, 0), ("webhook_old_timestamp", true, 600)] {
        let stripe = Stripe::new();
        let receiver = Receiver::of(&stripe, &[400]).await;
        stripe.set("plan", json!({ "fault": fault })).await;
        stripe.session("ref").await;
        stripe.pay("ref", "expired").await;
        answered(&stripe, 1).await;
        stripe.set("webhooks/1/repeat", json!({})).await;
        receiver.wait_for(2).await;
        let attempts = receiver.attempts.lock().unwrap().clone();
        let created = serde_json::from_str::<Value>(&attempts[0].1).unwrap()["created"].as_i64().unwrap();
        let (was_right, at) = checked(&attempts[0].0, &attempts[0].1);
        assert_eq!(was_right, is_right, "{fault}");
        assert!((created - age - at).abs() < 5, "{fault}");
        let (is_right, at) = checked(&attempts[1].0, &attempts[1].1);
        assert!(is_right && (at - created).abs() < 5, "the second attempt has no fault");
    }
}

#[tokio::test]
async fn a_session_may_be_paid_before_its_merchant_knows_it() {
    let stripe = Stripe::new();
    let receiver = Receiver::of(&stripe, &[]).await;
    stripe.set("plan", json!({ "fault": "webhook_before_answer", "reference": "ref" })).await;
    let session = stripe.session("ref").await;
    assert_eq!(receiver.count(), 3, "all events arrived before the answer");
    assert_eq!((&session["status"], &session["payment_status"]), (&json!("open"), &json!("unpaid")));
    let path = format!("/v1/checkout/sessions/{}", session["id"].as_str().unwrap());
    assert_eq!(stripe.read(&path).await["payment_status"], "paid");
}
