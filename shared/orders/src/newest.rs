//! Repeats an action if another writer changed the order meanwhile.

use crate::{NotDone, Unsettled};
use domain::order::Order;
use runtime::Context;
use std::future::Future;

/// The limit of attempts.
const ATTEMPTS: u32 = 3;

/// Runs an action, and again on the newest version of the order if another writer changed it meanwhile. So of
/// two requests at the same time, the second sees what the first did.
pub(crate) async fn on_newest<F>(
    context: &Context,
    mut order: Order,
    action: impl Fn(Order) -> F,
) -> Result<Order, NotDone>
where
    F: Future<Output = Result<Order, NotDone>>,
{
    for _ in 0..ATTEMPTS {
        // Boxed, because the compiler's limit for nested futures is near.
        match Box::pin(action(order.clone())).await {
            Err(NotDone::Unsettled(Unsettled::Changed)) => {
                let newest = context.store().record::<Order>(&order.user_id, &order.id).await?;
                order = newest.ok_or(NotDone::Gone)?;
            }
            done => return done,
        }
    }
    Err(Unsettled::Changed.into())
}
