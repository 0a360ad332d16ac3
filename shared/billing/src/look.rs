//! Asks the gateway about a payment, and credits what settled.

use crate::Unsettled;
use domain::{
    Timestamp,
    payment::{Fault, Payment, Report, Settlement},
};
use runtime::{Context, fail_point, findings, telemetry};
use std::time::Duration;
use store::{Claim, Finding, FindingKind, NotCommitted, Transaction};

/// How often a payment that changes meanwhile is read again.
const MOST_CONFLICTS: u32 = 8;
/// How long an answer of the gateway counts for requests of customers.
const FRESH_FOR: Duration = Duration::from_secs(5);

/// Asks the gateway and applies what it says. Returns the payment as it is then.
pub async fn look(context: &Context, payment: Payment) -> Result<Payment, Unsettled> {
    let gateway = gateways::gateway(context, &payment.gateway).await?;
    let report = gateway.report(&payment).await?;
    fail_point::here("after-report");
    apply(context, payment, &report).await
}

/// An open payment after a look, unless its checkout is being made, or somebody looked within the last seconds. Without an
/// answer of the gateway it is returned as it was, because a worker asks again.
pub async fn refreshed(context: &Context, payment: Payment) -> Result<Payment, Unsettled> {
    let now = context.now();
    if !payment.status.is_open() || payment.is_starting(now) {
        return Ok(payment);
    }
    if !context.store().ledger().may_ask_gateway(&payment.reference, now.minus(FRESH_FOR), now).await? {
        return Ok(payment);
    }
    match look(context, payment.clone()).await {
        Err(error @ (Unsettled::Gateway(_) | Unsettled::Access(_))) => {
            tracing::warn!(reference = %payment.reference, %error, "a gateway did not report a payment");
            Ok(payment)
        }
        looked => looked,
    }
}

/// Applies a report: one transaction for each receipt, or for the new state.
async fn apply(context: &Context, mut payment: Payment, report: &Report) -> Result<Payment, Unsettled> {
    let mut conflicts = 0;
    while conflicts < MOST_CONFLICTS {
        let now = context.now();
        let Some(settlement) = payment.clone().settled(report, now) else { return Ok(payment) };
        payment = if let Some(written) = write(context, &payment, settlement, report, now).await? {
            written
        } else {
            conflicts += 1;
            newest(context, &payment).await?
        };
    }
    Err(Unsettled::Changed)
}

/// Writes a settlement; `None` if the payment changed since it was read.
async fn write(
    context: &Context,
    payment: &Payment,
    Settlement { step, receipt, fault }: Settlement,
    report: &Report,
    now: Timestamp,
) -> Result<Option<Payment>, Unsettled> {
    let receipt = receipt.and_then(|id| report.receipts.iter().find(|receipt| receipt.id == id));
    let finding_of = |kind| receipt.map(|receipt| Finding::about_payment(kind, payment, receipt, now));
    let finding = fault.map(kind_of).and_then(finding_of);
    let transaction: Transaction<'_, Payment> = Transaction::of(step).finding(finding.clone());
    let claim = receipt.map(|receipt| Claim::receipt(&receipt.id, payment));
    let transaction = claim.into_iter().fold(transaction, Transaction::claiming);
    fail_point::here("before-credit");
    let written = match Box::pin(context.store().commit(transaction, now)).await {
        Ok(written) => written,
        Err(NotCommitted::Changed) => return Ok(None),
        Err(NotCommitted::Claimed) => {
            if let Some(finding) = finding_of(FindingKind::PaymentNotItsMoney) {
                findings::record(context, &finding).await;
            }
            return Err(Unsettled::Defect("another payment has the money"));
        }
        Err(NotCommitted::Ledger(error)) => return Err(error.into()),
        Err(NotCommitted::Store(error)) => return Err(error.into()),
        Err(NotCommitted::Replayed(_) | NotCommitted::Rule(_)) => {
            return Err(Unsettled::Defect("a settlement was rejected like a request"));
        }
    };
    fail_point::here("after-credit");
    if let Some(finding) = &finding {
        findings::count(finding);
    }
    if written.status != payment.status {
        telemetry::count_class("Payments", written.status.as_str(), 1);
        tracing::info!(reference = %written.reference, status = written.status.as_str(), "a payment moved");
    }
    Ok(Some(written))
}

const fn kind_of(fault: Fault) -> FindingKind {
    match fault {
        Fault::NotTheAmount => FindingKind::PaymentNotTheAmount,
        Fault::PaidTwice => FindingKind::PaymentPaidTwice,
    }
}

/// The payment as it is stored now.
pub(crate) async fn newest(context: &Context, payment: &Payment) -> Result<Payment, Unsettled> {
    let reference = &payment.reference;
    context.store().record(&reference.user, reference).await?.ok_or(Unsettled::Gone)
}
