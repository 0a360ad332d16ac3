//! Writing an order that exists; a lost race is told apart from a failure.

use crate::Unsettled;
use domain::order::{Order, Step};
use runtime::{Context, fail_point};
use store::{Change, NotCommitted};

/// Writes a step with the money that moves.
pub(crate) async fn write(context: &Context, step: Step) -> Result<Order, Unsettled> {
    fail_point::here("before-settle");
    commit(context, Change::of(step)).await
}

/// Writes a change, or says why not.
pub(crate) async fn commit(context: &Context, change: Change<'_>) -> Result<Order, Unsettled> {
    match context.store().commit(change, context.now()).await {
        Ok(order) => Ok(order),
        Err(NotCommitted::OrderChanged) => Err(Unsettled::Changed),
        Err(NotCommitted::NumberTaken) => Err(Unsettled::NumberTaken),
        Err(NotCommitted::Store(error)) => Err(error.into()),
        Err(error) => Err(Unsettled::Defect(error.to_string())),
    }
}
