//! One request and its answer, and what is known if there is no answer.

use crate::Excerpt;
use reqwest::{
    RequestBuilder, StatusCode,
    header::{HeaderMap, HeaderName, RETRY_AFTER},
};
use std::time::Duration;
use thiserror::Error;

/// What happened to an answer that is missing or unreadable.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// No complete answer before the deadline.
    #[error("no answer in time")]
    Timeout,
    /// The connection broke after the request was sent.
    #[error("connection lost")]
    Connection,
    /// A status without an answer of the system itself (a proxy's HTML page, an empty body).
    #[error("status {0}")]
    Status(u16),
    /// The answer does not have the expected form; its content is not kept.
    #[error("unreadable answer")]
    Unreadable,
    /// The answer exceeds the size limit.
    #[error("answer too large")]
    TooLarge,
    /// An unknown plain text.
    #[error("it said {0:?}")]
    Said(Excerpt),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Lost {
    /// The system was not reached (DNS, connection or TLS), so the request certainly had no effect.
    #[error("never reached")]
    NotReached,
    /// The request was sent. It may have had its effect.
    #[error("no answer: {0}")]
    Unanswered(Fault),
}

/// A complete answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

/// Sends a request once and reads an answer of at most `largest` bytes. The request has its own deadline.
pub async fn exchange(request: RequestBuilder, largest: usize) -> Result<Answer, Lost> {
    let mut response = request.send().await.map_err(|error| lost(&error))?;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| lost(&error))? {
        if body.len() + chunk.len() > largest {
            return Err(Lost::Unanswered(Fault::TooLarge));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status: response.status(), headers: std::mem::take(response.headers_mut()), body })
}

/// Classifies a request without an answer. Only if no connection was made did it certainly have no effect.
fn lost(error: &reqwest::Error) -> Lost {
    if error.is_connect() || error.is_builder() {
        Lost::NotReached
    } else if error.is_timeout() {
        Lost::Unanswered(Fault::Timeout)
    } else {
        Lost::Unanswered(Fault::Connection)
    }
}

impl Answer {
    /// The value of a header; empty if it is missing or no text.
    pub fn header(&self, name: HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// How long the system asks us to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.header(RETRY_AFTER).trim().parse().ok().map(Duration::from_secs)
    }
}
