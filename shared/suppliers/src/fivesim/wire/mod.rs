//! The wire format of 5SIM: pure functions that build paths and parse answers.
//!
//! This module classifies an answer before its JSON is parsed. 5SIM reports errors as plain texts
//! with status 400, 404 or even 200, and the network in front of it answers in HTML. 5SIM does not
//! document which status belongs to which text, so a known text counts with any status.
//!
//! What a service puts into a message can't make an answer unreadable: broken pieces are replaced
//! (`repair`), and an optional field of an odd type is left out (`fields`). Nothing here does I/O or
//! knows the time.

mod fields;
mod market;
mod message;
mod order;
mod repair;
mod request;
#[cfg(test)]
mod tests;

use crate::error::{Excerpt, Fault, RejectedReason, SupplierError};
use std::{borrow::Cow, time::Duration};

pub use market::{parse_countries, parse_prices, parse_profile};
pub use order::{OrdersPage, about, parse_action, parse_buy, parse_check, parse_orders_page};
pub use request::{
    OrderAction, action_path, buy_path, check_path, countries_path, orders_path, prices_path, profile_path,
};

/// The pause after a rate limit if the answer names none. Limits are counted per second.
const THROTTLED_FOR: Duration = Duration::from_secs(1);
/// The longest pause that an answer may ask for.
const LONGEST_THROTTLE: Duration = Duration::from_mins(1);

/// An answer of 5SIM, or of the network in front of it.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type` header, or an empty string.
    pub content_type: &'a str,
    /// The `Retry-After` header, if it is a number of seconds.
    pub retry_after: Option<Duration>,
    /// The complete body.
    pub body: &'a [u8],
}

/// The kind of request. It decides what can be concluded from a meaningless answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// A read.
    Read,
    /// A purchase.
    Buy,
    /// An action on an order.
    Action,
}

impl Call {
    /// The error for a request that was sent, if `fault` allows no conclusion.
    pub const fn unsettled(self, fault: Fault) -> SupplierError {
        match self {
            Self::Read => SupplierError::Unavailable { fault },
            Self::Buy | Self::Action => SupplierError::OutcomeUnknown { fault },
        }
    }
}

/// The JSON of a successful answer; anything else becomes an error.
fn json<'a>(answer: &Answer<'a>, call: Call) -> Result<Cow<'a, str>, SupplierError> {
    let body = repair::repaired(answer.body);
    let text = plain_text(answer, &body);
    if answer.status == 401 {
        return Err(SupplierError::Unauthorized);
    }
    if answer.status == 429 {
        return Err(throttled(answer));
    }
    if let Some(error) = text.and_then(|text| known_text(text, answer, call)) {
        return Err(error);
    }
    match (answer.status, text) {
        (200..=299, None) if looks_like_json(&body) => Ok(body),
        (200..=299, None) => Err(call.unsettled(Fault::Unreadable)),
        (200..=299, Some(text)) => Err(call.unsettled(Fault::Said(Excerpt::of(text)))),
        // 408 means that the network gave up waiting; 5SIM may still have acted.
        (400..=407 | 409..=499, text) => Err(SupplierError::Rejected {
            reason: RejectedReason::Other,
            said: text.map(Excerpt::of).unwrap_or_default(),
        }),
        (status, _) => Err(call.unsettled(Fault::Status(status))),
    }
}

/// The body if it is a plain text: not empty, no HTML page and no JSON, which may contain messages
/// and is never kept.
fn plain_text<'a>(answer: &Answer<'_>, body: &'a str) -> Option<&'a str> {
    std::str::from_utf8(answer.body).ok()?;
    let text = body.trim();
    if answer.content_type.trim_start().starts_with("text/html") || text.starts_with('<') {
        return None;
    }
    // A text may also come as a JSON string.
    let text = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text).trim();
    if text.is_empty() || text == "null" || text.starts_with(['{', '[']) { None } else { Some(text) }
}

fn looks_like_json(body: &str) -> bool {
    body.trim_start().starts_with(['{', '[', 'n'])
}

fn throttled(answer: &Answer<'_>) -> SupplierError {
    SupplierError::Throttled { after: answer.retry_after.unwrap_or(THROTTLED_FOR).min(LONGEST_THROTTLE) }
}

/// The error that a text stands for; `None` if it is unknown.
fn known_text(text: &str, answer: &Answer<'_>, call: Call) -> Option<SupplierError> {
    let said = || Excerpt::of(text);
    let rejected = |reason| SupplierError::Rejected { reason, said: said() };
    let lower = text.trim_end_matches('.').to_ascii_lowercase();
    if lower.starts_with("api limit is") || lower.starts_with("ip address limit is") {
        return Some(throttled(answer));
    }
    Some(match lower.as_str() {
        "no free phones" | "not enough product qty" => SupplierError::NoNumbers,
        "not enough user balance" => SupplierError::OutOfFunds,
        "not enough rating" => SupplierError::LowRating,
        "bad country" | "country is incorrect" | "select country" => rejected(RejectedReason::Country),
        "bad operator" | "select operator" => rejected(RejectedReason::Operator),
        "bad product" | "no product" | "product is incorrect" | "product is empty" | "select product" => {
            rejected(RejectedReason::Service)
        }
        "server offline" => rejected(RejectedReason::Offline),
        "hosting order" => rejected(RejectedReason::OrderKind),
        "unauthorized" | "token expired" | "token invalid" => SupplierError::Unauthorized,
        // The request failed half-way; its effect is unknown.
        "internal error" => call.unsettled(Fault::Said(said())),
        // The other texts are about an existing order, which an answer to a purchase can't be.
        _ if call == Call::Buy => return None,
        "order not found" | "hosting order not found" | "record not found" => SupplierError::OrderNotFound,
        "order expired" => SupplierError::AlreadyClosed,
        "order has sms" => SupplierError::HasSms,
        "order no sms" => SupplierError::NoSms,
        "you need to wait time" => SupplierError::TooEarly,
        _ => return None,
    })
}

/// Parses JSON, or returns the error that allows no conclusion.
fn read<'a, T: serde::Deserialize<'a>>(json: &'a str, call: Call) -> Result<T, SupplierError> {
    serde_json::from_str(json).map_err(|_| call.unsettled(Fault::Unreadable))
}
