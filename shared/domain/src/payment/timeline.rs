//! The history of a payment, with its movements of money.

use super::RefundStatus;
use crate::{
    Credits, EntrySeq, RefundId, Timestamp,
    ledger::{Entry, EntryKind},
    policy::PayoutRule,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An event in a payment's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentEvent {
    /// The payment was requested.
    Started,
    /// The gateway made a checkout.
    Opened,
    /// The customer paid; the money has not settled yet.
    Confirming,
    /// Settled money was credited.
    Credited,
    /// Money came that is not what was agreed. It was not credited.
    Refused,
    /// The payment failed.
    Failed,
    /// The customer cancelled.
    Cancelled,
    /// The time to pay is over, and nothing came.
    Abandoned,
    /// The time to pay is over. A part came, and stays credited.
    Closed,
    /// A refund was asked for; its credits left the wallet.
    RefundRequested,
    /// A person of the staff approved the refund.
    RefundApproved,
    /// The gateway pays the refund out.
    RefundSent,
    /// The gateway needs the customer's bank account to pay the refund out.
    RefundNeedsAttention,
    /// The customer has the money of the refund.
    Refunded,
    /// The gateway could not pay the refund out; its credits came back.
    RefundFailed,
    /// A person of the staff refused the refund; its credits came back.
    RefundRefused,
    /// The customer's bank asks for the money back.
    Disputed,
    /// What the wallet had of the disputed money is held.
    Frozen,
    /// The rest of the disputed money is owed.
    Owed,
    /// Disputed money is free again.
    Thawed,
    /// Disputed money went back to the bank.
    ChargedBack,
    /// The dispute was won.
    DisputeWon,
    /// The dispute was lost.
    DisputeLost,
    /// The gateway says that the dispute ended otherwise after all. A person looks at it.
    DisputeReversed,
    /// The money of this payment paid what was owed.
    Repaid,
}

/// An entry of a payment's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaymentTimelineItem {
    /// Time of the event.
    pub at: Timestamp,
    /// Kind of event.
    pub event: PaymentEvent,
    /// Credits that moved; absent if none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits: Option<Credits>,
    /// Ledger entry of the movement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u64>)]
    pub entry: Option<EntrySeq>,
    /// The refund that the event is about, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<RefundId>,
}

impl PaymentEvent {
    /// The event of a movement of money.
    pub(super) fn of(entry: &Entry) -> Self {
        match entry.kind {
            EntryKind::Refund => Self::RefundRequested,
            EntryKind::RefundReturn if entry.rule == Some(PayoutRule::RefundRefused.id()) => Self::RefundRefused,
            EntryKind::RefundReturn => Self::RefundFailed,
            EntryKind::Freeze => Self::Frozen,
            EntryKind::Debt => Self::Owed,
            EntryKind::Release => Self::Thawed,
            EntryKind::Chargeback => Self::ChargedBack,
            EntryKind::Repayment => Self::Repaid,
            _ => Self::Credited,
        }
    }

    /// The event of a refund that has this status at its gateway now, without a movement of money.
    pub(super) const fn of_refund(status: RefundStatus) -> Option<Self> {
        match status {
            RefundStatus::Requested => Some(Self::RefundApproved),
            RefundStatus::Pending => Some(Self::RefundSent),
            RefundStatus::NeedsAttention => Some(Self::RefundNeedsAttention),
            RefundStatus::Processed => Some(Self::Refunded),
            RefundStatus::AwaitingApproval | RefundStatus::Failed | RefundStatus::Refused => None,
        }
    }
}

impl PaymentTimelineItem {
    /// An event without a movement of money.
    pub(super) const fn plain(at: Timestamp, event: PaymentEvent) -> Self {
        Self { at, event, credits: None, entry: None, refund: None }
    }
}
