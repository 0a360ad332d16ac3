//! How an order is settled at a supplier whatever its answers are: what became of a cancel, a report or a finish.
//!
//! All of these may be repeated: an order that is cancelled already is `Cancelled`. An error means that nothing is settled
//! yet; the same call may be made again later.

use crate::{
    error::{Fault, SupplierError},
    order::{SupplierOrder, SupplierOrderStatus},
    supplier::Supplier,
};
use domain::SupplierOrderId;

/// What became of an order that was to be cancelled or banned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CancelOutcome {
    /// It is cancelled (banned), by this call or an earlier one: the supplier gave the money back.
    Cancelled(SupplierOrder),
    /// A message came first; its code is to be delivered. The list may lag behind and still be empty: read on.
    HasSms(SupplierOrder),
    /// It had ended in another way, without a message: see its status (`Timeout`, `Banned` and `Canceled` are refunded).
    AlreadyClosed(SupplierOrder),
    /// It is too young; try again later.
    TooEarly,
}

/// What became of an order that was to be finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FinishOutcome {
    /// It is finished, by this call, an earlier one or its end.
    Finished(SupplierOrder),
    /// It has no message, so it can't be finished; it still listens.
    NoSms(SupplierOrder),
    /// It had ended without being finished: see its status.
    AlreadyClosed(SupplierOrder),
}

/// Cancels an order and finds out what became of it.
pub async fn cancel(supplier: &dyn Supplier, id: &SupplierOrderId) -> Result<CancelOutcome, SupplierError> {
    let answer = supplier.cancel(id).await;
    unused(supplier, id, answer, &SupplierOrderStatus::Canceled).await
}

/// Reports the number of an order as bad and finds out what became of it; `Cancelled` then holds a banned order.
pub async fn ban(supplier: &dyn Supplier, id: &SupplierOrderId) -> Result<CancelOutcome, SupplierError> {
    let answer = supplier.ban(id).await;
    unused(supplier, id, answer, &SupplierOrderStatus::Banned).await
}

/// Ends an order that has a message and finds out what became of it.
pub async fn finish(supplier: &dyn Supplier, id: &SupplierOrderId) -> Result<FinishOutcome, SupplierError> {
    let answer = supplier.finish(id).await;
    let (order, doubt) = read_after(supplier, id, answer).await?;
    match order.status {
        SupplierOrderStatus::Finished => Ok(FinishOutcome::Finished(order)),
        _ if !order.status.is_open() => Ok(FinishOutcome::AlreadyClosed(order)),
        _ => match doubt {
            Some(SupplierError::NoSms) => Ok(FinishOutcome::NoSms(order)),
            doubt => Err(unsettled(doubt)),
        },
    }
}

/// What `answer` to a cancel or a ban means for the order.
async fn unused(
    supplier: &dyn Supplier,
    id: &SupplierOrderId,
    answer: Result<SupplierOrder, SupplierError>,
    wanted: &SupplierOrderStatus,
) -> Result<CancelOutcome, SupplierError> {
    if matches!(answer, Err(SupplierError::TooEarly)) {
        return Ok(CancelOutcome::TooEarly);
    }
    let (order, doubt) = read_after(supplier, id, answer).await?;
    if order.status == *wanted {
        Ok(CancelOutcome::Cancelled(order))
    } else if order.status.is_refunded() {
        Ok(CancelOutcome::AlreadyClosed(order))
    } else if !order.messages.is_empty() || doubt == Some(SupplierError::HasSms) {
        Ok(CancelOutcome::HasSms(order))
    } else if !order.status.is_open() {
        Ok(CancelOutcome::AlreadyClosed(order))
    } else {
        Err(unsettled(doubt))
    }
}

/// The order after `answer` to a change of it, and the error where the order had to be read because of one. Errors that say that
/// the change was not made, and nothing of the order, are passed on.
async fn read_after(
    supplier: &dyn Supplier,
    id: &SupplierOrderId,
    answer: Result<SupplierOrder, SupplierError>,
) -> Result<(SupplierOrder, Option<SupplierError>), SupplierError> {
    match answer {
        Ok(order) if !order.status.is_open() => Ok((order, None)),
        // Accepted, but not yet shown: one more look.
        Ok(_) => Ok((supplier.check(id).await?, None)),
        Err(
            doubt @ (SupplierError::HasSms
            | SupplierError::NoSms
            | SupplierError::AlreadyClosed
            | SupplierError::OrderNotFound
            | SupplierError::OutcomeUnknown { .. }),
        ) => Ok((supplier.check(id).await?, Some(doubt))),
        Err(error) => Err(error),
    }
}

/// Why an order that is still open did not settle. What the supplier said of a state that the order is not in is no
/// reason that a caller can act on, so it becomes "unknown".
fn unsettled(doubt: Option<SupplierError>) -> SupplierError {
    match doubt {
        Some(error @ SupplierError::OutcomeUnknown { .. }) => error,
        _ => SupplierError::OutcomeUnknown { fault: Fault::Unreadable },
    }
}
