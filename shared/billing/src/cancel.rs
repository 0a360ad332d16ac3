//! Cancels a payment for its customer.

use crate::{
    Unsettled,
    look::{fresh, newest},
};
use domain::payment::{NotPossible, Payment, Status};
use runtime::Context;
use store::{NotCommitted, StoreError, Transaction};
use thiserror::Error;

/// How often a payment that changes meanwhile is read again.
const MOST_CONFLICTS: u32 = 4;

/// Why a payment was not cancelled.
#[derive(Debug, Error)]
pub enum NotCancelled {
    /// The payment's state does not allow it.
    #[error(transparent)]
    NotPossible(#[from] NotPossible),
    /// The gateway or the database failed. The request may be repeated.
    #[error(transparent)]
    Unsettled(#[from] Unsettled),
}

impl From<StoreError> for NotCancelled {
    fn from(error: StoreError) -> Self {
        Self::Unsettled(error.into())
    }
}

/// Cancels a payment, unless the gateway says that it was paid. A payment that is over stays as it is.
///
/// Money that comes later is credited all the same: a page of a gateway may be open somewhere.
pub async fn cancel(context: &Context, payment: Payment) -> Result<Payment, NotCancelled> {
    match payment.status {
        Status::Started if payment.is_starting(context.now()) => return Err(NotPossible::Starting.into()),
        // The answer to its start was lost, so the gateway may have a checkout.
        Status::Started | Status::Pending => {}
        Status::Cancelled => return Ok(payment),
        status => return Err(NotPossible::WrongStatus { status }.into()),
    }
    // Whoever asks again and again does not reach the gateway.
    let mut payment = fresh(context, payment).await?;
    payment.clone().cancelled(context.now())?;
    let gateway = gateways::gateway(context, &payment.gateway).await.map_err(Unsettled::from)?;
    gateway.close(&payment).await.map_err(Unsettled::from)?;
    for _ in 0..MOST_CONFLICTS {
        let now = context.now();
        let step = payment.clone().cancelled(now)?;
        match Box::pin(context.store().commit(Transaction::<Payment>::of(step), now)).await {
            Ok(cancelled) => return Ok(cancelled),
            // The customer paid at the last moment, or cancelled twice.
            Err(NotCommitted::Changed) => payment = newest(context, &payment).await?,
            Err(error) => return Err(Unsettled::from(error).into()),
        }
        if payment.status == Status::Cancelled {
            return Ok(payment);
        }
    }
    Err(Unsettled::Changed.into())
}
