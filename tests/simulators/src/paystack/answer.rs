//! Paystack's envelope, and every error with its status, type and code. Where Paystack publishes no words (an unpaid
//! transaction, an unknown path, too many calls, some codes), these are guesses: a client must not rely on them.

use axum::{
    Json,
    response::{Html, IntoResponse, Response},
};
use http::{StatusCode, header::RETRY_AFTER};
use serde_json::{Value, json};

/// A successful answer.
pub fn ok(message: &str, data: &Value) -> Response {
    Json(json!({ "status": true, "message": message, "data": data })).into_response()
}

/// A page of a list.
pub fn list(message: &str, data: &[Value], meta: &Value) -> Response {
    Json(json!({ "status": true, "message": message, "data": data, "meta": meta })).into_response()
}

/// The page of the network in front of Paystack.
pub fn html(status: StatusCode) -> Response {
    (status, Html(format!("<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>")))
        .into_response()
}

/// The answer to a path that does not exist.
pub async fn no_route() -> Refusal {
    Refusal::NoRoute
}

/// Why Paystack refuses a call.
#[derive(Debug)]
pub enum Refusal {
    NoAuthorization,
    InvalidKey,
    /// Too many calls; the next one may come after these seconds.
    Throttled(u64),
    NoRoute,
    NotFound,
    /// The message names the missing field.
    Missing(&'static str),
    /// The message says what is wrong.
    Invalid(String),
    InvalidEmail,
    InvalidAmount,
    AmountTooLarge,
    Currency,
    ReferenceSigns,
    DuplicateReference,
    UnknownReference,
    IdNotNumeric,
    UnknownTransaction,
    UnknownAuthorization,
    /// The authorization belongs to another customer, is not reusable or was deactivated. Paystack does not say which.
    ForeignAuthorization,
    NotPaid,
    FullyReversed,
    /// The smallest amount of a refund.
    RefundTooSmall(String),
    RefundTooLarge,
    RefundCurrency,
    NotNeedingAttention,
}

/// An error's status, message, advice and code. The type follows from the code.
type Parts = (u16, String, &'static str, &'static str);

/// The advice of most errors.
const VALID: &str = "Ensure that the value(s) you're passing are valid.";

impl Refusal {
    fn parts(&self) -> Parts {
        let (status, message, advice, code) = match self {
            Self::Missing(field) => {
                return (400, format!("{field} is required"), "Provide all required params", "missing_params");
            }
            Self::Invalid(message) => return (400, message.clone(), VALID, "invalid_params"),
            Self::RefundTooSmall(least) => {
                let message = format!("The minimum amount you may send in a single refund at this time is: {least}");
                return (400, message, VALID, "invalid_params");
            }
            Self::NoAuthorization => {
                let advice = "Ensure that your request contains an authorization header";
                (401, "No Authorization Header was found", advice, "missing_authorization_header")
            }
            Self::InvalidKey => {
                let advice = "Ensure that you provide the correct authorization key for the request";
                (401, "Invalid key", advice, "invalid_Key")
            }
            Self::Throttled(_) => (429, "Too many requests", "Wait before you call again", "rate_limited"),
            Self::NoRoute => (404, "Route not found", "Check the path and the method", "not_found"),
            Self::NotFound => (404, "Entity not found", VALID, "not_found"),
            Self::InvalidEmail => (400, "Invalid Email Address Passed", VALID, "invalid_email_address"),
            Self::InvalidAmount => (400, "Invalid Amount Sent", VALID, "invalid_amount"),
            Self::AmountTooLarge => (400, "Transaction amount limit exceeded", VALID, "invalid_amount"),
            Self::Currency => (400, "Currency not supported by merchant", VALID, "unsupported_currency"),
            Self::ReferenceSigns => (400, "Invalid character in transaction reference", VALID, "invalid_reference"),
            Self::DuplicateReference => {
                let advice = "Try and create the Transaction or Charge with a new reference";
                (400, "Duplicate Transaction Reference", advice, "duplicate_reference")
            }
            // Its API description says 404.
            Self::UnknownReference => {
                let advice =
                    "Ensure that you're passing the reference of a transaction that exists on this integration";
                (400, "Transaction reference not found.", advice, "transaction_not_found")
            }
            Self::IdNotNumeric => (400, "Transaction ID should be numeric.", VALID, "invalid_params"),
            Self::UnknownTransaction => (404, "Transaction not found", VALID, "transaction_not_found"),
            Self::UnknownAuthorization => (400, "Authorization code is invalid", VALID, "invalid_authorization"),
            Self::ForeignAuthorization => {
                let message = "Email does not match Authorization code. Authorization may be inactive or belong to a \
                               different email. Please confirm.";
                (400, message, VALID, "invalid_authorization")
            }
            Self::NotPaid => (400, "Transaction has not been paid for", VALID, "invalid_params"),
            Self::FullyReversed => (400, "Transaction has been fully reversed", VALID, "transaction_reversed"),
            Self::RefundTooLarge => {
                (400, "Total refund amount cannot exceed original transaction amount", VALID, "invalid_params")
            }
            Self::RefundCurrency => (400, "Transaction currency must match refund currency", VALID, "invalid_params"),
            Self::NotNeedingAttention => {
                let message = "Invalid Refund state, refund status should be \"needs-attention\"";
                (422, message, VALID, "invalid_params")
            }
        };
        (status, message.to_owned(), advice, code)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, message, advice, code) = self.parts();
        let kind =
            if ["transaction_reversed", "rate_limited"].contains(&code) { "api_error" } else { "validation_error" };
        let body = json!({
            "status": false, "message": message, "meta": { "nextStep": advice }, "type": kind, "code": code,
        });
        let answer = (StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST), Json(body));
        match self {
            Self::Throttled(seconds) => {
                let seconds = seconds.to_string();
                ([(RETRY_AFTER.as_str(), seconds.clone()), ("x-ratelimit-reset", seconds)], answer).into_response()
            }
            _ => answer.into_response(),
        }
    }
}
