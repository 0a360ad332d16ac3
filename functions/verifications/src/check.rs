//! SQS checks → one look at an order: its purchase has no known outcome, its poll may be lost, or its texts are to be deleted.
//!
//! A check runs once and schedules the next one: it moves the order's due time, and the sweep asks again then. It repeats
//! itself only while it is too early to look and while the database fails, and the queue's limit ends that.

use crate::queues::OrderRef;
use domain::order::{CHECK_AFTER, CloseReason, Number, Order, Status};
use orders::{Unsettled, supplier_facts};
use runtime::{Context, Verdict};
use std::{convert::Infallible, time::Duration};
use suppliers::{OrderList, SupplierOrder};

/// When a check that failed runs again.
const FAILED_AGAIN: Duration = Duration::from_secs(10);

/// Checks an order.
pub async fn check(context: Context, order: OrderRef) -> Result<Verdict, Infallible> {
    let verdict = check_order(&context, &order).await.unwrap_or_else(|error| {
        tracing::warn!(order_id = %order.order_id, %error, "a check did not settle");
        match error {
            // Somebody else is at work on it, or the sweep asks again.
            Unsettled::Changed => Verdict::Done,
            _ => Verdict::Again(FAILED_AGAIN),
        }
    });
    Ok(verdict)
}

async fn check_order(context: &Context, OrderRef { user_id, order_id }: &OrderRef) -> Result<Verdict, Unsettled> {
    let Some(order) = context.store().order(user_id, order_id).await? else {
        tracing::error!(%order_id, "a check for an order that is not there");
        return Ok(Verdict::Done);
    };
    match order.status {
        Status::Requesting => {
            let from = order.attempt.at.plus(CHECK_AFTER);
            let now = context.now();
            if now < from {
                return Ok(Verdict::Again(from.since(now) + Duration::from_secs(1)));
            }
            settle_purchase(context, order).await?;
        }
        Status::Waiting | Status::Cancelling => look(context, order).await?,
        Status::Completed | Status::Refunded | Status::Failed => purge(context, order).await?,
    }
    Ok(Verdict::Done)
}

/// Finds out whether the supplier sold a number for this attempt: adopt it, or give the money back.
async fn settle_purchase(context: &Context, order: Order) -> Result<(), Unsettled> {
    let list = match sales_since(context, &order).await {
        Ok(list) => list,
        Err(error) => return unknown(context, order, &error).await,
    };
    let supplier = &order.attempt.supplier;
    let sales = list.orders.iter().map(|sold| supplier_facts::sale(supplier, sold));
    let fitting: Vec<_> = sales.filter(|sale| order.may_own(sale)).collect();
    let ids: Vec<_> = fitting.iter().map(|sale| sale.supplier_order.clone()).collect();
    let claimed = context.store().claimed(supplier, &ids).await?;
    for sale in fitting.into_iter().filter(|sale| !claimed.contains(&sale.supplier_order)) {
        match orders::adopt(context, order.clone(), sale).await {
            Ok(order) => {
                tracing::info!(order_id = %order.id, "a sold number was adopted");
                return Ok(());
            }
            // Another order was faster.
            Err(Unsettled::NumberTaken) => {}
            Err(error) => return Err(error),
        }
    }
    if !list.complete {
        let error = Unsettled::Defect("the supplier's list is not complete".to_owned());
        return unknown(context, order, &error).await;
    }
    let step = order.no_number(CloseReason::SupplierUnavailable, context.now())?;
    orders::write(context, step).await?;
    Ok(())
}

async fn sales_since(context: &Context, order: &Order) -> Result<OrderList, Unsettled> {
    let client = suppliers::supplier(context, &order.attempt.supplier).await?;
    Ok(client.orders(order.sales_from()).await?)
}

/// The supplier does not tell what became of a purchase: it is asked again later, and at the end the money goes back without it.
async fn unknown(context: &Context, order: Order, because: &Unsettled) -> Result<(), Unsettled> {
    if order.gave_up(context.now()) {
        orders::give_up(context, order, because).await?;
        return Ok(());
    }
    later(context, order, because).await
}

/// One look at an order that waits. Its poll does this too; this one is for a poll that was lost.
async fn look(context: &Context, order: Order) -> Result<(), Unsettled> {
    let Some(number) = &order.number else { return Ok(()) };
    let answer = ask(context, number).await;
    let before = order.clone();
    match orders::settle(context, order, answer).await {
        Ok(order) if order.version == before.version => move_on(context, order).await,
        Ok(_) => Ok(()),
        Err(error) if error.is_suppliers() => later(context, before, &error).await,
        Err(error) => Err(error),
    }
}

async fn ask(context: &Context, number: &Number) -> Result<SupplierOrder, Unsettled> {
    let client = suppliers::supplier(context, &number.supplier).await?;
    Ok(client.check(&number.supplier_order).await?)
}

/// Deletes the texts of an order that ended long ago.
async fn purge(context: &Context, order: Order) -> Result<(), Unsettled> {
    if order.due_at.is_some() && order.purge_at <= context.now() {
        let step = order.purged(context.now())?;
        orders::write(context, step).await?;
    }
    Ok(())
}

async fn later(context: &Context, order: Order, because: &Unsettled) -> Result<(), Unsettled> {
    tracing::warn!(order_id = %order.id, error = %because, "an order is looked at again later");
    move_on(context, order).await
}

/// Moves the next look on; the sweep asks again then.
async fn move_on(context: &Context, order: Order) -> Result<(), Unsettled> {
    let step = order.looked_at(context.now());
    orders::write(context, step).await?;
    Ok(())
}
