//! Tests of the simulator: it refuses what Paystack refuses, money moves as there, and each planned fault happens.

mod calls;
mod charges;
mod control;
mod disputes;
mod faults;
mod initialize;
mod lists;
mod page;
mod pay;
mod receiver;
mod refunds;
mod webhooks;

use super::router;
use axum::{Router, body::Body};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

pub const URL: &str = "http://127.0.0.1:5007";
pub const KEY: &str = "sk_test_local";
pub const CALLBACK: &str = "http://127.0.0.1:8788/wallet?from=paystack";
pub const EMAIL: &str = "ama@example.com";

/// An answer, with its body as text.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// The body, which must be JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// `data` of a call that succeeded.
    pub fn data(&self) -> Value {
        let body = self.json();
        assert_eq!((self.status, &body["status"]), (StatusCode::OK, &json!(true)), "{body}");
        body["data"].clone()
    }

    /// Status and message of a call that was refused.
    pub fn refusal(&self) -> (u16, String) {
        let body = self.json();
        assert_eq!(body["status"], json!(false), "{body}");
        assert!(body["meta"]["nextStep"].is_string() && body["code"].is_string(), "{body}");
        (self.status.as_u16(), body["message"].as_str().unwrap().to_owned())
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A simulator, and its merchant.
#[derive(Clone)]
pub struct Merchant(Router);

impl Merchant {
    pub fn new() -> Self {
        Self(router(URL, KEY, 0))
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

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        let request = Request::post(path).header("authorization", format!("Bearer {KEY}"));
        let request = request.header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Calls the control API.
    pub async fn control(&self, path: &str, body: Value) -> Answer {
        let request = Request::post(format!("/_sim/{path}")).header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Calls the control API, which must accept it.
    pub async fn set(&self, path: &str, body: Value) {
        let answer = self.control(path, body).await;
        assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.body);
    }

    pub async fn plan(&self, fault: &str) {
        self.set("plan", json!({ "fault": fault })).await;
    }

    /// Starts a payment of GHS 50.00.
    pub async fn start(&self, reference: &str) -> Answer {
        self.post("/transaction/initialize", &asked(reference)).await
    }

    /// Starts a payment; returns the path of its page.
    pub async fn started(&self, reference: &str) -> String {
        let url = self.start(reference).await.data()["authorization_url"].as_str().unwrap().to_owned();
        url.strip_prefix(URL).unwrap().to_owned()
    }

    /// Starts a payment and does what a button does.
    pub async fn pay(&self, reference: &str, payment: Value) {
        self.start(reference).await.data();
        self.set(&format!("pay/{reference}"), payment).await;
    }

    /// `data` of the verification.
    pub async fn verified(&self, reference: &str) -> Value {
        self.get(&format!("/transaction/verify/{reference}")).await.data()
    }

    pub async fn status(&self, reference: &str) -> String {
        self.verified(reference).await["status"].as_str().unwrap().to_owned()
    }

    /// A payment as the control API shows it.
    pub async fn payment(&self, reference: &str) -> Value {
        self.get(&format!("/_sim/payments/{reference}")).await.json()
    }

    pub async fn advance(&self, seconds: i64) {
        self.set("clock", json!({ "advance_s": seconds })).await;
    }
}

/// A request for GHS 50.00 that has everything.
pub fn asked(reference: &str) -> Value {
    json!({
        "email": EMAIL, "amount": 5_000, "currency": "GHS", "reference": reference, "callback_url": CALLBACK,
        "metadata": { "user": "usr-1" },
    })
}
