//! Writes a step of an existing order, and distinguishes a lost race from a failure.

use crate::Unsettled;
use domain::order::{Order, Step};
use runtime::{Context, fail_point};
use store::{NotCommitted, Transaction};

/// Writes a step and its movement of money.
pub(crate) async fn write(context: &Context, step: Step) -> Result<Order, Unsettled> {
    fail_point::here("before-settle");
    commit(context, Transaction::of(step)).await
}

/// Writes a step with its claims and movement.
pub(crate) async fn commit(context: &Context, transaction: Transaction<'_, Order>) -> Result<Order, Unsettled> {
    // On the heap, because each use case that writes would contain the whole future of the commit.
    match Box::pin(context.store().commit(transaction, context.now())).await {
        Ok(order) => Ok(order),
        Err(NotCommitted::Changed) => Err(Unsettled::Changed),
        Err(NotCommitted::Claimed) => Err(Unsettled::NumberTaken),
        Err(NotCommitted::Store(error)) => Err(error.into()),
        Err(error) => Err(Unsettled::Defect(error.to_string())),
    }
}
