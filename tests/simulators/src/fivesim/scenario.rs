//! What goes wrong, or right, with the next purchase. README.md lists the scenarios.

use serde::Deserialize;
use std::collections::VecDeque;

/// How the purchase and its order behave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scenario {
    /// A message with a code after 2 to 4 seconds.
    #[default]
    Code,
    /// The message comes after `seconds`.
    LateCode,
    /// No message comes.
    Never,
    /// Three messages come.
    Many,
    /// PENDING for two seconds, then as `code`.
    PendingFirst,
    /// RECEIVED at once, `sms` an empty list until the message comes.
    ReceivedWithoutSms,
    /// `no free phones`, with status 200 (or `status`).
    NoFreePhones,
    /// `not enough user balance`.
    OutOfFunds,
    /// `not enough rating`.
    LowRating,
    /// `server offline`.
    ServerOffline,
    /// An HTML 502 and nothing sold.
    #[serde(rename = "html_502_before")]
    Html502Before,
    /// Sold, and the answer is an HTML 502.
    #[serde(rename = "html_502_after")]
    Html502After,
    /// Nothing sold, and no answer for `seconds`.
    TimeoutBefore,
    /// Sold, and no answer for `seconds`.
    TimeoutAfter,
    /// Two numbers sold, one answered.
    SoldTwice,
    /// Sold for five times the price, whatever `maxPrice` says.
    Dearer,
    /// Answers with the order that was sold last.
    SameIdAgain,
    /// A message of yesterday is already there; no other comes.
    Recycled,
    /// Cancels are refused for 120 seconds.
    CancelTooEarly,
    /// A cancel is done, and its answer is an HTML 502.
    #[serde(rename = "cancel_502")]
    Cancel502,
    /// A message comes at the instant of the cancel.
    CancelHasSms,
    /// Checks answer with an HTML 502.
    #[serde(rename = "check_502")]
    Check502,
    /// Checks answer with broken JSON.
    CheckMalformed,
    /// `api limit is 100 requests per second`.
    Throttled,
}

/// A scenario for the next purchases that fit.
#[derive(Clone, Debug, Deserialize)]
pub struct Planned {
    pub scenario: Scenario,
    #[serde(default = "once")]
    pub times: u32,
    /// Only for this 5SIM product.
    pub product: Option<String>,
    /// Only for this 5SIM country.
    pub country: Option<String>,
    /// For scenarios with a time.
    #[serde(default = "twelve")]
    pub seconds: i64,
    /// For `no_free_phones`.
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

/// Takes the first plan that fits this purchase.
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
