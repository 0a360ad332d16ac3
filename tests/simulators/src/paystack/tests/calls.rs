//! Tests of what every call needs.

use super::{KEY, Merchant};
use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::json;

#[tokio::test]
async fn every_call_needs_the_key() {
    let merchant = Merchant::new();
    let paths =
        ["/transaction/verify/a", "/transaction", "/transaction/1", "/refund", "/dispute", "/customer", "/nothing"];
    for path in paths {
        let without = Request::get(path).body(Body::empty()).unwrap();
        let refusal = merchant.send(without).await.refusal();
        assert_eq!(refusal, (401, "No Authorization Header was found".to_owned()), "{path}");
        for header in ["Bearer sk_test_other", "Bearer ", KEY, "Basic sk_test_local", "bearer sk_test_local"] {
            let request = Request::get(path).header("authorization", header).body(Body::empty()).unwrap();
            let answer = merchant.send(request).await;
            assert_eq!(answer.refusal(), (401, "Invalid key".to_owned()), "{path} {header}");
            assert_eq!(answer.json()["code"], "invalid_Key");
        }
    }
}

#[tokio::test]
async fn a_wrong_key_is_refused_before_the_body_is_read() {
    let merchant = Merchant::new();
    let request = Request::post("/refund").header("authorization", "Bearer no").body(Body::from("{")).unwrap();
    assert_eq!(merchant.send(request).await.refusal().0, 401);
    assert_eq!(merchant.post("/refund", &json!([])).await.refusal().0, 400);
}

#[tokio::test]
async fn an_unknown_path_is_not_found() {
    let merchant = Merchant::new();
    assert_eq!(merchant.get("/transfer").await.refusal().0, 404);
}

#[tokio::test]
async fn the_journal_has_each_call_with_its_status() {
    let merchant = Merchant::new();
    merchant.start("a").await.data();
    merchant.start("a").await.refusal();
    let calls = merchant.get("/_sim/calls?path=/transaction/init").await.json();
    assert_eq!(calls.as_array().unwrap().iter().map(|call| &call["status"]).collect::<Vec<_>>(), [200, 400]);
}

#[tokio::test]
async fn everything_is_down_until_it_is_not() {
    let merchant = Merchant::new();
    merchant.set("fault", json!({ "down": true })).await;
    let answer = merchant.start("a").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (StatusCode::SERVICE_UNAVAILABLE, "text/html; charset=utf-8")
    );
    merchant.set("fault", json!({ "down": false })).await;
    merchant.start("a").await.data();
}
