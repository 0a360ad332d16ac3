//! The catalog's endpoints in this process, with the database out of reach: what they answer without it.

#![allow(clippy::unwrap_used, reason = "tests")]

use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use domain::policy::RefundRule;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use runtime::{Config, Context};
use serde_json::{Value, json};
use store::Tables;
use tower::ServiceExt;

/// A context whose AWS is a port where nobody listens: the limiter lets calls pass, reads fail.
fn context() -> Context {
    let credentials = Credentials::new("test", "test", None, None, "test");
    let aws = SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::from_static("us-east-1"))
        .endpoint_url("http://127.0.0.1:9")
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .retry_config(RetryConfig::disabled())
        .build();
    let name = || "table".to_owned();
    let tables = Tables { accounts: name(), ledger: name(), orders: name(), catalog: name(), limits: name() };
    let config = Config {
        stage: "local".into(),
        version: "1.2.3".into(),
        public_url: "https://namaskah.example".into(),
        trusted_networks: Vec::new(),
        tables,
        polls_queue: String::new(),
        checks_queue: String::new(),
        parked_queue: String::new(),
        suppliers_secret: String::new(),
        fivesim_url: String::new(),
    };
    Context::new(config, aws)
}

async fn get(path: &str) -> (StatusCode, HeaderMap, Value) {
    let request = Request::get(path).body(axum::body::Body::empty()).unwrap();
    let response = api::router(context(), catalog::endpoints()).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (parts.status, parts.headers, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn the_policy_tells_every_refund_rule_and_what_plans_allow() {
    let (status, headers, policy) = get("/api/v1/policy").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["cache-control"], "public, max-age=3600");
    let ids: Vec<_> = policy["refunds"].as_array().unwrap().iter().map(|rule| rule["id"].clone()).collect();
    assert_eq!(ids, RefundRule::ALL.map(|rule| serde_json::to_value(rule).unwrap()));
    let discounts: Vec<_> = policy["plans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (p["plan"].clone(), p["discount_percent"].clone()))
        .collect();
    let expected = [("starter", 0), ("pro", 10), ("enterprise", 25)];
    assert_eq!(discounts, expected.map(|(plan, percent)| (json!(plan), json!(percent))));
}

#[tokio::test]
async fn wrong_parameters_are_named_before_anything_is_read() {
    for (path, wrong) in [
        ("/api/v1/services?q=what", vec![("q", "unknown_field")]),
        ("/api/v1/services/whatsapp/offers?country_code=gh", vec![("country_code", "malformed")]),
        ("/api/v1/services/whatsapp/offers?capability=voice", vec![("capability", "unknown_value")]),
        ("/api/v1/services/whatsapp/offers?limit=0&cursor=!", vec![("limit", "out_of_range"), ("cursor", "malformed")]),
        ("/api/v1/pricing/quote", vec![("service_name", "required"), ("country_code", "required")]),
        (
            "/api/v1/pricing/quote?service_name=whatsapp&country_code=GH&capability=fax",
            vec![("capability", "unknown_value")],
        ),
    ] {
        let (status, headers, problem) = get(path).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        let errors: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|e| (&e["field"], &e["code"])).collect();
        let expected: Vec<_> = wrong.iter().map(|(field, code)| (json!(field), json!(code))).collect();
        assert_eq!(errors, expected.iter().map(|(field, code)| (field, code)).collect::<Vec<_>>(), "{path}");
    }
}

#[tokio::test]
async fn a_name_that_no_service_can_have_is_not_found() {
    let (status, _, problem) = get("/api/v1/services/What%20sApp/offers").await;
    assert_eq!((status, &problem["code"]), (StatusCode::NOT_FOUND, &json!("not_found")));
}

#[tokio::test]
async fn without_the_database_lists_are_unavailable_and_no_cache_keeps_that() {
    for path in ["/api/v1/services", "/api/v1/countries", "/api/v1/services/whatsapp/offers"] {
        let (status, headers, problem) = get(path).await;
        assert_eq!((status, &problem["code"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("unavailable")), "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        assert!(headers.contains_key("retry-after"), "{path}");
    }
}
