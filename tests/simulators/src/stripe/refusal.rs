//! Errors in Stripe's envelope: `{"error": {"type", "code", "message", "param", …}}`.

use super::answer::pretty;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header::WWW_AUTHENTICATE};
use serde_json::{Map, Value, json};

/// A call that is refused.
#[derive(Clone, Debug)]
pub struct Refusal {
    status: StatusCode,
    error: Map<String, Value>,
    /// Whether the endpoint had begun its work. Only then does an idempotency key keep the answer.
    begun: bool,
}

/// Marks an answer that an idempotency key does not keep.
#[derive(Clone, Copy, Debug)]
pub struct NotKept;

impl Refusal {
    /// A request that no repetition can make valid; the status is 400.
    pub fn invalid(message: impl Into<String>) -> Self {
        let mut error = Map::new();
        error.insert("type".into(), json!("invalid_request_error"));
        error.insert("message".into(), json!(message.into()));
        Self { status: StatusCode::BAD_REQUEST, error, begun: false }
    }

    /// A parameter that is not right.
    pub fn parameter(param: &str, message: impl Into<String>) -> Self {
        Self::invalid(message).at(param)
    }

    /// An object that does not exist; the status is that of a path.
    pub fn missing(name: &str, id: &str, param: &str) -> Self {
        let refusal = Self::parameter(param, format!("No such {name}: '{id}'")).code("resource_missing");
        Self { begun: true, ..refusal.status(StatusCode::NOT_FOUND) }
    }

    /// Another status than 400.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The parameter that is to blame.
    pub fn at(self, param: &str) -> Self {
        self.with("param", json!(param))
    }

    /// An error code, which comes with the address of its description.
    pub fn code(self, code: &str) -> Self {
        let page = format!("https://stripe.com/docs/error-codes/{}", code.replace('_', "-"));
        self.with("code", json!(code)).with("doc_url", json!(page))
    }

    /// One more field of the error.
    pub fn with(mut self, field: &str, value: Value) -> Self {
        self.error.insert(field.to_owned(), value);
        self
    }

    /// The endpoint had begun its work when it refused.
    pub fn begun(mut self) -> Self {
        self.begun = true;
        self
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = pretty(self.status, &json!({ "error": self.error }));
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"Stripe\""));
        }
        if !self.begun {
            response.extensions_mut().insert(NotKept);
        }
        response
    }
}
