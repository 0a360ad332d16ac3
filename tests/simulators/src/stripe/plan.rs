//! What tests plan: faults of the next calls and of the next events. README.md lists them.

use serde::{Deserialize, Serialize};

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The object is made, but the answer comes after `seconds`.
    CreateTimeoutAfter,
    /// Nothing is made, and the answer comes after `seconds`.
    CreateTimeoutBefore,
    /// Nothing is made.
    #[serde(rename = "create_502")]
    Create502,
    #[serde(rename = "read_502")]
    Read502,
    /// The answer comes after `seconds`, and is unusable.
    ReadTimeout,
    /// The answer ends too early.
    ReadMalformed,
    /// The session is paid, and its events arrive, before it is known to the caller.
    WebhookBeforeAnswer,
    /// The refund is made, but the answer comes after `seconds`.
    RefundTimeoutAfter,
    /// Nothing is refunded.
    #[serde(rename = "refund_502")]
    Refund502,
    /// 429, to any call.
    Throttled,
    /// 401, to any call.
    Unauthorized,
    /// Each event is sent twice.
    WebhookTwice,
    WebhookNever,
    /// Each event is sent after `seconds`.
    WebhookLate,
    /// The first attempt is signed with another secret.
    WebhookWrongSignature,
    /// The first attempt is signed for a time ten minutes ago.
    WebhookOldTimestamp,
}

/// What a fault happens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A call that makes a session or a payment intent.
    Create,
    /// A call that only reads.
    Read,
    /// A call that makes a refund.
    Refund,
    /// Any other call.
    Other,
    /// All events of one change.
    Events,
}

impl Fault {
    /// Whether it can happen there.
    pub fn fits(self, moment: Moment) -> bool {
        match self {
            Self::Throttled | Self::Unauthorized => moment != Moment::Events,
            Self::CreateTimeoutAfter | Self::CreateTimeoutBefore | Self::Create502 | Self::WebhookBeforeAnswer => {
                moment == Moment::Create
            }
            Self::Read502 | Self::ReadTimeout | Self::ReadMalformed => moment == Moment::Read,
            Self::RefundTimeoutAfter | Self::Refund502 => moment == Moment::Refund,
            Self::WebhookTwice
            | Self::WebhookNever
            | Self::WebhookLate
            | Self::WebhookWrongSignature
            | Self::WebhookOldTimestamp => moment == Moment::Events,
        }
    }
}

/// A fault that happens next.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    pub fault: Fault,
    #[serde(default = "once")]
    pub times: u32,
    /// Only for this payment.
    pub reference: Option<String>,
    /// Only for events of this type.
    pub event: Option<String>,
    /// Duration, for faults with one.
    #[serde(default = "twelve")]
    pub seconds: u32,
}

const fn once() -> u32 {
    1
}

const fn twelve() -> u32 {
    12
}

/// Takes the first fault that is planned for a moment, for one of these payments, and for one of these events.
pub fn take(plans: &mut Vec<Planned>, moment: Moment, references: &[&str], events: &[&str]) -> Option<Planned> {
    let is_for = |plan: &Planned| {
        plan.reference.as_deref().is_none_or(|reference| references.contains(&reference))
            && plan.event.as_deref().is_none_or(|event| events.contains(&event))
    };
    let at = plans.iter().position(|plan| plan.fault.fits(moment) && is_for(plan))?;
    let plan = plans[at].clone();
    plans[at].times = plan.times.saturating_sub(1);
    if plans[at].times == 0 {
        plans.remove(at);
    }
    Some(plan)
}
