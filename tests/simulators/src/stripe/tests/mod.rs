//! Tests of the simulator: it refuses what Stripe refuses, and each outcome and fault happens.

mod calls;
mod control;
mod faults;
mod idempotency;
mod intents;
mod lists;
mod page;
mod pay;
mod refunds;
mod sessions;
mod webhooks;

use super::router;
use axum::{Router, body::Body, routing::post};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tower::ServiceExt;

pub const BASE: &str = "http://127.0.0.1:5008";
pub const KEY: &str = "sk_test_local";
pub const SECRET: &str = "whsec_of_tests";
pub const SESSIONS: &str = "/v1/checkout/sessions";

/// An answer, with its body as text.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The error in Stripe's envelope.
    pub fn error(&self) -> Value {
        self.json()["error"].clone()
    }

    /// Status, code and parameter of an error.
    pub fn refusal(&self) -> (u16, String, String) {
        let error = self.error();
        let text = |field: &str| error[field].as_str().unwrap_or_default().to_owned();
        (self.status.as_u16(), text("code"), text("param"))
    }
}

/// A simulator, and a merchant who uses it.
pub struct Stripe(Router);

impl Stripe {
    pub fn new() -> Self {
        Self(router(BASE, KEY))
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.0.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.into_body().collect().await.unwrap().to_bytes();
        Answer { status, headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).header("authorization", format!("Bearer {KEY}"));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// An object or a list.
    pub async fn read(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        answer.json()
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(path, fields, &[]).await
    }

    pub async fn post_with(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let request = Request::post(path)
            .header("authorization", format!("Bearer {KEY}"))
            .header("content-type", "application/x-www-form-urlencoded");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request.body(Body::from(encoded(fields))).unwrap()).await
    }

    /// Makes a session for a reference, over ten dollars.
    pub async fn session(&self, reference: &str) -> Value {
        self.session_with(reference, &[]).await
    }

    /// Makes a session with more or other parameters.
    pub async fn session_with(&self, reference: &str, more: &[(&str, &str)]) -> Value {
        let mut fields = order();
        fields.push(("client_reference_id", reference));
        let answer = self.post(SESSIONS, &with(&fields, more)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.json()
    }

    /// Calls the control API.
    pub async fn control(&self, path: &str, body: Value) -> Answer {
        let request = Request::post(format!("/_sim/{path}")).header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Calls the control API, which must do it.
    pub async fn set(&self, path: &str, body: Value) -> Answer {
        let answer = self.control(path, body).await;
        assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.body);
        answer
    }

    /// Pays a session with an outcome. Returns the payment.
    pub async fn pay(&self, reference: &str, outcome: &str) -> Value {
        self.set(&format!("pay/{reference}"), json!({ "outcome": outcome })).await.json()
    }

    /// The types of all events about a payment's objects, oldest first.
    pub async fn events(&self) -> Vec<String> {
        let events = self.read("/v1/events?limit=100").await;
        let kinds = events["data"].as_array().unwrap().iter().rev().map(|event| event["type"].as_str().unwrap());
        kinds.map(str::to_owned).collect()
    }
}

/// A session over ten dollars that has everything.
pub fn order() -> Vec<(&'static str, &'static str)> {
    vec![
        ("mode", "payment"),
        ("line_items[0][price_data][currency]", "usd"),
        ("line_items[0][price_data][unit_amount]", "500"),
        ("line_items[0][price_data][product_data][name]", "Credits"),
        ("line_items[0][quantity]", "2"),
        ("success_url", "https://example.com/paid?session={CHECKOUT_SESSION_ID}"),
        ("cancel_url", "https://example.com/back"),
    ]
}

/// The fields with others, which replace those of the same name.
pub fn with<'a>(fields: &[(&'a str, &'a str)], others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().filter(|(name, _)| others.iter().all(|(other, _)| other != name));
    kept.chain(others).copied().collect()
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let encoded = |text| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// A merchant's endpoint, which notes what it receives.
#[derive(Clone)]
pub struct Receiver {
    pub url: String,
    /// Signatures and bodies.
    pub attempts: Arc<Mutex<Vec<(String, String)>>>,
    /// The next answers; 200 after them.
    answers: Arc<Mutex<Vec<u16>>>,
}

impl Receiver {
    /// An endpoint of a simulator, which gives these answers first.
    pub async fn of(stripe: &Stripe, answers: &[u16]) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhook", listener.local_addr().unwrap());
        let answers = Arc::new(Mutex::new(answers.to_vec()));
        let receiver = Self { url: url.clone(), attempts: Arc::default(), answers };
        let noted = receiver.clone();
        let note = async move |headers: HeaderMap, body: String| noted.note(&headers, body);
        tokio::spawn(axum::serve(listener, Router::new().route("/webhook", post(note))).into_future());
        stripe.set("webhook", json!({ "url": url, "secret": SECRET })).await;
        receiver
    }

    fn note(&self, headers: &HeaderMap, body: String) -> StatusCode {
        let signature = headers["stripe-signature"].to_str().unwrap().to_owned();
        self.attempts.lock().unwrap().push((signature, body));
        let mut answers = self.answers.lock().unwrap();
        let status = if answers.is_empty() { 200 } else { answers.remove(0) };
        StatusCode::from_u16(status).unwrap()
    }

    /// Waits for this many events. Returns their signatures and bodies.
    pub async fn wait_for(&self, count: usize) -> Vec<(String, Value)> {
        for _ in 0..200 {
            if self.count() >= count {
                let attempts = self.attempts.lock().unwrap().clone();
                return attempts.into_iter().map(|(sign, body)| (sign, serde_json::from_str(&body).unwrap())).collect();
            }
            pause(20).await;
        }
        panic!("{} of {count} events arrived", self.count());
    }

    pub fn count(&self) -> usize {
        self.attempts.lock().unwrap().len()
    }
}

/// Waits for what comes from elsewhere.
#[expect(clippy::disallowed_methods, reason = "webhooks are sent by another task")]
pub async fn pause(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}
