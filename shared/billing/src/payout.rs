//! Sends refunds to their gateways, and follows them until the customer has the money or the credits are back.
//!
//! A worker may die between any two lines. It writes that it begins before it sends (`domain::payment`, `refund_sending`),
//! so nobody sends a second request before the first one had time to show up at the gateway. What the gateway says is
//! written with the version that was read, so it counts once.

use crate::{Unsettled, look::newest};
use domain::{
    RefundId, Timestamp,
    payment::{Payment, Refund, RefundReport, RefundReported, RefundSettlement, RefundStatus},
};
use gateways::{GatewayError, PaymentGateway};
use runtime::{Context, fail_point, findings, telemetry};
use store::{Finding, FindingKind, NotCommitted, Transaction};

/// How often a payment that changes meanwhile is read again.
const MOST_CONFLICTS: u32 = 8;
/// After so many failures, the gateway is asked about no other refund of the payment for now.
const MOST_FAILURES: u32 = 2;
/// A gateway refused the request.
const FAILED: RefundReport = RefundReport { gateway_refund: None, state: RefundReported::Failed };

/// Which refunds of a payment a gateway is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    /// Those that it is to pay out.
    Open,
    /// All of them, because one that is over may be contradicted. Paystack's events do not tell which refund they are
    /// about.
    All,
}

/// Sends the refunds of a payment that are to be sent, asks the gateway about the others, and applies what it says. Returns
/// the payment as it is then. A gateway that does not answer changes nothing.
pub async fn follow_refunds(context: &Context, payment: Payment, which: Followed) -> Result<Payment, Unsettled> {
    let is_followed = |refund: &&Refund| which == Followed::All || refund.status.is_open();
    let ids: Vec<_> = payment.refunds.iter().filter(is_followed).map(|refund| refund.id.clone()).collect();
    if ids.is_empty() {
        return Ok(payment);
    }
    let gateway = gateways::gateway(context, &payment.gateway).await?;
    let (mut payment, mut failures, mut last) = (payment, 0, None);
    for id in &ids {
        match follow(context, gateway.as_ref(), payment.clone(), id).await {
            Ok(followed) => payment = followed,
            Err(error) => {
                tracing::warn!(reference = %payment.reference, refund = %id, %error, "a refund is not followed");
                failures += 1;
                last = Some(error);
                if failures == MOST_FAILURES {
                    break;
                }
                payment = newest(context, &payment).await?;
            }
        }
    }
    last.map_or(Ok(payment), Err)
}

async fn follow(
    context: &Context,
    gateway: &dyn PaymentGateway,
    payment: Payment,
    id: &RefundId,
) -> Result<Payment, Unsettled> {
    let Some(refund) = payment.refund_by(id) else { return Ok(payment) };
    if refund.is_unsent() {
        return send_or_return(context, gateway, payment, id).await;
    }
    let report = gateway.refund_report(&payment, refund).await?;
    fail_point::here("after-refund-report");
    if report.state == RefundReported::Unknown && refund.may_be_sent_again(context.now()) {
        return send_or_return(context, gateway, payment, id).await;
    }
    note(context, payment, id, &report).await
}

/// Sends a refund that the gateway does not have. If the payment is disputed, the bank takes the money: the credits come
/// back, and pay what is owed.
async fn send_or_return(
    context: &Context,
    gateway: &dyn PaymentGateway,
    payment: Payment,
    id: &RefundId,
) -> Result<Payment, Unsettled> {
    if payment.is_disputed() {
        note(context, payment, id, &FAILED).await
    } else {
        send(context, gateway, payment, id).await
    }
}

/// Sends a refund, and notes what the gateway says. Without a usable answer the refund stays as it is, and a later look
/// asks for it.
async fn send(
    context: &Context,
    gateway: &dyn PaymentGateway,
    payment: Payment,
    id: &RefundId,
) -> Result<Payment, Unsettled> {
    let now = context.now();
    let token = u64::try_from(context.random() >> 64).unwrap_or_default();
    let Some(step) = payment.clone().refund_sending(id, token, now) else { return Ok(payment) };
    let is_first = payment.refund_by(id).is_some_and(Refund::is_unsent);
    let payment = match Box::pin(context.store().commit(Transaction::<Payment>::of(step), now)).await {
        Ok(begun) => begun,
        // Another worker sends it.
        Err(NotCommitted::Changed) => return newest(context, &payment).await,
        Err(error) => return Err(error.into()),
    };
    let Some(refund) = payment.refund_by(id) else { return Ok(payment) };
    fail_point::here("before-refund-sent");
    let sent = gateway.refund(&payment, refund).await;
    fail_point::here("after-refund-sent");
    let report = match sent {
        Ok(report) => report,
        Err(error @ GatewayError::Refused { .. }) => {
            tracing::warn!(reference = %payment.reference, refund = %id, %error, "a gateway refused a refund");
            // A second request may be refused because of the first one.
            let known = if is_first { FAILED } else { gateway.refund_report(&payment, refund).await? };
            if known.state == RefundReported::Unknown { FAILED } else { known }
        }
        Err(error) => return Err(error.into()),
    };
    note(context, payment, id, &report).await
}

/// Applies what a gateway says about a refund: one transaction with the movement and the finding that follow.
async fn note(
    context: &Context,
    mut payment: Payment,
    id: &RefundId,
    report: &RefundReport,
) -> Result<Payment, Unsettled> {
    for _ in 0..MOST_CONFLICTS {
        let now = context.now();
        let before = payment.refund_by(id).map(|refund| refund.status);
        let Some(settlement) = payment.clone().refund_reported(id, report, now) else { return Ok(payment) };
        let finding = finding_of(context, before, id, &settlement, now).await?;
        let transaction = Transaction::<Payment>::of(settlement.step).finding(finding.clone());
        let transaction =
            if before == Some(RefundStatus::AwaitingApproval) { transaction.decided(id) } else { transaction };
        fail_point::here("before-refund-noted");
        payment = match Box::pin(context.store().commit(transaction, now)).await {
            Ok(noted) => {
                fail_point::here("after-refund-noted");
                told(&noted, before, id, finding.as_ref());
                return Ok(noted);
            }
            Err(NotCommitted::Changed) => newest(context, &payment).await?,
            Err(error) => return Err(error.into()),
        };
    }
    Err(Unsettled::Changed)
}

/// What a person must look at, if anything.
async fn finding_of(
    context: &Context,
    before: Option<RefundStatus>,
    id: &RefundId,
    settlement: &RefundSettlement,
    now: Timestamp,
) -> Result<Option<Finding>, Unsettled> {
    let payment = &settlement.step.subject;
    let Some(refund) = payment.refund_by(id) else { return Ok(None) };
    let is_returned = refund.status.is_returned() && before != Some(refund.status);
    let kind = match settlement.fault {
        Some(fault) => Some(fault.into()),
        // Nobody can use what comes back.
        None if is_returned && context.store().is_deleted(&payment.reference.user).await? => {
            Some(FindingKind::RefundOfDeleted)
        }
        None => None,
    };
    Ok(kind.map(|kind| Finding::about_refund(kind, payment, refund, now)))
}

fn told(payment: &Payment, before: Option<RefundStatus>, id: &RefundId, finding: Option<&Finding>) {
    if let Some(finding) = finding {
        findings::count(finding);
    }
    let after = payment.refund_by(id).map(|refund| refund.status).filter(|after| before != Some(*after));
    if let Some(status) = after {
        telemetry::count_class("Refunds", status.as_str(), 1);
        tracing::info!(reference = %payment.reference, refund = %id, status = status.as_str(), "a refund moved");
    }
}
