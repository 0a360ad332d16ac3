//! The error of asking a gateway.

use domain::ledger::LedgerError;
use gateways::{GatewayAccessError, GatewayError};
use store::{NotCommitted, StoreError};
use thiserror::Error;

/// Why a payment could not be settled now. Nothing is lost: a worker asks again.
#[derive(Debug, Error)]
pub enum Unsettled {
    /// The gateway gave no usable answer.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// The gateway can't be used at all.
    #[error(transparent)]
    Access(#[from] GatewayAccessError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The payment changed as often as it was read.
    #[error("the payment changes all the time")]
    Changed,
    /// The ledger rejected the credit, for example because the wallet would be too full. A person must decide.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The payment does not exist any more.
    #[error("the payment is gone")]
    Gone,
    /// An impossible state: a defect.
    #[error("{0}")]
    Defect(&'static str),
}

/// For steps of a payment that follow from what is stored: only the ledger and the database may reject them.
impl<R> From<NotCommitted<R>> for Unsettled {
    fn from(error: NotCommitted<R>) -> Self {
        match error {
            NotCommitted::Store(error) => error.into(),
            NotCommitted::Ledger(error) => error.into(),
            NotCommitted::Changed => Self::Changed,
            NotCommitted::Replayed(_) | NotCommitted::Claimed | NotCommitted::Rule(_) => {
                Self::Defect("a step of a payment was rejected like a request")
            }
        }
    }
}
