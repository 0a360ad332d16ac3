//! Why a person of the staff did something. It stays in the audit trail.

use crate::codes::{AccountOffLimits, NotAReason};
use api::{
    Parse,
    codes::{Busy, NotFound, WrongStatus},
};
use std::str::FromStr;
use utoipa::ToSchema;

/// The shortest and the longest reason, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=200;

/// A reason: one line of text.
#[derive(Clone, Debug)]
pub struct Reason(String);

impl Reason {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reason {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let is_one = LENGTHS.contains(&text.chars().count()) && !text.chars().any(char::is_control);
        if is_one { Ok(Self(text.to_owned())) } else { Err(()) }
    }
}

api::text!(Reason => NotAReason);

/// A change of a customer's account.
#[derive(Parse, ToSchema)]
#[parse(problems(NotFound, AccountOffLimits, Busy))]
#[schema(example = json!({"reason": "sold numbers to others"}))]
pub struct WithReason {
    /// Why. It stays in the audit trail; the customer does not see it.
    #[schema(value_type = String)]
    pub reason: Reason,
}

/// What was done about a finding.
#[derive(Parse, ToSchema)]
#[parse(problems(NotFound, WrongStatus, Busy))]
#[schema(example = json!({"reason": "the gateway returned it to the card"}))]
pub struct FindingReason {
    /// What was done, or why. It stays with the finding, and in the audit trail.
    #[schema(value_type = String)]
    pub reason: Reason,
}

/// A decision about a refund.
#[derive(Parse, ToSchema)]
#[parse(problems(NotFound, AccountOffLimits, WrongStatus, Busy))]
#[schema(example = json!({"reason": "topped up twice by mistake"}))]
pub struct RefundDecision {
    /// Why. It stays in the audit trail; the customer does not see it.
    #[schema(value_type = String)]
    pub reason: Reason,
}
