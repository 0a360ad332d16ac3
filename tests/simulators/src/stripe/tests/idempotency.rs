//! Tests of `Idempotency-Key`.

use super::{SESSIONS, Stripe, order, with};
use http::StatusCode;
use serde_json::json;

const KEY: [(&str, &str); 1] = [("idempotency-key", "key-1")];

async fn count(stripe: &Stripe) -> usize {
    stripe.read(SESSIONS).await["data"].as_array().unwrap().len()
}

#[tokio::test]
async fn the_same_request_has_the_same_answer() {
    let stripe = Stripe::new();
    let first = stripe.post_with(SESSIONS, &order(), &KEY).await;
    assert_eq!((first.status, first.header("idempotent-replayed")), (StatusCode::OK, ""));
    let mut reversed = order();
    reversed.reverse();
    let second = stripe.post_with(SESSIONS, &reversed, &KEY).await;
    assert_eq!((second.status, &second.body), (StatusCode::OK, &first.body));
    assert_eq!((second.header("idempotent-replayed"), second.header("idempotency-key")), ("true", "key-1"));
    assert_eq!(second.header("original-request"), first.header("request-id"));
    assert_ne!(second.header("request-id"), first.header("request-id"));
    assert_eq!(count(&stripe).await, 1);
    stripe.post_with(SESSIONS, &order(), &[("idempotency-key", "key-2")]).await;
    stripe.post(SESSIONS, &order()).await;
    assert_eq!(count(&stripe).await, 3);
}

#[tokio::test]
async fn another_request_with_the_key_is_refused() {
    let stripe = Stripe::new();
    stripe.post_with(SESSIONS, &order(), &KEY).await;
    let others = with(&order(), &[("line_items[0][quantity]", "3")]);
    for (path, fields, words) in [
        (SESSIONS, &others[..], "can only be used with the same parameters they were first used with."),
        ("/v1/refunds", &[("charge", "ch_1")], "first used for ('/v1/refunds' vs '/v1/checkout/sessions')."),
    ] {
        let answer = stripe.post_with(path, fields, &KEY).await;
        assert_eq!((answer.status, &answer.error()["type"]), (StatusCode::BAD_REQUEST, &json!("idempotency_error")));
        let message = answer.error()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(words) && message.contains("Try using a key other than 'key-1'"), "{message}");
    }
    assert_eq!(count(&stripe).await, 1);
}

#[tokio::test]
async fn a_key_keeps_refusals_of_work_that_had_begun() {
    let stripe = Stripe::new();
    let refused = stripe.post_with("/v1/refunds", &[("charge", "ch_1")], &KEY).await;
    assert_eq!(refused.refusal().1, "resource_missing");
    let again = stripe.post_with("/v1/refunds", &[("charge", "ch_1")], &KEY).await;
    assert_eq!((again.header("idempotent-replayed"), &again.body), ("true", &refused.body));
    // A wrong parameter is refused before.
    let key = [("idempotency-key", "key-2")];
    let wrong = stripe.post_with(SESSIONS, &with(&order(), &[("mode", "gift")]), &key).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert_eq!(stripe.post_with(SESSIONS, &order(), &key).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day_and_not_kept_for_5xx() {
    let stripe = Stripe::new();
    stripe.set("plan", json!({ "fault": "create_502" })).await;
    assert_eq!(stripe.post_with(SESSIONS, &order(), &KEY).await.status, StatusCode::BAD_GATEWAY);
    let first = stripe.post_with(SESSIONS, &order(), &KEY).await;
    assert_eq!((first.status, first.header("idempotent-replayed")), (StatusCode::OK, ""));
    stripe.set("clock", json!({ "advance_s": 86_000 })).await;
    assert_eq!(stripe.post_with(SESSIONS, &order(), &KEY).await.body, first.body);
    stripe.set("clock", json!({ "advance_s": 401 })).await;
    assert_ne!(stripe.post_with(SESSIONS, &order(), &KEY).await.body, first.body);
}

#[tokio::test]
async fn a_late_answer_is_there_for_the_second_call() {
    let stripe = Stripe::new();
    stripe.set("plan", json!({ "fault": "create_timeout_after", "seconds": 30 })).await;
    let fields = order();
    let late = stripe.post_with(SESSIONS, &fields, &KEY);
    assert!(tokio::time::timeout(std::time::Duration::from_millis(200), late).await.is_err(), "the merchant gave up");
    let answer = stripe.post_with(SESSIONS, &fields, &KEY).await;
    assert_eq!((answer.status, answer.header("idempotent-replayed")), (StatusCode::OK, "true"));
    assert_eq!(count(&stripe).await, 1);
}

#[tokio::test]
async fn a_key_that_is_too_long_is_refused() {
    let stripe = Stripe::new();
    let long = "k".repeat(256);
    let answer = stripe.post_with(SESSIONS, &order(), &[("idempotency-key", &long)]).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}
