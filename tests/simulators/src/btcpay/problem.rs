//! Answers that are errors. A wrong body is 422 with a list of paths; other errors are an object with a code.

use axum::{
    Json,
    response::{Html, IntoResponse, Response},
};
use http::StatusCode;
use serde_json::{Value, json};

/// An error of the API.
#[derive(Debug)]
pub enum Problem {
    /// Paths of fields, and what is wrong with them.
    Validation(Vec<(String, String)>),
    /// No API key, or one that nobody has.
    Unauthenticated(&'static str),
    /// The key has no such right, or none on this object. Unknown objects are the same.
    MissingPermission(&'static str),
    InvoiceNotFound,
    WebhookNotFound,
    DeliveryNotFound,
    PullPaymentNotFound,
    PayoutNotFound,
    /// A rule of the server: status, code, message.
    Rule(u16, &'static str, String),
    /// A status without a body.
    Bare(u16),
}

impl Problem {
    /// One field that is wrong.
    pub fn invalid(path: &str, message: &str) -> Self {
        Self::Validation(vec![(path.to_owned(), message.to_owned())])
    }

    fn parts(self) -> (u16, Value) {
        let coded = |status, code: &str, message: &str| (status, json!({ "code": code, "message": message }));
        match self {
            Self::Validation(wrongs) => {
                let listed = wrongs.into_iter().map(|(path, message)| json!({ "path": path, "message": message }));
                (422, listed.collect())
            }
            Self::Unauthenticated(reason) => coded(401, "unauthenticated", reason),
            Self::MissingPermission(policy) => {
                let message = format!(
                    "Insufficient API Permissions. Please use an API key with permission \"{policy}\". You can create \
                     an API key in your account's settings / Api Keys."
                );
                (403, json!({ "code": "missing-permission", "message": message, "missingPermission": policy }))
            }
            Self::InvoiceNotFound => coded(404, "invoice-not-found", "The invoice was not found"),
            Self::WebhookNotFound => coded(404, "webhook-not-found", "The webhook was not found"),
            Self::DeliveryNotFound => coded(404, "webhookdelivery-not-found", "The webhook delivery was not found"),
            Self::PullPaymentNotFound => coded(404, "pullpayment-not-found", "The pull payment was not found"),
            Self::PayoutNotFound => coded(404, "payout-not-found", "The payout was not found"),
            Self::Rule(status, code, message) => coded(status, code, &message),
            Self::Bare(status) => (status, Value::Null),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, body) = self.parts();
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if body.is_null() { status.into_response() } else { (status, Json(body)).into_response() }
    }
}

/// A page of the proxy in front of the server.
pub fn from_proxy(status: StatusCode) -> Response {
    (status, Html(format!("<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>")))
        .into_response()
}
