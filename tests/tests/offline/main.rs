//! Endpoints in this process, without reachable dependencies.

#![allow(clippy::unwrap_used, reason = "tests")]

mod any_event;
mod catalog;
mod edge;
mod gateway;
mod headers;
mod metrics;
mod requests;
mod system;

use api::{
    Endpoint,
    axum::{Router, body::Body},
};
use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use flate2::read::GzDecoder;
use http_body_util::BodyExt;
use lambda_http::{
    http::{HeaderMap, Request, StatusCode},
    tower::ServiceExt,
};
use runtime::{Context, Environment};
use serde_json::Value;
use std::io::Read;

/// A context whose AWS endpoint is a closed port: the limiter fails open, and reads fail.
fn context() -> Context {
    context_with([])
}

/// The same, with more settings.
fn context_with<const N: usize>(more: [(&'static str, &'static str); N]) -> Context {
    let credentials = Credentials::new("test", "test", None, None, "test");
    let aws = SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::from_static("us-east-1"))
        .endpoint_url("http://127.0.0.1:9")
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .retry_config(RetryConfig::disabled())
        .build();
    let settings = [
        ("STAGE", "local"),
        ("APP_VERSION", "1.2.3"),
        ("PUBLIC_URL", "https://namaskah.example"),
        ("QUEUE_POLLS_URL", "http://127.0.0.1:9/polls"),
        ("QUEUE_CHECKS_URL", "http://127.0.0.1:9/checks"),
        ("QUEUE_PARKED_URL", "http://127.0.0.1:9/parked"),
        ("TABLE_ACCOUNTS", "accounts"),
        ("TABLE_LEDGER", "ledger"),
        ("TABLE_ORDERS", "orders"),
        ("TABLE_CATALOG", "catalog"),
        ("TABLE_LIMITS", "limits"),
        ("TABLE_AUDIT", "audit"),
        ("SUPPLIERS", "5sim"),
    ];
    Context::new(Environment::of(settings.into_iter().chain(more)), aws).unwrap()
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    /// The text, which may have been compressed.
    body: String,
    /// The bytes that were sent.
    size: usize,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

async fn call(endpoints: &[Endpoint], request: Request<String>) -> Answer {
    call_in(context(), endpoints, request).await
}

async fn call_in(context: Context, endpoints: &[Endpoint], request: Request<String>) -> Answer {
    call_router(api::router(context, endpoints.iter().copied()), request).await
}

async fn call_router(router: Router, request: Request<String>) -> Answer {
    let response = router.oneshot(request.map(Body::from)).await.unwrap();
    let (parts, body) = response.into_parts();
    let sent = body.collect().await.unwrap().to_bytes();
    let mut body = String::new();
    let read = match parts.headers.get("content-encoding") {
        Some(coding) if coding == "gzip" && !sent.is_empty() => GzDecoder::new(&*sent).read_to_string(&mut body),
        _ => (&*sent).read_to_string(&mut body),
    };
    read.unwrap();
    Answer { status: parts.status, headers: parts.headers, body, size: sent.len() }
}

async fn get(endpoints: &[Endpoint], path: &str) -> Answer {
    call(endpoints, Request::get(path).body(String::new()).unwrap()).await
}
