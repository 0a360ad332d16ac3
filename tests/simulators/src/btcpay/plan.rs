//! Faults that tests plan for the next calls and webhooks. README.md lists them.

use serde::{Deserialize, Serialize};

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Any call is answered 429.
    Throttled,
    /// Any call is answered 401, as if somebody deleted the key.
    Unauthorized,
    /// The invoice is made, and the answer takes `seconds`.
    CreateTimeoutAfter,
    /// No invoice is made, and the answer is a proxy's 504 after `seconds`.
    CreateTimeoutBefore,
    /// No invoice is made, and the answer is a proxy's 502.
    #[serde(rename = "create_502_html")]
    Create502Html,
    /// The invoice is made, but the answer is a proxy's 502.
    #[serde(rename = "create_502_html_after")]
    Create502HtmlAfter,
    /// The webhook `InvoiceCreated` is delivered before the answer.
    WebhookBeforeAnswer,
    /// The invoice is made in another currency.
    WrongRateCurrency,
    /// A proxy's 502.
    #[serde(rename = "read_502")]
    Read502,
    /// The answer takes `seconds`.
    ReadTimeout,
    /// The answer breaks off.
    ReadMalformed,
    /// The refund is made, but the answer is a proxy's 502.
    #[serde(rename = "refund_502")]
    Refund502,
    /// No payout is made, and the answer is a proxy's 502.
    #[serde(rename = "payout_502")]
    Payout502,
    /// The payout is made, but the answer is a proxy's 502.
    #[serde(rename = "payout_502_after")]
    Payout502After,
    /// The payout is made, and nobody pays it.
    PayoutStuck,
    /// The payout is made, and cancelled instead of being paid.
    PayoutCancelled,
    /// The same delivery arrives twice.
    WebhookTwice,
    /// The webhook is not sent.
    WebhookNever,
    /// The webhook is sent after `seconds`, and does not hold up later ones.
    WebhookLate,
    /// The first delivery is signed with another secret.
    WebhookWrongSignature,
}

/// The moment at which a fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A call arrives.
    Call,
    /// An invoice is to be made.
    Create,
    /// Invoices or their payment methods are read.
    Read,
    /// An invoice is to be refunded.
    Refund,
    /// A payout is to be made.
    Payout,
    /// A webhook is to be sent.
    Webhook,
}

impl Fault {
    const fn moment(self) -> Moment {
        match self {
            Self::Throttled | Self::Unauthorized => Moment::Call,
            Self::CreateTimeoutAfter
            | Self::CreateTimeoutBefore
            | Self::Create502Html
            | Self::Create502HtmlAfter
            | Self::WebhookBeforeAnswer
            | Self::WrongRateCurrency => Moment::Create,
            Self::Read502 | Self::ReadTimeout | Self::ReadMalformed => Moment::Read,
            Self::Refund502 => Moment::Refund,
            Self::Payout502 | Self::Payout502After | Self::PayoutStuck | Self::PayoutCancelled => Moment::Payout,
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
    /// Only for invoices with this `metadata.orderId`, or payouts with this `metadata.refund`.
    pub reference: Option<String>,
    /// Only for webhooks of this type.
    pub event: Option<String>,
    /// Duration, for faults with one.
    #[serde(default = "twelve")]
    pub seconds: i64,
}

const fn once() -> u32 {
    1
}

const fn twelve() -> i64 {
    12
}

/// Takes the first fault that is planned for a moment. Plans for a reference or an event match no other one.
pub fn take(plans: &mut Vec<Planned>, moment: Moment, references: &[String], event: Option<&str>) -> Option<Planned> {
    let fits = |plan: &Planned| {
        plan.fault.moment() == moment
            && plan.reference.as_ref().is_none_or(|wanted| references.contains(wanted))
            && plan.event.as_deref().is_none_or(|wanted| event == Some(wanted))
    };
    let at = plans.iter().position(fits)?;
    let plan = plans[at].clone();
    plans[at].times = plan.times.saturating_sub(1);
    if plans[at].times == 0 {
        plans.remove(at);
    }
    Some(plan)
}
