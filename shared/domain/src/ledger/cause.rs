//! What a movement belongs to.

use crate::{OrderId, PaymentId, RentalId, SubscriptionId, VoucherId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a movement belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cause {
    /// A verification.
    Order {
        /// Which one.
        order_id: OrderId,
    },
    /// A rental.
    Rental {
        /// Which one.
        rental_id: RentalId,
    },
    /// A payment, its dispute, or its refund through the gateway.
    Payment {
        /// Which one.
        payment_id: PaymentId,
    },
    /// A subscription.
    Subscription {
        /// Which one.
        subscription_id: SubscriptionId,
    },
    /// A voucher.
    Voucher {
        /// Which one.
        voucher_id: VoucherId,
    },
    /// An operator's decision.
    Operator {
        /// Why, in the operator's words.
        reason: String,
    },
}

/// The kind of a [`Cause`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CauseKind {
    /// See [`Cause::Order`].
    Order,
    /// See [`Cause::Rental`].
    Rental,
    /// See [`Cause::Payment`].
    Payment,
    /// See [`Cause::Subscription`].
    Subscription,
    /// See [`Cause::Voucher`].
    Voucher,
    /// See [`Cause::Operator`].
    Operator,
}

/// The kinds of order that customers open. Limits count each by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// One number for one code.
    Verification,
    /// A number for a time.
    Rental,
}

impl Cause {
    /// Its kind.
    pub const fn kind(&self) -> CauseKind {
        match self {
            Self::Order { .. } => CauseKind::Order,
            Self::Rental { .. } => CauseKind::Rental,
            Self::Payment { .. } => CauseKind::Payment,
            Self::Subscription { .. } => CauseKind::Subscription,
            Self::Voucher { .. } => CauseKind::Voucher,
            Self::Operator { .. } => CauseKind::Operator,
        }
    }

    /// The kind of order that it is; `None` where it is none.
    pub const fn order_kind(&self) -> Option<OrderKind> {
        match self {
            Self::Order { .. } => Some(OrderKind::Verification),
            Self::Rental { .. } => Some(OrderKind::Rental),
            Self::Payment { .. } | Self::Subscription { .. } | Self::Voucher { .. } | Self::Operator { .. } => None,
        }
    }

    /// The verification that it is; `None` where it is none.
    pub const fn order_id(&self) -> Option<&OrderId> {
        match self {
            Self::Order { order_id } => Some(order_id),
            _ => None,
        }
    }
}
