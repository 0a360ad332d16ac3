//! Cancels, reports and finishes an order at a supplier, and determines the outcome from any
//! answer.
//!
//! All operations may be repeated: an order that is already cancelled gives `Cancelled`. An error
//! means that nothing is settled; the same call may be retried later.

use crate::{
    error::{Fault, SupplierError},
    order::{SupplierOrder, SupplierOrderStatus},
    supplier::Supplier,
};
use domain::SupplierOrderId;

/// Outcome of a cancel or a ban.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CancelOutcome {
    /// The order is cancelled (banned), by this call or an earlier one, and the supplier refunded
    /// it.
    Cancelled(SupplierOrder),
    /// A message arrived first; its code must be delivered. The list of messages may lag behind and
    /// still be empty, so read the order again.
    HasSms(SupplierOrder),
    /// The order had ended in another way, without a message; its status tells which (`Timeout`,
    /// `Banned` and `Canceled` are refunded).
    AlreadyClosed(SupplierOrder),
    /// The order is too young; retry later.
    TooEarly,
}

/// Outcome of a finish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FinishOutcome {
    /// The order is finished, by this call, an earlier one, or its end.
    Finished(SupplierOrder),
    /// The order has no message, so it can't be finished; it still listens.
    NoSms(SupplierOrder),
    /// The order had ended in another way; its status tells which.
    AlreadyClosed(SupplierOrder),
}

/// Cancels an order and determines the outcome.
pub async fn cancel(supplier: &dyn Supplier, id: &SupplierOrderId) -> Result<CancelOutcome, SupplierError> {
    let answer = supplier.cancel(id).await;
    cancel_outcome(supplier, id, answer, &SupplierOrderStatus::Canceled).await
}

/// Reports the number of an order as unusable and determines the outcome. `Cancelled` then has a
/// banned order.
pub async fn ban(supplier: &dyn Supplier, id: &SupplierOrderId) -> Result<CancelOutcome, SupplierError> {
    let answer = supplier.ban(id).await;
    cancel_outcome(supplier, id, answer, &SupplierOrderStatus::Banned).await
}

/// Finishes an order that has a message and determines the outcome.
pub async fn finish(supplier: &dyn Supplier, id: &SupplierOrderId) -> Result<FinishOutcome, SupplierError> {
    let answer = supplier.finish(id).await;
    let (order, state_error) = read_after(supplier, id, answer).await?;
    match order.status {
        SupplierOrderStatus::Finished => Ok(FinishOutcome::Finished(order)),
        _ if !order.status.is_open() => Ok(FinishOutcome::AlreadyClosed(order)),
        _ => match state_error {
            Some(SupplierError::NoSms) => Ok(FinishOutcome::NoSms(order)),
            state_error => Err(unsettled(state_error)),
        },
    }
}

/// The outcome that an answer to a cancel or a ban stands for.
async fn cancel_outcome(
    supplier: &dyn Supplier,
    id: &SupplierOrderId,
    answer: Result<SupplierOrder, SupplierError>,
    wanted: &SupplierOrderStatus,
) -> Result<CancelOutcome, SupplierError> {
    if matches!(answer, Err(SupplierError::TooEarly)) {
        return Ok(CancelOutcome::TooEarly);
    }
    let (order, state_error) = read_after(supplier, id, answer).await?;
    if order.status == *wanted {
        Ok(CancelOutcome::Cancelled(order))
    } else if order.status.is_refunded() {
        Ok(CancelOutcome::AlreadyClosed(order))
    } else if !order.messages.is_empty() || state_error == Some(SupplierError::HasSms) {
        Ok(CancelOutcome::HasSms(order))
    } else if !order.status.is_open() {
        Ok(CancelOutcome::AlreadyClosed(order))
    } else {
        Err(unsettled(state_error))
    }
}

/// The order after a change. If the answer was an error, the order is read again and the error is
/// returned with it. An error that says that nothing changed, and nothing about the order, is
/// passed on.
async fn read_after(
    supplier: &dyn Supplier,
    id: &SupplierOrderId,
    answer: Result<SupplierOrder, SupplierError>,
) -> Result<(SupplierOrder, Option<SupplierError>), SupplierError> {
    match answer {
        Ok(order) if !order.status.is_open() => Ok((order, None)),
        // Accepted but not visible yet: read it again.
        Ok(_) => Ok((supplier.check(id).await?, None)),
        Err(
            state_error @ (SupplierError::HasSms
            | SupplierError::NoSms
            | SupplierError::AlreadyClosed
            | SupplierError::OrderNotFound
            | SupplierError::OutcomeUnknown { .. }),
        ) => Ok((supplier.check(id).await?, Some(state_error))),
        Err(error) => Err(error),
    }
}

/// Why an order that is still open did not settle. If the supplier reported a state that the order
/// is not in, the caller can't act on it, so the outcome is unknown.
fn unsettled(state_error: Option<SupplierError>) -> SupplierError {
    match state_error {
        Some(error @ SupplierError::OutcomeUnknown { .. }) => error,
        _ => SupplierError::OutcomeUnknown { fault: Fault::Unreadable },
    }
}
