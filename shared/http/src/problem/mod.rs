//! Problems: the one form of every error that a client sees (RFC 9457). A problem is a code and arguments; its words are in
//! files by language (decision 0023).
//!
//! Which error belongs where: what a client can act on has a code of its own and says what to do; a failure that passes is
//! [`Unavailable`] with `Retry-After`; everything else is [`Internal`] and is logged here with its cause. How customers see
//! what a use case refuses is up to the crate of its endpoints.

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

/// An error as a client sees it; rendered with the request's id and language by the layer around all endpoints.
#[derive(Clone, Debug)]
pub struct Problem {
    code: &'static Code,
    detail: &'static Text,
    members: Arguments,
    errors: Vec<FieldError>,
    retry_after: Option<u64>,
}

impl Problem {
    /// A problem with this detail, without its arguments. Use a type of [`problems!`](crate::problems!).
    #[doc(hidden)]
    pub fn new(code: &'static Code, detail: &'static Text) -> Self {
        Self { code, detail, members: Arguments::new(), errors: Vec::new(), retry_after: None }
    }

    /// Wrong fields.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        Self { errors, ..ValidationFailed.into() }
    }

    /// Nothing is here, or not for this caller.
    pub fn not_found() -> Self {
        NotFound.into()
    }

    /// A defect. The cause is logged, never shown.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "internal error");
        Internal.into()
    }

    /// A part of the service does not answer. The cause is logged, never shown.
    pub fn unavailable(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "unavailable");
        Self::from(Unavailable).retry_after(2)
    }

    /// One more member of the body.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        self.members.insert(name.to_owned(), serde_json::to_value(value).unwrap_or(Value::Null));
        self
    }

    /// Seconds after which the same request may succeed (`Retry-After`).
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// What went wrong, for decisions.
    pub const fn code(&self) -> &'static Code {
        self.code
    }

    /// The problem of an answer that the router itself made.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            404 => NotFound.into(),
            405 => MethodNotAllowed.into(),
            413 => BodyTooLarge.into(),
            415 => NotJson.into(),
            400..500 => BadRequest::Unexpected.into(),
            other => Self::internal(format_args!("an answer {other} without a problem")),
        }
    }
}
