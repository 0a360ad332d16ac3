//! Problems: the one form of every error that a client sees (RFC 9457), and what errors of the store and the ledger become.
//! How customers see what a use case refuses is up to the crate of its endpoints.
//!
//! Which error belongs where: what a client can act on has a [`ProblemCode`] of its own and says what to do; a failure that
//! passes is `unavailable` with `Retry-After`; everything else is `internal` and is logged here with its cause.

use crate::{parse::FieldError, problem_code::ProblemCode};
use axum::response::{IntoResponse, Response};
use domain::{ledger::LedgerError, offers::NothingToBuy, pricing::NoQuote};
use http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};
use store::StoreError;
use utoipa::ToSchema;

/// An error as a client sees it; rendered with the request's id by the layer around all endpoints.
#[derive(Clone, Debug)]
pub struct Problem {
    code: ProblemCode,
    detail: String,
    errors: Vec<FieldError>,
    more: Map<String, Value>,
    retry_after: Option<u64>,
}

/// The body of an error answer, `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// A link to what the code means.
    #[serde(rename = "type")]
    #[schema(examples("https://api.namaskah.app/api/docs#problem-validation_failed"))]
    pub kind: String,
    /// The code in words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What happened here, and what to do.
    pub detail: String,
    /// What programs decide by: stable.
    #[schema(examples("validation_failed"))]
    pub code: &'static str,
    /// The request, for support.
    pub request_id: String,
    /// The wrong fields, for 422.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// More facts, by code: `missing`, `from`, `required_scope` …
    #[serde(flatten)]
    #[schema(ignore)]
    pub more: Map<String, Value>,
}

impl Problem {
    /// A problem with what happened and what to do.
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), errors: Vec::new(), more: Map::new(), retry_after: None }
    }

    /// Wrong fields.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let names: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        let detail = format!("Correct and send again: {}.", names.join(", "));
        Self { errors, ..Self::new(ProblemCode::ValidationFailed, detail) }
    }

    /// Nothing is here, or not for this caller.
    pub fn not_found() -> Self {
        Self::new(ProblemCode::NotFound, "Check the path and the identifier; what belongs to others is not shown.")
    }

    /// A defect of ours. The cause is logged, never shown.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "internal error");
        Self::new(ProblemCode::Internal, "Try again; if it stays, tell support the request_id.")
    }

    /// A part of ours does not answer. The cause is logged, never shown.
    pub fn unavailable(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "unavailable");
        Self::new(ProblemCode::Unavailable, "Try again in a moment, with the same Idempotency-Key.").retry_after(2)
    }

    /// One more fact in the body.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        self.more.insert(name.to_owned(), serde_json::to_value(value).unwrap_or(Value::Null));
        self
    }

    /// Seconds after which the same request may succeed (`Retry-After`).
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// What went wrong, for decisions.
    pub const fn code(&self) -> ProblemCode {
        self.code
    }

    /// The answer for a request.
    pub(crate) fn render(self, public_url: &str, request_id: &str) -> Response {
        let (code, status, title) = self.code.facts();
        let body = ProblemBody {
            kind: format!("{public_url}/api/docs#problem-{code}"),
            title,
            status,
            detail: self.detail,
            code,
            request_id: request_id.to_owned(),
            errors: self.errors,
            more: self.more,
        };
        let mut response = (status_of(status), axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(http::header::CONTENT_TYPE, http::HeaderValue::from_static("application/problem+json"));
        headers.insert(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(http::header::RETRY_AFTER, seconds.into());
        }
        if status == 401 {
            headers.insert(http::header::WWW_AUTHENTICATE, http::HeaderValue::from_static("Bearer"));
        }
        response
    }

    /// The problem of an answer that the router itself made.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            404 => Self::not_found(),
            405 => Self::new(ProblemCode::MethodNotAllowed, "See the Allow header, or /api/docs."),
            413 => Self::new(ProblemCode::TooLarge, "A body may have 256 kB."),
            415 => Self::new(ProblemCode::NotJson, "Send a JSON object with Content-Type: application/json."),
            400..500 => Self::new(ProblemCode::BadRequest, "See /api/docs for what this request may hold."),
            other => Self::internal(format_args!("an answer {other} without a problem")),
        }
    }
}

fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Without a body yet: the layer around all endpoints knows the request's id and renders it.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = status_of(self.code.facts().1).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Throttled | StoreError::Unavailable(_) => Self::unavailable(error),
            StoreError::Busy => {
                Self::new(ProblemCode::WalletBusy, "Many requests move this wallet at once; send this one again.")
                    .retry_after(1)
            }
            StoreError::Conflict | StoreError::Refused(_) | StoreError::Corrupt(_) => Self::internal(error),
        }
    }
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::InsufficientFunds { missing } => Self::new(
                ProblemCode::InsufficientFunds,
                format!("Top up at least ₵{missing}, or choose a cheaper offer."),
            )
            .with("missing", missing),
            LedgerError::NotHeld | LedgerError::Malformed | LedgerError::TooLarge => Self::internal(error),
        }
    }
}

impl From<NothingToBuy> for Problem {
    fn from(reason: NothingToBuy) -> Self {
        let (code, detail) = match reason {
            NothingToBuy::AboveMax { price, max } => {
                let detail = format!(
                    "The price is ₵{price} at present. Raise max_price, or choose another operator or country."
                );
                return Self::new(ProblemCode::PriceAboveMax, detail).with("price", price).with("max_price", max);
            }
            NothingToBuy::NoOffer => (
                ProblemCode::NoOffer,
                "Nobody sells this. GET /api/v1/services/{service_name}/offers lists what there is.",
            ),
            NothingToBuy::NoNumbers => {
                (ProblemCode::NoNumbers, "No number at the moment. Try another operator or country, or later.")
            }
            NothingToBuy::NoQuote(NoQuote::Blocked) => {
                (ProblemCode::ServiceBlocked, "Codes of banks, payments, government and health services are not sold.")
            }
            NothingToBuy::NoQuote(NoQuote::UnknownCost | NoQuote::OutOfRange) => {
                (ProblemCode::NoOffer, "The price of this is not known at present. Try another operator or country.")
            }
        };
        Self::new(code, detail)
    }
}
