//! Why nothing was bought.

use domain::{OrderId, buying::MayNotBuy, ledger::LedgerError, offers::NothingToBuy, order::CloseReason};
use store::{NotCommitted, StoreError};
use thiserror::Error;

/// Why nothing was bought. Whatever it is, no money is held because of this request, or it goes back by itself.
#[derive(Debug, Error)]
pub enum NotBought {
    /// There is no such service.
    #[error("there is no such service")]
    UnknownService,
    /// No offer fits.
    #[error(transparent)]
    NothingToBuy(#[from] NothingToBuy),
    /// The buyer's limits refuse one more order.
    #[error(transparent)]
    MayNotBuy(#[from] MayNotBuy),
    /// The wallet refuses the hold.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The first request with this key is still buying.
    #[error("the number is still being bought")]
    StillRequesting {
        /// The order of the first request.
        order: OrderId,
    },
    /// The supplier does not sell; the price went back.
    #[error("no number was sold: {because:?}")]
    NoNumber {
        /// The order that failed.
        order: OrderId,
        /// Why.
        because: CloseReason,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What can't be: a defect.
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
                Self::Defect("a new order was refused like one that exists")
            }
        }
    }
}
