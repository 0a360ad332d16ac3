//! Tests of the simulator: it behaves like the server, and each planned fault happens.

mod api;
mod checkout;
mod control;
mod faults;
mod order;
mod payments;
mod payouts;
mod receiver;
mod refunds;
mod webhooks;

use super::router;
use axum::{Router, body::Body};
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

pub const URL: &str = "http://127.0.0.1:5009";
pub const STORE: &str = "/api/v1/stores/local-store";

/// An answer, with its body as text.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The code of an error, or the paths of fields that are wrong.
    pub fn error(&self) -> (u16, String) {
        let body = self.json();
        let paths = body.as_array().map(|wrongs| wrongs.iter().map(|wrong| wrong["path"].as_str().unwrap()));
        let code = paths
            .map_or_else(|| body["code"].as_str().unwrap().to_owned(), |paths| paths.collect::<Vec<_>>().join(" "));
        (self.status.as_u16(), code)
    }
}

/// A simulator, and a client of it.
#[derive(Clone)]
pub struct Server(Router);

impl Server {
    pub fn new() -> Self {
        Self(router(URL, "local-token", "local-store"))
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.0.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.into_body().collect().await.unwrap().to_bytes();
        Answer { status, headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// A call of the API.
    pub async fn call(&self, method: Method, path: &str, body: Value) -> Answer {
        let request = Request::builder().method(method).uri(path).header("authorization", "token local-token");
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.send(request.header("content-type", "application/json").body(Body::from(body)).unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, Value::Null).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, body).await
    }

    /// A call of the control API, which must succeed.
    pub async fn control(&self, path: &str, body: Value) -> Answer {
        let answer = self.post(&format!("/_sim/{path}"), body).await;
        assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.body);
        answer
    }

    pub async fn advance(&self, seconds: i64) {
        self.control("clock", json!({ "advance_s": seconds })).await;
    }

    /// An invoice of five dollars with a reference; returns its identifier.
    pub async fn invoice(&self, reference: &str) -> String {
        self.invoice_with(reference, json!({})).await
    }

    /// The same, with settings of the checkout.
    pub async fn invoice_with(&self, reference: &str, checkout: Value) -> String {
        let body = json!({
            "amount": "5.00",
            "currency": "USD",
            "metadata": { "orderId": reference },
            "checkout": checkout,
        });
        let answer = self.post(&format!("{STORE}/invoices"), body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    pub async fn pay(&self, reference: &str, outcome: &str) -> Value {
        self.control(&format!("pay/{reference}"), json!({ "outcome": outcome })).await.json()
    }

    /// The status, what is unusual about it, and the paid amount.
    pub async fn state(&self, id: &str) -> (String, String, String) {
        let shown = self.get(&format!("{STORE}/invoices/{id}")).await.json();
        let text = |name: &str| shown[name].as_str().unwrap().to_owned();
        (text("status"), text("additionalStatus"), text("paidAmount"))
    }

    /// All payments of an invoice, also those that do not count.
    pub async fn payments(&self, id: &str) -> Vec<Value> {
        let path = format!("{STORE}/invoices/{id}/payment-methods?onlyAccountedPayments=false");
        let methods = self.get(&path).await.json();
        let payments = methods.as_array().unwrap().iter().flat_map(|method| method["payments"].as_array().unwrap());
        payments.cloned().collect()
    }
}

/// A state to compare with.
pub fn state(status: &str, additional: &str, paid: &str) -> (String, String, String) {
    (status.to_owned(), additional.to_owned(), paid.to_owned())
}
