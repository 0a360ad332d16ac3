//! Why an order is not settled yet.

use domain::order::NotPossible;
use store::StoreError;
use suppliers::{SupplierAccessError, SupplierError};
use thiserror::Error;

/// Why an order is not settled yet. All of these but a taken number pass; the order is looked at again.
#[derive(Debug, Error)]
pub enum Unsettled {
    /// Somebody else wrote the order meanwhile: read it again.
    #[error("the order changed meanwhile")]
    Changed,
    /// The number that was sold belongs to another order.
    #[error("the number has another owner")]
    NumberTaken,
    /// The supplier takes numbers back only later.
    #[error("the supplier says it is too early")]
    TooEarly,
    /// The supplier did not settle it.
    #[error("supplier: {0}")]
    Supplier(#[from] SupplierError),
    /// The supplier can't be used at all.
    #[error(transparent)]
    Access(#[from] SupplierAccessError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A rule refused what must be possible: a defect.
    #[error("refused: {0}")]
    Defect(String),
}

impl Unsettled {
    /// Whether it was for the supplier to settle it.
    pub const fn is_suppliers(&self) -> bool {
        matches!(self, Self::Supplier(_) | Self::Access(_) | Self::TooEarly)
    }
}

impl From<NotPossible> for Unsettled {
    fn from(reason: NotPossible) -> Self {
        Self::Defect(reason.to_string())
    }
}
