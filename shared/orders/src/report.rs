//! Reports a number that does not work.

use crate::{NotDone, close::close, newest::on_newest, write::write};
use domain::order::{CloseReason, Order, Status, TimelineEvent};
use runtime::Context;

/// Before a message came, the number is reported to the supplier and the price is refunded. Afterwards
/// the report is only noted on the timeline, once.
pub async fn report(context: &Context, order: Order) -> Result<Order, NotDone> {
    on_newest(context, order, |order| report_this(context, order)).await
}

async fn report_this(context: &Context, order: Order) -> Result<Order, NotDone> {
    let is_reported = order.timeline.iter().any(|item| item.event == TimelineEvent::Reported);
    match order.status {
        Status::Completed if is_reported => Ok(order),
        Status::Completed => Ok(write(context, order.reported_late(context.now())?).await?),
        _ => close(context, order, CloseReason::Reported).await,
    }
}
