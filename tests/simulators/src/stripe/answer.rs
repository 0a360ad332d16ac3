//! Bodies of answers: Stripe's indented JSON, and the pages of the network in front of it.

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header::CONTENT_TYPE};
use serde_json::Value;

/// JSON as Stripe writes it, in answers and in webhooks.
pub fn text(value: &Value) -> String {
    format!("{value:#}")
}

/// An answer in JSON.
pub fn pretty(status: StatusCode, value: &Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], text(value)).into_response()
}

/// A page of the network in front of Stripe, which is not JSON.
pub fn network_error(status: StatusCode) -> Response {
    let page = format!("<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>\n");
    (status, [(CONTENT_TYPE, "text/html")], page).into_response()
}

/// JSON that ends too early.
pub fn malformed() -> Response {
    (StatusCode::OK, [(CONTENT_TYPE, "application/json")], "{\n  \"id\": \"cs_test_").into_response()
}
