//! Problems: the common form of all errors that clients see (RFC 9457). A problem consists of a code and arguments.
//! Its texts are in one file per language (decision 0023).
//!
//! - An error that the client can resolve has its own code, with advice.
//! - A transient failure is [`Unavailable`], with `Retry-After`.
//! - Every other error is [`Internal`]. Its cause is logged here.
//!
//! The errors of a use case are converted to problems by the crate of its endpoints.

mod body;
mod causes;
mod code;
pub mod codes;
mod text;

pub use body::ProblemBody;
pub use code::{Code, Example};
pub use text::{Part, Text};

pub(crate) use text::Arguments;

use crate::parse::FieldError;
use codes::{BadRequest, BodyTooLarge, Internal, MethodNotAllowed, NotFound, NotJson, Unavailable, ValidationFailed};
use http::StatusCode;
use serde::Serialize;
use serde_json::Value;

/// An error as clients see it. The layer around all endpoints renders it, with the request's id and language.
#[derive(Clone, Debug)]
pub struct Problem {
    code: &'static Code,
    detail: &'static Text,
    members: Arguments,
    errors: Vec<FieldError>,
    retry_after: Option<u64>,
    is_replay: bool,
}

impl Problem {
    /// A problem with this detail, without its arguments. Use a type of [`problems!`](crate::problems!).
    #[doc(hidden)]
    pub fn new(code: &'static Code, detail: &'static Text) -> Self {
        Self { code, detail, members: Arguments::new(), errors: Vec::new(), retry_after: None, is_replay: false }
    }

    /// The problem of invalid fields.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        Self { errors, ..ValidationFailed.into() }
    }

    /// The record does not exist, or the caller may not see it.
    pub fn not_found() -> Self {
        NotFound.into()
    }

    /// An internal error. The cause is logged, never shown.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "internal error");
        Internal.into()
    }

    /// A part of the service does not respond. The cause is logged, never shown.
    pub fn unavailable(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "unavailable");
        Self::from(Unavailable).retry_after(2)
    }

    /// Adds a member to the body.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        self.members.insert(name.to_owned(), serde_json::to_value(value).unwrap_or(Value::Null));
        self
    }

    /// Sets the seconds after which the same request may succeed (`Retry-After`).
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Marks the problem as the answer to an earlier request with the same idempotency key.
    #[must_use]
    pub fn replayed(mut self, is_replay: bool) -> Self {
        self.is_replay = is_replay;
        self
    }

    /// The code of the problem.
    pub const fn code(&self) -> &'static Code {
        self.code
    }

    /// The problem for an error answer of the router.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            404 => NotFound.into(),
            405 => MethodNotAllowed.into(),
            413 => BodyTooLarge.into(),
            415 => NotJson.into(),
            400..500 => BadRequest::Unexpected.into(),
            other => Self::internal(format_args!("an answer with status {other} has no problem")),
        }
    }
}
