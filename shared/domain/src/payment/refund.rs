//! A refund of a payment through its gateway, to the card or wallet that paid.

use super::Amount;
use crate::{Credits, RefundId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
    /// Current status.
    pub status: RefundStatus,
    /// The gateway's identifier, once it is known.
    pub gateway_refund: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When its status became final.
    pub completed_at: Option<Timestamp>,
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
