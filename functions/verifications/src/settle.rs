//! What a supplier's answer means for an order: the one place where orders are completed, given back or given up.
//!
//! The supplier decides races: a cancel that it confirms gives the money back, a message that it has is delivered. Here its
//! word is only written down, conditional on the order being as it was read.

use crate::supplier_facts;
use domain::{
    MessageId,
    order::{CloseReason, NotPossible, Order, Status, Step},
};
use runtime::{Context, fail_point, telemetry};
use store::{Change, Finding, FindingKind, NotCommitted, StoreError};
use suppliers::{CancelOutcome, Fault, SupplierAccessError, SupplierError, SupplierOrder};
use thiserror::Error;

/// Why an order is not settled yet. All of these but a taken number pass; the order is looked at again.
#[derive(Debug, Error)]
pub(crate) enum Unsettled {
    /// Somebody else wrote the order meanwhile: read it again.
    #[error("the order changed meanwhile")]
    Changed,
    /// The number that was sold belongs to another order.
    #[error("the number has another owner")]
    NumberTaken,
    /// The supplier takes numbers back only later.
    #[error("the supplier says it is too early")]
    TooEarly,
    /// The supplier did not settle it.
    #[error("supplier: {0}")]
    Supplier(#[from] SupplierError),
    /// The supplier can't be used at all.
    #[error(transparent)]
    Access(#[from] SupplierAccessError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A rule refused: a defect of ours.
    #[error("refused: {0}")]
    Defect(String),
}

impl Unsettled {
    /// Whether it was for the supplier to settle it.
    pub(crate) const fn is_suppliers(&self) -> bool {
        matches!(self, Self::Supplier(_) | Self::Access(_) | Self::TooEarly)
    }
}

impl From<NotPossible> for Unsettled {
    fn from(reason: NotPossible) -> Self {
        Self::Defect(reason.to_string())
    }
}

/// Writes a finding and counts it, once. Where it can't be written the log still says it: what is found must not hold up the
/// customer's money.
pub(crate) async fn found(context: &Context, finding: &Finding) {
    let kind = finding.kind.as_str();
    match context.store().put_finding(finding).await {
        Ok(true) => telemetry::count_class("Findings", kind, 1),
        Ok(false) => return,
        Err(error) => tracing::error!(%error, kind, "a finding could not be written"),
    }
    let supplier_order = finding.supplier_order.as_ref().map(tracing::field::display);
    let order_id = finding.order_id.as_ref().map(tracing::field::display);
    tracing::warn!(kind, order_id, supplier_order, "found");
}

/// Makes a number that the supplier sold this order's own; no other order can have it then.
pub(crate) async fn own(context: &Context, order: Order, sold: &SupplierOrder) -> Result<Order, Unsettled> {
    let supplier = order.attempt.supplier.clone();
    let step = order.number_bought(supplier_facts::sold(&supplier, sold), context.now())?;
    commit(context, Change { claim: Some((&supplier, &sold.id)), ..Change::of(step) }).await
}

/// One look at an order that has a number, with what its supplier says of it. What can't be settled with the supplier until the
/// order's last moment is settled without it.
pub(crate) async fn look(
    context: &Context,
    order: Order,
    answer: Result<SupplierOrder, Unsettled>,
) -> Result<Order, Unsettled> {
    let given_up = order.gave_up(context.now()).then(|| order.clone());
    let settled = match answer {
        Ok(seen) => conclude(context, order, &seen).await,
        // The supplier denies an order that it sold us: nothing can come any more.
        Err(Unsettled::Supplier(SupplierError::OrderNotFound)) if order.is_past_deadline(context.now()) => {
            let step = order.given_back(context.now())?;
            write(context, step).await
        }
        Err(error) => Err(error),
    };
    match (settled, given_up) {
        (Err(error), Some(order)) if error.is_suppliers() => supplier_unreachable(context, order, &error).await,
        (settled, _) => settled,
    }
}

/// Writes down what came, and gives the number back where nothing more is to come.
async fn conclude(context: &Context, order: Order, seen: &SupplierOrder) -> Result<Order, Unsettled> {
    let order = observe(context, order, seen).await?;
    if order.status == Status::Cancelling {
        let because = order.closed_because.unwrap_or(CloseReason::Timeout);
        return give_back(context, order, because).await;
    }
    if order.is_overdue(context.now()) {
        return give_back(context, order, CloseReason::Timeout).await;
    }
    Ok(order)
}

/// Writes down what the supplier says of an order: new messages, or that it ended without one. The order as it is then.
pub(crate) async fn observe(context: &Context, order: Order, seen: &SupplierOrder) -> Result<Order, Unsettled> {
    let now = context.now();
    if order.number.as_ref().is_some_and(|number| number.phone != seen.phone.as_str()) {
        // Its messages may be somebody else's.
        return Err(SupplierError::Unavailable { fault: Fault::Unreadable }.into());
    }
    let new_id = || MessageId::new(now, context.random());
    let order = match order.clone().receive(supplier_facts::incoming(seen), new_id, now) {
        Some(step) => write(context, step).await?,
        None => order,
    };
    let waits = matches!(order.status, Status::Waiting | Status::Cancelling);
    if waits && !seen.status.is_open() {
        if !seen.status.is_refunded() {
            found(context, &Finding::about_order(FindingKind::ChargedWithoutMessage, &order)).await;
        }
        let step = order.given_back(now)?;
        return write(context, step).await;
    }
    Ok(order)
}

/// Gives an overdue or cancelled order's number back: at the supplier first, then the money.
pub(crate) async fn give_back(context: &Context, order: Order, because: CloseReason) -> Result<Order, Unsettled> {
    let Some(number) = order.number.clone() else { return Err(Unsettled::Defect("no number to give back".to_owned())) };
    let client = suppliers::supplier(context, &number.supplier).await?;
    let outcome = match because {
        CloseReason::Reported => suppliers::settle::ban(client.as_ref(), &number.supplier_order).await,
        _ => suppliers::settle::cancel(client.as_ref(), &number.supplier_order).await,
    };
    fail_point::here("after-supplier-cancel");
    match outcome? {
        CancelOutcome::Cancelled(_) => {
            let now = context.now();
            let order = match order.status {
                // Never stored in between: one write says that it was cancelled and that the money is back.
                Status::Waiting => order.begin_cancel(because, now)?.recorded(None),
                _ => order,
            };
            let step = order.given_back(now)?;
            write(context, step).await
        }
        CancelOutcome::AlreadyClosed(seen) => observe(context, order, &seen).await,
        CancelOutcome::HasSms(seen) => {
            let settled = observe(context, order, &seen).await?;
            // The supplier's list may lag behind its own word: look again.
            if settled.status.is_open() { Err(SupplierError::HasSms.into()) } else { Ok(settled) }
        }
        CancelOutcome::TooEarly => Err(Unsettled::TooEarly),
    }
}

/// Gives the money back although the supplier can't be asked; what it owes us becomes a finding.
pub(crate) async fn supplier_unreachable(
    context: &Context,
    order: Order,
    because: &Unsettled,
) -> Result<Order, Unsettled> {
    tracing::error!(order_id = %order.id, error = %because, "an order ends without its supplier");
    let finding = Finding::about_order(FindingKind::SupplierUnreachable, &order);
    let step = order.supplier_unreachable(context.now())?;
    // The finding first: a step without it would hide what the supplier owes us. Where somebody settles the order at this
    // moment it tells of a debt that is none, which a look at the order shows.
    found(context, &finding).await;
    write(context, step).await
}

/// Writes a step; a lost race is told apart from a failure.
pub(crate) async fn write(context: &Context, step: Step) -> Result<Order, Unsettled> {
    fail_point::here("before-settle");
    commit(context, Change::of(step)).await
}

async fn commit(context: &Context, change: Change<'_>) -> Result<Order, Unsettled> {
    match context.store().commit(change, context.now()).await {
        Ok(order) => Ok(order),
        Err(NotCommitted::OrderChanged) => Err(Unsettled::Changed),
        Err(NotCommitted::NumberTaken) => Err(Unsettled::NumberTaken),
        Err(NotCommitted::Store(error)) => Err(error.into()),
        Err(error) => Err(Unsettled::Defect(error.to_string())),
    }
}
