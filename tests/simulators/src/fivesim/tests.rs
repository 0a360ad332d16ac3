//! Tests that the simulator behaves like 5SIM.

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
async fn an_order_without_a_message_is_refunded() {
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
    control(&app, "scenario", json!({ "scenario": "foreign_number" })).await;
    let foreign = json_of(&app, BUY).await;
    assert_eq!(
        (foreign["country"].as_str(), foreign["phone"].as_str().unwrap().get(..3)),
        (Some("ghana"), Some("+55"))
    );
}

#[tokio::test]
async fn scenarios_of_the_check() {
    let app = router(0);
    for (scenario, status, body) in [
        ("check_502", 502, "<html>"),
        ("check_malformed", 200, "{\"id\": 1"),
        ("check_expired", 400, "order expired"),
        ("check_not_found", 404, "order not found"),
    ] {
        control(&app, "scenario", json!({ "scenario": scenario })).await;
        let id = json_of(&app, BUY).await["id"].clone();
        control(&app, "clock", json!({ "advance_s": 5 })).await;
        let (answered, text) = get(&app, &format!("/v1/user/check/{id}")).await;
        assert_eq!(answered.as_u16(), status, "{scenario}");
        assert!(text.starts_with(body), "{scenario}: {text}");
        assert_eq!(json_of(&app, &format!("/_sim/orders/{id}")).await["sms"], Value::Null, "{scenario}");
    }
}

#[tokio::test]
async fn the_nesting_of_prices_depends_on_the_query() {
    let app = router(0);
    let cost = |value: &Value| value["cost"].is_number();
    assert!(cost(&json_of(&app, "/v1/guest/prices").await["ghana"]["whatsapp"]["mtn"]));
    assert!(cost(&json_of(&app, "/v1/guest/prices?country=ghana").await["ghana"]["whatsapp"]["mtn"]));
    assert!(cost(&json_of(&app, "/v1/guest/prices?product=whatsapp").await["whatsapp"]["ghana"]["mtn"]));
    assert!(cost(&json_of(&app, "/v1/guest/prices?country=ghana&product=whatsapp").await["ghana"]["whatsapp"]["mtn"]));
    assert_eq!(json_of(&app, "/v1/guest/prices?product=nothing").await, Value::Null);
}

#[tokio::test]
async fn account_data_requires_a_key() {
    let app = router(0);
    let (status, _) = call(&app, Request::get("/v1/user/profile").body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

async fn change(app: &Router, method: &str, path: &str, body: Value) -> (StatusCode, String) {
    let request = Request::builder().method(method).uri(path).header("authorization", "Bearer sim-test");
    call(app, request.header("content-type", "application/json").body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test]
async fn returned_numbers_lower_the_rating_until_purchases_are_rejected() {
    let app = router(0);
    let rating = || async { json_of(&app, "/v1/user/profile").await["rating"].clone() };
    assert_eq!(rating().await, json!(96));
    for (end, left) in [("cancel", json!(1.9)), ("ban", json!(1.8)), ("timeout", json!(1.65))] {
        if end == "cancel" {
            control(&app, "rating", json!({ "token": "sim-test", "hundredths": 200 })).await;
        }
        control(&app, "scenario", json!({ "scenario": "never" })).await;
        let id = json_of(&app, BUY).await["id"].clone();
        match end {
            "timeout" => control(&app, "clock", json!({ "advance_s": 901 })).await,
            _ => drop(get(&app, &format!("/v1/user/{end}/{id}")).await),
        }
        assert_eq!(rating().await, left, "{end}");
    }
    for (finish, left) in [(true, json!(2.15)), (false, json!(2.55))] {
        let id = json_of(&app, BUY).await["id"].clone();
        control(&app, "clock", json!({ "advance_s": 5 })).await;
        if finish {
            get(&app, &format!("/v1/user/finish/{id}")).await;
        } else {
            control(&app, "clock", json!({ "advance_s": 900 })).await;
        }
        assert_eq!(rating().await, left, "{finish}");
    }
    control(&app, "rating", json!({ "token": "sim-test", "hundredths": 0 })).await;
    assert_eq!(get(&app, BUY).await, (StatusCode::BAD_REQUEST, "not enough rating".into()));
    control(&app, "clock", json!({ "advance_s": 86_401 })).await;
    assert!(json_of(&app, BUY).await["id"].is_number());
}

#[tokio::test]
async fn an_account_caps_its_own_prices() {
    let app = router(0);
    let path = "/v1/user/max-prices";
    let cap = json!({ "product_name": "whatsapp", "price": 0.01 });
    assert_eq!(change(&app, "POST", path, cap.clone()).await.0, StatusCode::OK);
    let caps = json_of(&app, path).await;
    assert_eq!((&caps[0]["product"], &caps[0]["price"]), (&json!("whatsapp"), &json!(0.01)));
    assert_eq!(get(&app, BUY).await.1, "no free phones");
    let named = "/v1/user/buy/activation/ghana/mtn/whatsapp";
    for path in [format!("{BUY}?maxPrice=999"), named.to_owned()] {
        assert!(json_of(&app, &path).await["id"].is_number(), "the cap applies to `any` without a maxPrice: {path}");
    }
    assert_eq!(change(&app, "DELETE", path, cap.clone()).await.0, StatusCode::OK);
    assert_eq!(change(&app, "DELETE", path, cap).await, (StatusCode::NOT_FOUND, "record not found".into()));
    assert!(json_of(&app, BUY).await["id"].is_number());
}

#[tokio::test]
async fn a_rented_number_receives_messages_for_hours() {
    let app = router(0);
    let rented = json_of(&app, "/v1/user/buy/hosting/russia/any/3hours").await;
    assert!(rented["operator"].is_null() && rented["country"].is_null());
    let (id, inbox) = (&rented["id"], format!("/v1/user/sms/inbox/{}", rented["id"]));
    for text in ["one", "two"] {
        control(&app, &format!("orders/{id}/sms"), json!({ "text": text })).await;
    }
    let read = json_of(&app, &inbox).await;
    assert_eq!((&read["Total"], &read["Data"][1]["text"]), (&json!(2), &json!("two")));
    assert_eq!(get(&app, &format!("/v1/user/cancel/{id}")).await, (StatusCode::BAD_REQUEST, "hosting order".into()));
    for (category, count) in [("hosting", 1), ("activation", 0)] {
        let orders = json_of(&app, &format!("/v1/user/orders?category={category}")).await;
        assert_eq!(orders["Total"], json!(count), "{category}");
    }
    control(&app, "clock", json!({ "advance_s": 3 * 3_600 - 1 })).await;
    assert_eq!(json_of(&app, &format!("/v1/user/check/{id}")).await["status"], "RECEIVED");
    control(&app, "clock", json!({ "advance_s": 2 })).await;
    assert_eq!(json_of(&app, &format!("/v1/user/check/{id}")).await["status"], "FINISHED");
    let activation = json_of(&app, BUY).await["id"].clone();
    let (status, words) = get(&app, &format!("/v1/user/sms/inbox/{activation}")).await;
    assert_eq!((status, words.as_str()), (StatusCode::NOT_FOUND, "hosting order not found"));
}

#[tokio::test]
async fn payments_are_listed_newest_first() {
    let app = router(0);
    control(&app, "balance", json!({ "token": "sim-test", "cents": 100_000_500 })).await;
    let told = json_of(&app, "/v1/user/payments?limit=1").await;
    assert_eq!((&told["Total"], &told["Data"][0]["Amount"]), (&json!(2), &json!(5)));
}

#[tokio::test]
async fn calls_per_second_are_limited() {
    let app = router(0);
    control(&app, "throttle", json!({ "per_second": 0 })).await;
    let words = "api limit is 100 requests per second";
    assert_eq!(get(&app, BUY).await, (StatusCode::TOO_MANY_REQUESTS, words.into()));
    let guest = call(&app, Request::get("/v1/guest/prices").body(Body::empty()).unwrap()).await;
    assert_eq!(guest, (StatusCode::SERVICE_UNAVAILABLE, "ip address limit is 100 requests per second".into()));
    control(&app, "throttle", json!({ "per_second": 100 })).await;
    assert!(json_of(&app, BUY).await["id"].is_number());
}
