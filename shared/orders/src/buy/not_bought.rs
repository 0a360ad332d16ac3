//! The error of a purchase.

use domain::{OrderId, buying::MayNotBuy, ledger::LedgerError, offers::NothingToBuy, order::CloseReason};
use store::{KeyReused, NotCommitted, StoreError};
use thiserror::Error;

/// Why nothing was bought. In every case the request holds no money, or a worker refunds it.
#[derive(Debug, Error)]
pub enum NotBought {
    /// No offer matches, or there is no such service.
    #[error(transparent)]
    NothingToBuy(#[from] NothingToBuy),
    /// A limit of the buyer does not allow one more order.
    #[error(transparent)]
    MayNotBuy(#[from] MayNotBuy),
    /// The ledger rejected the hold.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The key was used for another request.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The first request with this key is still buying.
    #[error("the number is still being bought")]
    StillRequesting {
        /// The order of the first request.
        order: OrderId,
    },
    /// The supplier sold no number; the price was refunded.
    #[error("no number was sold: {because:?}")]
    NoNumber {
        /// The failed order.
        order: OrderId,
        /// The reason.
        because: CloseReason,
        /// Whether an earlier request with the same key made the order.
        is_replay: bool,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An impossible state: a defect.
    #[error("{0}")]
    Defect(&'static str),
}

impl From<NotCommitted<MayNotBuy>> for NotBought {
    fn from(error: NotCommitted<MayNotBuy>) -> Self {
        match error {
            NotCommitted::Ledger(error) => error.into(),
            NotCommitted::Rule(refusal) => refusal.into(),
            NotCommitted::Store(error) => error.into(),
            NotCommitted::Replayed(_) | NotCommitted::Changed | NotCommitted::Claimed => {
                Self::Defect("a new order was rejected like an existing one")
            }
        }
    }
}
