//! SQS checks → one look at an order: its purchase has no known outcome, its poll may be lost, or its texts are to be deleted.
//!
//! A check that looked does not come again: it moves the order's next look on, and the sweep asks again when that is due. It
//! repeats itself only while it is too early to look and while the database fails, and the queue's limit ends that.

use crate::{
    poll,
    settle::{self, Unsettled},
    supplier_facts::{self, counted},
};
use domain::order::{CHECK_AFTER, CloseReason, Order, Status};
use runtime::{Context, Delivery, Verdict};
use std::time::Duration;
use store::{Change, NotCommitted};
use suppliers::SupplierOrder;

/// Works off a batch of checks.
pub async fn check(context: Context, deliveries: Vec<Delivery>) -> Vec<Verdict> {
    let mut verdicts = Vec::with_capacity(deliveries.len());
    for delivery in deliveries {
        let verdict = check_one(&context, &delivery).await.unwrap_or_else(|error| {
            tracing::warn!(order_id = %delivery.order.order_id, %error, "a check did not settle");
            match error {
                // Somebody else is at work on it, or the sweep asks again.
                Unsettled::Changed => Verdict::Done,
                _ => Verdict::Again(Duration::from_secs(10)),
            }
        });
        verdicts.push(verdict);
    }
    verdicts
}

async fn check_one(context: &Context, delivery: &Delivery) -> Result<Verdict, Unsettled> {
    let Some(order) = context.store().order(&delivery.order.user_id, &delivery.order.order_id).await? else {
        tracing::error!(order_id = %delivery.order.order_id, "a check for an order that is not there");
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
    let supplier = order.attempt.supplier.clone();
    let listed = match supplier_facts::client(context, &supplier).await {
        Ok(client) => client.orders(order.sales_from()).await.map_err(|e| counted(e).into()),
        Err(error) => Err(Unsettled::from(error)),
    };
    let list = match listed {
        Ok(list) => list,
        Err(_) if order.gave_up(context.now()) => {
            settle::supplier_unreachable(context, order).await?;
            return Ok(());
        }
        Err(error) => return later(context, order, &error).await,
    };
    let fitting: Vec<_> = list.orders.iter().filter(|sold| order.may_own(&supplier_facts::sale(sold))).collect();
    let ids: Vec<_> = fitting.iter().map(|sold| sold.id.clone()).collect();
    let claimed = context.store().claimed(&supplier, &ids).await?;
    for sold in fitting.into_iter().filter(|sold| !claimed.contains(&sold.id)) {
        if adopt(context, &order, sold).await? {
            return Ok(());
        }
    }
    if !list.complete && order.gave_up(context.now()) {
        settle::supplier_unreachable(context, order).await?;
        return Ok(());
    }
    if !list.complete {
        return later(context, order, &Unsettled::Defect("the supplier's list is not complete".to_owned())).await;
    }
    let step = order.no_number(CloseReason::SupplierUnavailable, context.now())?;
    settle::write(context, step).await?;
    Ok(())
}

/// Makes a sold number this order's own; `false` where another order was faster.
async fn adopt(context: &Context, order: &Order, sold: &SupplierOrder) -> Result<bool, Unsettled> {
    let now = context.now();
    let supplier = &order.attempt.supplier;
    let step = order.clone().number_bought(supplier_facts::sold(supplier, sold), now)?;
    let change = Change::<std::convert::Infallible> { claim: Some((supplier, &sold.id)), ..Change::of(step) };
    match context.store().commit(change, now).await {
        Ok(order) => {
            tracing::info!(order_id = %order.id, "a sold number was adopted");
            Ok(true)
        }
        Err(NotCommitted::NumberTaken) => Ok(false),
        Err(NotCommitted::OrderChanged) => Err(Unsettled::Changed),
        Err(NotCommitted::Store(error)) => Err(error.into()),
        Err(error) => Err(Unsettled::Defect(error.to_string())),
    }
}

/// One look at an order that waits. Its poll does this too; this one is for a poll that was lost.
async fn look(context: &Context, order: Order) -> Result<(), Unsettled> {
    let Some(number) = order.number.clone() else { return Ok(()) };
    let version = order.version;
    let before = order.clone();
    let settled = match supplier_facts::client(context, &number.supplier).await {
        Ok(client) => {
            let answer = client.check(&number.supplier_order).await.map_err(counted);
            poll::step(context, order, answer).await
        }
        Err(error) if order.gave_up(context.now()) => {
            tracing::error!(%error, "no access to the supplier");
            settle::supplier_unreachable(context, order).await
        }
        Err(error) => Err(error.into()),
    };
    match settled {
        Ok(order) if order.version == version => move_on(context, order).await,
        Ok(_) => Ok(()),
        Err(error @ (Unsettled::Supplier(_) | Unsettled::Access(_) | Unsettled::TooEarly)) => {
            later(context, before, &error).await
        }
        Err(error) => Err(error),
    }
}

/// Deletes the texts of an order that ended long ago.
async fn purge(context: &Context, order: Order) -> Result<(), Unsettled> {
    if order.due_at.is_some() && order.purge_at <= context.now() {
        let step = order.purged(context.now())?;
        settle::write(context, step).await?;
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
    settle::write(context, step).await?;
    Ok(())
}
