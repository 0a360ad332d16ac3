//! Events of gateways: each asks for a look at its payment, and is kept with what came of it.

use crate::{
    Followed, Unsettled,
    queues::{PAYMENTS, ReceivedEvent, Task},
};
use domain::{
    GatewayEventId,
    payment::{Payment, PaymentReference},
};
use gateways::Notice;
use runtime::{Context, QueueError, telemetry};
use std::time::Duration;
use store::{GatewayEvent, StoreError};
use thiserror::Error;

/// Does what an event asks for, and notes what came of it. The error is worth another try.
pub async fn handle(context: &Context, event: &ReceivedEvent) -> Result<(), Unsettled> {
    let read =
        gateways::registry::webhook(&event.gateway).and_then(|webhook| (webhook.read)(event.body.as_bytes()).ok());
    let reference = match &read {
        Some(notice) => reference_of(context, event, notice).await?,
        None => None,
    };
    let handled = if let Some(notice) = &read {
        apply(context, event, notice, reference.as_ref()).await
    } else {
        telemetry::count_class("GatewayErrors", "unreadable_event", 1);
        Ok("it can't be read".to_owned())
    };
    let outcome = match &handled {
        Ok(outcome) => outcome.clone(),
        Err(error) => format!("not yet: {error}"),
    };
    tracing::info!(event = %event.id, gateway = %event.gateway, outcome, "an event of a gateway");
    let (kind, id) = read.map(|Notice { kind, id, .. }| (kind, id)).unzip();
    let note = GatewayEvent {
        id: event.id.clone(),
        gateway: event.gateway.clone(),
        body: event.body.clone(),
        received_at: event.received_at,
        event: id,
        kind,
        reference,
        outcome,
        handled_at: context.now(),
    };
    context.store().ledger().put_gateway_event(&note).await?;
    handled.map(drop)
}

/// What came of an event, in words.
async fn apply(
    context: &Context,
    event: &ReceivedEvent,
    notice: &Notice,
    reference: Option<&PaymentReference>,
) -> Result<String, Unsettled> {
    let Some(reference) = reference else { return Ok("it is about no payment".to_owned()) };
    let payment: Option<Payment> = context.store().record(&reference.user, reference).await?;
    // A gateway is believed only about its own payments.
    let Some(payment) = payment.filter(|payment| payment.gateway == event.gateway) else {
        return Ok("there is no such payment".to_owned());
    };
    if notice.is_about_income() && payment.knows_of(event.received_at) && !event.is_rerun {
        return Ok(format!("the gateway was asked later: {}", payment.status.as_str()));
    }
    let (before, version) = (payment.status, payment.version);
    // The money may not be credited yet.
    let payment = crate::look(context, payment).await?;
    let payment = if notice.is_about_dispute() {
        crate::follow_disputes(context, payment).await?
    } else {
        crate::follow_refunds(context, payment, Followed::All).await?
    };
    Ok(if payment.version == version {
        format!("nothing new: {}", payment.status.as_str())
    } else {
        let refunds = payment.refunds.iter().map(|refund| format!(", refund {}", refund.status.as_str()));
        let disputes = payment.disputes.iter().map(|dispute| format!(", dispute {}", dispute.status.as_str()));
        let (after, credited) = (payment.status.as_str(), payment.credited);
        format!("{} → {after}, {credited} credited{}", before.as_str(), refunds.chain(disputes).collect::<String>())
    })
}

/// The payment that an event is about: the one that it names, or the one that has its money.
async fn reference_of(
    context: &Context,
    event: &ReceivedEvent,
    notice: &Notice,
) -> Result<Option<PaymentReference>, StoreError> {
    match (&notice.reference, &notice.receipt) {
        (Some(reference), _) => Ok(Some(reference.clone())),
        (None, Some(receipt)) => context.store().ledger().payment_with(&event.gateway, receipt).await,
        (None, None) => Ok(None),
    }
}

/// Why an event was not run again.
#[derive(Debug, Error)]
pub enum NotRerun {
    /// There is no such event; it may be older than 30 days.
    #[error("there is no such event")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The queue failed.
    #[error(transparent)]
    Queue(#[from] QueueError),
}

/// Queues a look at a payment, whatever its status is.
pub async fn ask(context: &Context, reference: &PaymentReference) -> Result<(), QueueError> {
    let task = Task::Asked { reference: reference.clone() };
    context.queues().await.send(&PAYMENTS, &task, Duration::ZERO).await
}

/// Queues an event once more.
pub async fn rerun(context: &Context, id: &GatewayEventId) -> Result<GatewayEvent, NotRerun> {
    let event = context.store().ledger().gateway_event(id).await?.ok_or(NotRerun::Unknown)?;
    let GatewayEvent { id, gateway, body, received_at, .. } = event.clone();
    let task = Task::Event(ReceivedEvent { id, gateway, body, received_at, is_rerun: true });
    context.queues().await.send(&PAYMENTS, &task, Duration::ZERO).await?;
    Ok(event)
}
