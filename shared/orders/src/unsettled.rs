//! The error of a settlement.

use domain::order::NotPossible;
use store::StoreError;
use suppliers::{SupplierAccessError, SupplierError};
use thiserror::Error;

/// Why an order is not settled yet. Every reason but a taken number and a defect is temporary, and the
/// order is checked again.
#[derive(Debug, Error)]
pub enum Unsettled {
    /// Another writer changed the order meanwhile: read it again.
    #[error("the order changed meanwhile")]
    Changed,
    /// Another order owns the sold number.
    #[error("the number has another owner")]
    NumberTaken,
    /// The supplier does not accept a cancel yet.
    #[error("the supplier says it is too early")]
    TooEarly,
    /// The supplier's call failed.
    #[error("supplier: {0}")]
    Supplier(#[from] SupplierError),
    /// The supplier can't be used at all.
    #[error(transparent)]
    Access(#[from] SupplierAccessError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A domain rule rejected a step that must be possible: a defect.
    #[error("refused: {0}")]
    Defect(String),
}

impl Unsettled {
    /// Whether the supplier, not our own store or rules, caused it.
    pub const fn is_suppliers(&self) -> bool {
        matches!(self, Self::Supplier(_) | Self::Access(_) | Self::TooEarly)
    }

    /// Whether the supplier failed to settle the order. A rate limit, or a message at the supplier, does not
    /// prove that; the order is checked again.
    pub const fn is_unreachable(&self) -> bool {
        !matches!(self, Self::Supplier(SupplierError::Throttled { .. } | SupplierError::HasSms)) && self.is_suppliers()
    }
}

impl From<NotPossible> for Unsettled {
    fn from(reason: NotPossible) -> Self {
        Self::Defect(reason.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use suppliers::Fault;

    #[test]
    fn a_rate_limit_or_a_message_does_not_make_a_supplier_unreachable() {
        let throttled = SupplierError::Throttled { after: Duration::from_secs(1) };
        for error in [throttled, SupplierError::HasSms] {
            assert!(!Unsettled::from(error.clone()).is_unreachable(), "{error:?}");
        }
        for error in [SupplierError::Refused, SupplierError::Unavailable { fault: Fault::Connection }] {
            assert!(Unsettled::from(error.clone()).is_unreachable(), "{error:?}");
        }
        assert!(!Unsettled::Changed.is_unreachable());
    }
}
