//! The cause of a movement: an order, a payment or another thing that money is paid for.

use crate::{FindingId, OrderId, PaymentId, RentalId, SubscriptionId, VoucherId, access::Mode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The cause of a movement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cause {
    /// A verification.
    Verification {
        /// The verification.
        verification_id: OrderId,
    },
    /// A rental.
    Rental {
        /// The rental.
        rental_id: RentalId,
    },
    /// A payment, its dispute, or its refund through the gateway.
    Payment {
        /// The payment.
        payment_id: PaymentId,
    },
    /// A subscription.
    Subscription {
        /// The subscription.
        subscription_id: SubscriptionId,
    },
    /// A voucher.
    Voucher {
        /// The voucher.
        voucher_id: VoucherId,
    },
    /// The registration of the customer.
    Registration,
    /// The deletion of the account, with a balance that its owner waived.
    Deletion,
    /// An operator's decision.
    Operator {
        /// The operator's reason.
        reason: String,
    },
    /// A correction because of a finding.
    Finding {
        /// The finding.
        finding_id: FindingId,
    },
    /// The play credit of test keys.
    Sandbox,
}

/// The kind of a [`Cause`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CauseKind {
    /// See [`Cause::Verification`].
    Verification,
    /// A verification that a test key bought.
    TestVerification,
    /// See [`Cause::Rental`].
    Rental,
    /// See [`Cause::Payment`].
    Payment,
    /// See [`Cause::Subscription`].
    Subscription,
    /// See [`Cause::Voucher`].
    Voucher,
    /// See [`Cause::Registration`].
    Registration,
    /// See [`Cause::Deletion`].
    Deletion,
    /// See [`Cause::Operator`].
    Operator,
    /// See [`Cause::Finding`].
    Finding,
    /// See [`Cause::Sandbox`].
    Sandbox,
}

/// A kind of order. Limits count each kind separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// One number for one code.
    Verification,
    /// A number for a period.
    Rental,
}

impl Cause {
    /// The kind of this cause.
    pub fn kind(&self) -> CauseKind {
        match self {
            Self::Verification { verification_id } if verification_id.mode() == Mode::Test => {
                CauseKind::TestVerification
            }
            Self::Verification { .. } => CauseKind::Verification,
            Self::Rental { .. } => CauseKind::Rental,
            Self::Payment { .. } => CauseKind::Payment,
            Self::Subscription { .. } => CauseKind::Subscription,
            Self::Voucher { .. } => CauseKind::Voucher,
            Self::Registration => CauseKind::Registration,
            Self::Deletion => CauseKind::Deletion,
            Self::Operator { .. } => CauseKind::Operator,
            Self::Finding { .. } => CauseKind::Finding,
            Self::Sandbox => CauseKind::Sandbox,
        }
    }

    /// Whether it moves real money or play money. The wallet follows from it, so the two can't be mixed.
    pub fn mode(&self) -> Mode {
        match self.kind() {
            CauseKind::TestVerification | CauseKind::Sandbox => Mode::Test,
            CauseKind::Verification
            | CauseKind::Rental
            | CauseKind::Payment
            | CauseKind::Subscription
            | CauseKind::Voucher
            | CauseKind::Registration
            | CauseKind::Deletion
            | CauseKind::Operator
            | CauseKind::Finding => Mode::Live,
        }
    }

    /// The kind of order; `None` if the cause is no order.
    pub const fn order_kind(&self) -> Option<OrderKind> {
        match self {
            Self::Verification { .. } => Some(OrderKind::Verification),
            Self::Rental { .. } => Some(OrderKind::Rental),
            Self::Payment { .. }
            | Self::Subscription { .. }
            | Self::Voucher { .. }
            | Self::Registration
            | Self::Deletion
            | Self::Operator { .. }
            | Self::Finding { .. }
            | Self::Sandbox => None,
        }
    }

    /// The verification; `None` if the cause is another one.
    pub const fn verification_id(&self) -> Option<&OrderId> {
        match self {
            Self::Verification { verification_id } => Some(verification_id),
            _ => None,
        }
    }
}
