//! Endpoints of verifications in the test's process, with the test's own deadline and network.

use api::axum::body::Body;
use domain::OrderId;
use lambda_http::{
    Context as Invocation,
    http::{Request, StatusCode},
    tower::ServiceExt,
};
use namaskah_tests::Customer;
use runtime::Context;
use std::time::{SystemTime, UNIX_EPOCH};

/// An invocation with this time left.
fn invocation(seconds_left: u64) -> Invocation {
    #[expect(clippy::disallowed_methods, reason = "Lambda's clock is the real one")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let mut invocation = Invocation::default();
    invocation.deadline = u64::try_from(now.as_millis()).unwrap() + seconds_left * 1000;
    invocation
}

/// Reads an order with `?wait=25` and this time left.
pub async fn wait(context: Context, customer: &Customer, id: &OrderId, seconds_left: u64) -> StatusCode {
    let request = Request::get(format!("/api/v1/verifications/{id}?wait=25"))
        .header("x-api-key", &customer.key)
        .extension(invocation(seconds_left))
        .body(Body::empty())
        .unwrap();
    api::router(context, verifications::DOMAIN.endpoints.iter().copied()).oneshot(request).await.unwrap().status()
}

/// Buys a number in Ghana with this time left.
pub async fn buy(context: Context, customer: &Customer, service: &str, key: &str, seconds_left: u64) -> StatusCode {
    let request = Request::post("/api/v1/verifications")
        .header("x-api-key", &customer.key)
        .header("idempotency-key", key)
        .header("content-type", "application/json")
        .extension(invocation(seconds_left))
        .body(Body::from(format!(r#"{{"service_name": "{service}", "country_code": "GH"}}"#)))
        .unwrap();
    api::router(context, verifications::DOMAIN.endpoints.iter().copied()).oneshot(request).await.unwrap().status()
}
