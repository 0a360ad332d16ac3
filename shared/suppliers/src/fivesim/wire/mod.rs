//! The wire format of 5SIM: pure functions that build paths and parse answers.
//!
//! This module classifies an answer before its JSON is parsed. 5SIM reports errors as plain texts
//! with status 400, 404 or even 200, and the network in front of it answers in HTML. 5SIM does not
//! document which status belongs to which text, so a known text counts with any status, and in any
//! wrapping (`refusal`). JSON with an order in it is never an error of 5SIM, whatever its status.
//!
//! What a service puts into a message can't make an answer unreadable: broken pieces are replaced
//! (`repair`), and an optional field of an odd type is left out (`fields`). Nothing here does I/O or
//! knows the time.

mod fields;
mod market;
mod message;
mod order;
mod refusal;
mod repair;
mod request;
#[cfg(test)]
mod tests;

use crate::error::{Excerpt, Fault, RejectedReason, SupplierError};
use refusal::Body;
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
    let text = repair::repaired(answer.body);
    let body = Body::of(&text);
    let is_success = (200..=299).contains(&answer.status);
    if body == Body::Order && !is_success {
        // Whatever the status means, something may have been sold.
        return Err(call.unsettled(Fault::Status(answer.status)));
    }
    if answer.status == 401 {
        return Err(SupplierError::Unauthorized);
    }
    if answer.status == 429 {
        return Err(throttled(answer));
    }
    if let Some(error) = body.texts().iter().find_map(|text| known_text(text, answer, call)) {
        return Err(error);
    }
    match (answer.status, &body) {
        (200..=299, Body::Order | Body::Json(_)) => Ok(text),
        (200..=299, _) => Err(call.unsettled(said(answer, &body).map_or(Fault::Unreadable, Fault::Said))),
        // 408 means that the network gave up waiting; 5SIM may still have acted.
        (400..=407 | 409..=499, _) => {
            let said = said(answer, &body).unwrap_or_default();
            Err(SupplierError::Rejected { reason: RejectedReason::Other, said })
        }
        (status, _) => Err(call.unsettled(Fault::Status(status))),
    }
}

/// The excerpt of an unknown plain text. JSON may contain messages, so nothing of it is kept; nor of what calls
/// itself a page, or is no text.
fn said(answer: &Answer<'_>, body: &Body) -> Option<Excerpt> {
    let is_page = answer.content_type.trim_start().starts_with("text/html");
    match body {
        Body::Text(text) if !is_page && std::str::from_utf8(answer.body).is_ok() => Some(Excerpt::of(text)),
        _ => None,
    }
}

fn throttled(answer: &Answer<'_>) -> SupplierError {
    SupplierError::Throttled { after: answer.retry_after.unwrap_or(THROTTLED_FOR).min(LONGEST_THROTTLE) }
}

/// The error that a text stands for; `None` if it is unknown.
fn known_text(text: &str, answer: &Answer<'_>, call: Call) -> Option<SupplierError> {
    let said = || Excerpt::of(text);
    let rejected = |reason| SupplierError::Rejected { reason, said: said() };
    let words = refusal::words(text);
    if words.starts_with("api limit is") || words.starts_with("ip address limit is") {
        return Some(throttled(answer));
    }
    Some(match words.as_str() {
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
