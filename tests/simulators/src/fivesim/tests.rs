//! The simulator is itself a claim about 5SIM, so it is tested as one.

use super::router;
use axum::{Router, body::Body};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

async fn call(app: &Router, request: Request<Body>) -> (StatusCode, String) {
    let response = app.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn get(app: &Router, path: &str) -> (StatusCode, String) {
    let request = Request::get(path).header("authorization", "Bearer sim-test").body(Body::empty()).unwrap();
    call(app, request).await
}

async fn json_of(app: &Router, path: &str) -> Value {
    serde_json::from_str(&get(app, path).await.1).unwrap()
}

async fn control(app: &Router, path: &str, body: Value) {
    let request = Request::post(format!("/_sim/{path}")).header("content-type", "application/json");
    let (status, text) = call(app, request.body(Body::from(body.to_string())).unwrap()).await;
    assert!(status.is_success(), "{path}: {status} {text}");
}

const BUY: &str = "/v1/user/buy/activation/ghana/any/whatsapp";

#[tokio::test]
async fn a_number_gets_its_code_and_is_finished() {
    let app = router(0);
    let bought = json_of(&app, BUY).await;
    assert_eq!(bought["sms"], Value::Null);
    assert!(bought["phone"].as_str().unwrap().starts_with("+233"));
    let id = &bought["id"];
    assert_eq!(get(&app, &format!("/v1/user/finish/{id}")).await, (StatusCode::BAD_REQUEST, "order no sms".into()));
    control(&app, "clock", json!({ "advance_s": 5 })).await;
    let checked = json_of(&app, &format!("/v1/user/check/{id}")).await;
    let expected = json_of(&app, &format!("/_sim/orders/{id}")).await["expected_code"].clone();
    assert_eq!(checked["sms"][0]["code"], expected);
    assert_eq!(get(&app, &format!("/v1/user/cancel/{id}")).await, (StatusCode::BAD_REQUEST, "order has sms".into()));
    assert_eq!(json_of(&app, &format!("/v1/user/finish/{id}")).await["status"], "FINISHED");
}

#[tokio::test]
async fn money_comes_back_for_what_brought_no_message() {
    let app = router(0);
    let balance = || async { json_of(&app, "/v1/user/profile").await["balance"].clone() };
    let before = balance().await;
    for end in ["cancel", "ban", "timeout"] {
        control(&app, "scenario", json!({ "scenario": "never" })).await;
        let id = json_of(&app, BUY).await["id"].clone();
        assert_ne!(balance().await, before, "{end}");
        match end {
            "timeout" => control(&app, "clock", json!({ "advance_s": 901 })).await,
            _ => drop(get(&app, &format!("/v1/user/{end}/{id}")).await),
        }
        assert_eq!(balance().await, before, "{end}");
    }
}

#[tokio::test]
async fn scenarios_of_the_purchase() {
    let app = router(0);
    for (scenario, status, body) in [
        (json!({ "scenario": "no_free_phones" }), 200, "no free phones"),
        (json!({ "scenario": "no_free_phones", "status": 400 }), 400, "no free phones"),
        (json!({ "scenario": "out_of_funds" }), 400, "not enough user balance"),
        (json!({ "scenario": "low_rating" }), 400, "not enough rating"),
        (json!({ "scenario": "throttled" }), 429, "api limit is 100 requests per second"),
    ] {
        control(&app, "scenario", scenario).await;
        assert_eq!(get(&app, BUY).await, (StatusCode::from_u16(status).unwrap(), body.to_owned()));
    }
    assert_eq!(json_of(&app, "/_sim/orders").await, json!([]));
    for (scenario, sold) in [("html_502_before", 0), ("html_502_after", 1), ("sold_twice", 3)] {
        control(&app, "scenario", json!({ "scenario": scenario })).await;
        get(&app, BUY).await;
        assert_eq!(json_of(&app, "/_sim/orders").await.as_array().unwrap().len(), sold, "{scenario}");
    }
    control(&app, "scenario", json!({ "scenario": "dearer" })).await;
    let dear = json_of(&app, &format!("{BUY}?maxPrice=61.29")).await;
    assert!(dear["price"].as_f64().unwrap() > 61.29);
}

#[tokio::test]
async fn the_nesting_of_prices_flips() {
    let app = router(0);
    let cost = |value: &Value| value["cost"].is_number();
    assert!(cost(&json_of(&app, "/v1/guest/prices").await["ghana"]["whatsapp"]["mtn"]));
    assert!(cost(&json_of(&app, "/v1/guest/prices?country=ghana").await["ghana"]["whatsapp"]["mtn"]));
    assert!(cost(&json_of(&app, "/v1/guest/prices?product=whatsapp").await["whatsapp"]["ghana"]["mtn"]));
    assert!(cost(&json_of(&app, "/v1/guest/prices?country=ghana&product=whatsapp").await["ghana"]["whatsapp"]["mtn"]));
    assert_eq!(json_of(&app, "/v1/guest/prices?product=nothing").await, Value::Null);
}

#[tokio::test]
async fn without_a_key_nothing_of_an_account_is_shown() {
    let app = router(0);
    let (status, _) = call(&app, Request::get("/v1/user/profile").body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}
