//! The error of a settlement.

use crate::ask::Unanswered;
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
    /// Our own request budget is used up, so the supplier was not asked.
    #[error("the request budget is used up")]
    OverBudget,
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
}

impl From<Unanswered> for Unsettled {
    fn from(reason: Unanswered) -> Self {
        match reason {
            Unanswered::Supplier(error) => error.into(),
            Unanswered::OverBudget => Self::OverBudget,
        }
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

    #[test]
    fn only_a_supplier_that_was_asked_can_be_unreachable() {
        assert!(Unsettled::from(Unanswered::Supplier(SupplierError::Refused)).is_suppliers());
        assert!(!Unsettled::from(Unanswered::OverBudget).is_suppliers());
    }
}
