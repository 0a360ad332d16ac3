//! Faults that tests plan. README.md lists them.

use serde::{Deserialize, Serialize};

/// A fault of a call or of a webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// No transaction is made, and the answer is late and unusable.
    InitializeTimeoutBefore,
    /// A transaction is made, and the answer is late.
    InitializeTimeoutAfter,
    /// No transaction is made, and the answer is a page.
    #[serde(rename = "initialize_502_html")]
    Initialize502Html,
    /// A transaction is made, and the answer is a page.
    #[serde(rename = "initialize_502_after")]
    Initialize502After,
    /// The transaction is paid and its webhook sent before its answer.
    WebhookBeforeAnswer,
    #[serde(rename = "verify_502")]
    Verify502,
    /// The answer is late.
    VerifyTimeout,
    /// The answer ends in the middle.
    VerifyMalformed,
    /// The bank declines the saved card.
    ChargeDeclined,
    /// The saved card is charged, and the answer is late.
    ChargeTimeoutAfter,
    /// The saved card is not charged, and the answer is a page.
    #[serde(rename = "charge_502")]
    Charge502,
    /// A refund is made, and the answer is late.
    RefundTimeoutAfter,
    /// No refund is made, and the answer is a page.
    #[serde(rename = "refund_502")]
    Refund502,
    /// Any call: too many, come back after `seconds`.
    Throttled,
    /// Any call: the key is not valid.
    Unauthorized,
    WebhookTwice,
    WebhookNever,
    /// The webhook is sent after `seconds` of the simulator's clock.
    WebhookLate,
    WebhookWrongSignature,
}

/// The moment at which a fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Before a call is looked at.
    AnyCall,
    Initialize,
    Verify,
    Charge,
    Refund,
    Webhook,
}

impl Fault {
    const fn moment(self) -> Moment {
        match self {
            Self::InitializeTimeoutBefore
            | Self::InitializeTimeoutAfter
            | Self::Initialize502Html
            | Self::Initialize502After
            | Self::WebhookBeforeAnswer => Moment::Initialize,
            Self::Verify502 | Self::VerifyTimeout | Self::VerifyMalformed => Moment::Verify,
            Self::ChargeDeclined | Self::ChargeTimeoutAfter | Self::Charge502 => Moment::Charge,
            Self::RefundTimeoutAfter | Self::Refund502 => Moment::Refund,
            Self::Throttled | Self::Unauthorized => Moment::AnyCall,
            Self::WebhookTwice | Self::WebhookNever | Self::WebhookLate | Self::WebhookWrongSignature => {
                Moment::Webhook
            }
        }
    }
}

/// A fault of the next matching calls or webhooks.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    pub fault: Fault,
    #[serde(default = "once")]
    pub times: u32,
    /// Only for this payment. A call before it is looked at has the reference in its path.
    pub reference: Option<String>,
    /// Only for webhooks of this event.
    pub event: Option<String>,
    #[serde(default = "twelve")]
    pub seconds: u32,
}

impl Planned {
    pub fn milliseconds(&self) -> i64 {
        i64::from(self.seconds) * 1000
    }
}

const fn once() -> u32 {
    1
}

const fn twelve() -> u32 {
    12
}

/// Takes the first fault that is planned for a moment. `about` is a reference, or the path of a call that has not been
/// looked at; `event` is empty for calls.
pub fn take(plans: &mut Vec<Planned>, moment: Moment, about: &str, event: &str) -> Option<Planned> {
    let fits = |plan: &Planned| {
        let reference = plan.reference.as_deref().is_none_or(|wanted| match moment {
            Moment::AnyCall => about.split('/').any(|part| part == wanted),
            _ => about == wanted,
        });
        plan.fault.moment() == moment && reference && plan.event.as_deref().is_none_or(|wanted| wanted == event)
    };
    let at = plans.iter().position(fits)?;
    let plan = plans[at].clone();
    plans[at].times = plan.times.saturating_sub(1);
    if plans[at].times == 0 {
        plans.remove(at);
    }
    Some(plan)
}
