//! The error of a customer's action on an order.

use crate::Unsettled;
use domain::order::NotPossible;
use store::StoreError;
use thiserror::Error;

/// Why a customer's action on an order failed.
#[derive(Debug, Error)]
pub enum NotDone {
    /// The order's state does not allow the action.
    #[error(transparent)]
    NotPossible(#[from] NotPossible),
    /// The order does not exist any more.
    #[error("the order is gone")]
    Gone,
    /// The action failed half way. A worker settles the order; the action may be repeated.
    #[error(transparent)]
    Unsettled(#[from] Unsettled),
}

impl From<StoreError> for NotDone {
    fn from(error: StoreError) -> Self {
        Self::Unsettled(error.into())
    }
}
