//! Scenarios of the next purchases. README.md lists them.

use serde::Deserialize;
use std::collections::VecDeque;

/// The behaviour of a purchase and its order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scenario {
    /// A message with a code arrives after 2 to 4 seconds.
    #[default]
    Code,
    /// The message arrives after `seconds`.
    LateCode,
    /// No message arrives.
    Never,
    /// Three messages arrive.
    Many,
    /// PENDING for two seconds, then as `code`.
    PendingFirst,
    /// RECEIVED at once, with an empty `sms` list until the message arrives.
    ReceivedWithoutSms,
    /// `no free phones`, with status 200 (or `status`).
    NoFreePhones,
    /// `not enough user balance`.
    OutOfFunds,
    /// `not enough rating`.
    LowRating,
    /// `server offline`.
    ServerOffline,
    /// An HTML 502; nothing is sold.
    #[serde(rename = "html_502_before")]
    Html502Before,
    /// A number is sold, but the answer is an HTML 502.
    #[serde(rename = "html_502_after")]
    Html502After,
    /// Nothing is sold, and the answer takes `seconds`.
    TimeoutBefore,
    /// A number is sold, and the answer takes `seconds`.
    TimeoutAfter,
    /// Two numbers are sold, one is returned.
    SoldTwice,
    /// A number is sold for fifty times the price, whatever `maxPrice` says.
    Dearer,
    /// A number of another country is sold as one of the requested country.
    ForeignNumber,
    /// Returns the last order again.
    SameIdAgain,
    /// A message from yesterday already exists; no other arrives.
    Recycled,
    /// Cancels are rejected for 120 seconds.
    CancelTooEarly,
    /// A cancel succeeds, but its answer is an HTML 502.
    #[serde(rename = "cancel_502")]
    Cancel502,
    /// A message arrives at the instant of the cancel.
    CancelHasSms,
    /// Checks return an HTML 502.
    #[serde(rename = "check_502")]
    Check502,
    /// Checks return broken JSON.
    CheckMalformed,
    /// Checks return `order expired`; no message arrives.
    CheckExpired,
    /// Checks return `order not found`; no message arrives.
    CheckNotFound,
    /// `api limit is 100 requests per second`.
    Throttled,
}

/// A scenario for the next matching purchases.
#[derive(Clone, Debug, Deserialize)]
pub struct Planned {
    pub scenario: Scenario,
    #[serde(default = "once")]
    pub times: u32,
    /// Only for this product.
    pub product: Option<String>,
    /// Only for this country.
    pub country: Option<String>,
    /// Duration, for scenarios with one.
    #[serde(default = "twelve")]
    pub seconds: i64,
    /// HTTP status, for `no_free_phones`.
    #[serde(default = "ok")]
    pub status: u16,
}

const fn once() -> u32 {
    1
}

const fn twelve() -> i64 {
    12
}

const fn ok() -> u16 {
    200
}

impl Default for Planned {
    fn default() -> Self {
        Self { scenario: Scenario::Code, times: 1, product: None, country: None, seconds: 12, status: 200 }
    }
}

/// Takes the first plan that matches a purchase.
pub fn take(plans: &mut VecDeque<Planned>, country: &str, product: &str) -> Planned {
    let fits = |plan: &Planned| {
        plan.country.as_deref().is_none_or(|c| c == country) && plan.product.as_deref().is_none_or(|p| p == product)
    };
    let Some(at) = plans.iter().position(fits) else { return Planned::default() };
    let plan = plans[at].clone();
    plans[at].times -= 1;
    if plans[at].times == 0 {
        plans.remove(at);
    }
    plan
}
