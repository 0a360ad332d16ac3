//! Writing an order that exists; a lost race is told apart from a failure.

use crate::Unsettled;
use domain::order::{Order, Step};
use runtime::{Context, fail_point};
use store::{NotCommitted, Transaction};

/// Writes a step with the money that moves.
pub(crate) async fn write(context: &Context, step: Step) -> Result<Order, Unsettled> {
    fail_point::here("before-settle");
    commit(context, Transaction::of(step)).await
}

/// Writes a step with what goes with it, or says why not.
pub(crate) async fn commit(context: &Context, transaction: Transaction<'_, Order>) -> Result<Order, Unsettled> {
    match context.store().commit(transaction, context.now()).await {
        Ok(order) => Ok(order),
        Err(NotCommitted::Changed) => Err(Unsettled::Changed),
        Err(NotCommitted::Claimed) => Err(Unsettled::NumberTaken),
        Err(NotCommitted::Store(error)) => Err(error.into()),
        Err(error) => Err(Unsettled::Defect(error.to_string())),
    }
}
