//! A refund of a payment through its gateway, to the card or wallet that paid, or to an address for coins.

use super::{Amount, CoinAddress, RefundReason, RefundTry};
use crate::{Credits, RefundId, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// The ages at which a worker first asks the gateway about a refund.
const LOOKS: [Duration; 3] = [Duration::from_mins(2), Duration::from_mins(10), Duration::from_hours(1)];
/// The time between later looks.
const LATER_LOOK: Duration = Duration::from_hours(6);
/// A refund that is not paid out for so long is shown to a person. Our own limit; banks name ten working days at most.
pub const OVERDUE_AFTER: Duration = Duration::from_hours(14 * 24);
/// The time between looks at an overdue refund. They never end.
const OVERDUE_LOOK: Duration = Duration::from_hours(24);

/// A refund, as it is stored with its payment. The credits leave the wallet when it is asked for, and come back if the
/// gateway fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Identifier; it makes the refund once at the gateway.
    pub id: RefundId,
    /// What left the wallet.
    pub credits: Credits,
    /// What the customer gets, at the payment's price of a credit.
    pub amount: Amount,
    /// Where coins go; `None` if it goes back to the card or wallet that paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<CoinAddress>,
    /// Current status.
    pub status: RefundStatus,
    /// The gateway's identifier, once it is known.
    pub gateway_refund: Option<String>,
    /// Why the customer asks for it; `None` if nothing was said, and after its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RefundReason>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When a person of the staff approved it; `None` if it needed no approval, or has none yet.
    #[serde(default)]
    pub approved_at: Option<Timestamp>,
    /// When a worker began to send it last; `None` if none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<RefundTry>,
    /// When its status became final.
    pub completed_at: Option<Timestamp>,
    /// What a person must look at, if anything.
    #[serde(default)]
    pub fault: Option<RefundFault>,
}

/// Status of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    /// A person of the staff must approve it.
    AwaitingApproval,
    /// It is being sent to the gateway.
    Requested,
    /// The gateway pays it out.
    Pending,
    /// The gateway needs the customer's bank account.
    NeedsAttention,
    /// The customer has the money.
    Processed,
    /// The gateway failed; the credits are back in the wallet.
    Failed,
    /// A person of the staff refused it; the credits are back in the wallet.
    Refused,
}

/// A contradiction between a refund and its gateway, or a delay, that a person must look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundFault {
    /// The gateway paid it out, although the credits are back in the wallet.
    PaidAfterReturn,
    /// The gateway took it back after it was paid out: the customer has neither the money nor the credits.
    FailedAfterPaid,
    /// The gateway has it, although nobody approved it.
    NotApproved,
    /// It is not paid out for [`OVERDUE_AFTER`].
    Overdue,
}

/// What a gateway says about a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundReport {
    /// The gateway's identifier, if it knows the refund.
    pub gateway_refund: Option<String>,
    /// Its state.
    pub state: RefundReported,
}

/// The state of a refund at its gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundReported {
    /// The gateway does not know it.
    Unknown,
    /// It is being paid out.
    Pending,
    /// The gateway needs the customer's bank account.
    NeedsAttention,
    /// The customer has the money.
    Processed,
    /// It failed; the money stays with us.
    Failed,
}

impl RefundStatus {
    /// Whether nothing more can happen.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Processed | Self::Failed | Self::Refused)
    }

    /// Whether the gateway is to pay it out, and has not done so.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Requested | Self::Pending | Self::NeedsAttention)
    }

    /// Whether the credits are back in the wallet.
    pub const fn is_returned(self) -> bool {
        matches!(self, Self::Failed | Self::Refused)
    }

    /// The name in JSON and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingApproval => "awaiting_approval",
            Self::Requested => "requested",
            Self::Pending => "pending",
            Self::NeedsAttention => "needs_attention",
            Self::Processed => "processed",
            Self::Failed => "failed",
            Self::Refused => "refused",
        }
    }
}

impl RefundFault {
    /// The name in JSON and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PaidAfterReturn => "paid_after_return",
            Self::FailedAfterPaid => "failed_after_paid",
            Self::NotApproved => "not_approved",
            Self::Overdue => "overdue",
        }
    }
}

impl RefundReported {
    /// The status of a refund that is in this state; `None` if the gateway does not know it.
    pub(super) const fn status(self) -> Option<RefundStatus> {
        match self {
            Self::Unknown => None,
            Self::Pending => Some(RefundStatus::Pending),
            Self::NeedsAttention => Some(RefundStatus::NeedsAttention),
            Self::Processed => Some(RefundStatus::Processed),
            Self::Failed => Some(RefundStatus::Failed),
        }
    }
}

impl Refund {
    /// Whether its money left for the customer or is about to. One that was paid out after its return counts, too.
    pub fn is_counted(&self) -> bool {
        !self.status.is_returned() || self.fault == Some(RefundFault::PaidAfterReturn)
    }

    /// Since when the gateway is to pay it out.
    fn sent_at(&self) -> Timestamp {
        self.approved_at.unwrap_or(self.created_at)
    }

    /// Whether it should have been paid out by now.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.status.is_open() && now.since(self.sent_at()) >= OVERDUE_AFTER
    }

    /// When to ask the gateway next; `None` if it is final, or not sent yet.
    pub(super) fn next_look(&self, now: Timestamp) -> Option<Timestamp> {
        if !self.status.is_open() {
            return None;
        }
        let (since, age) = (self.sent_at(), now.since(self.sent_at()));
        let first = LOOKS.iter().find(|look| **look > age).copied();
        let step = if age < OVERDUE_AFTER { LATER_LOOK } else { OVERDUE_LOOK };
        let periods = age.as_secs() / step.as_secs() + 1;
        let later = Duration::from_secs(step.as_secs().saturating_mul(periods));
        Some(since.plus(first.unwrap_or(later)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment::{Minor, PayCurrency};

    #[test]
    fn the_gateway_is_asked_less_and_less_and_for_ever() {
        let start = Timestamp::from_millis(1_795_996_800_123);
        let refund = Refund {
            id: RefundId::new(start, 1),
            credits: Credits::from_units(10_000),
            amount: Amount { minor: Minor::new(200), currency: PayCurrency::Usd },
            address: None,
            status: RefundStatus::Requested,
            gateway_refund: None,
            reason: None,
            created_at: start,
            approved_at: None,
            tried: None,
            completed_at: None,
            fault: None,
        };
        let mut looks = Vec::new();
        let mut now = start;
        while now < start.plus(Duration::from_hours(17 * 24)) {
            now = refund.next_look(now).unwrap();
            looks.push(now.since(start).as_secs() / 60);
        }
        let hours = |hours: u64| hours * 60;
        let every_six = (1..=56).map(|n| hours(6 * n));
        let wanted = [2, 10, 60].into_iter().chain(every_six).chain([15, 16, 17].map(|day| hours(24 * day)));
        assert_eq!(looks, wanted.collect::<Vec<_>>());
        let years = start.plus(Duration::from_hours(24 * 3_650));
        assert_eq!(refund.next_look(years), Some(years.plus(OVERDUE_LOOK)));
        assert_eq!(refund.next_look(start.minus(LATER_LOOK)), Some(start.plus(LOOKS[0])), "a clock that is behind");
        let approved = Refund { approved_at: Some(years), ..refund.clone() };
        assert_eq!(approved.next_look(years), Some(years.plus(LOOKS[0])), "counted from the approval");
        for status in [RefundStatus::AwaitingApproval, RefundStatus::Processed, RefundStatus::Failed] {
            assert_eq!(Refund { status, ..refund.clone() }.next_look(start), None, "{status:?}");
        }
    }
}
