//! Why a customer's action on an order was not done.

use crate::Unsettled;
use domain::order::NotPossible;
use store::StoreError;
use thiserror::Error;

/// Why a customer's action on an order was not done.
#[derive(Debug, Error)]
pub enum NotDone {
    /// The order does not allow it now.
    #[error(transparent)]
    NotPossible(#[from] NotPossible),
    /// The order is not there any more.
    #[error("the order is gone")]
    Gone,
    /// It failed half way; the order settles by itself, and the action may be repeated.
    #[error(transparent)]
    Unsettled(#[from] Unsettled),
}

impl From<StoreError> for NotDone {
    fn from(error: StoreError) -> Self {
        Self::Unsettled(error.into())
    }
}
