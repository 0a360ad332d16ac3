//! Follows the disputes of payments: holds their money until the banks have decided, and pays what is owed after them.

use crate::{Unsettled, look::newest};
use domain::{
    Timestamp,
    ledger::Wallet,
    payment::{DisputeFault, DisputeReport, Payment, Step},
};
use runtime::{Context, fail_point, findings, telemetry};
use store::{Finding, FindingKind, NotCommitted, Transaction, WalletMoved};

/// How often a payment or a wallet that changes meanwhile is read again.
const MOST_CONFLICTS: u32 = 8;

/// Asks the gateway about the disputes of a payment, and applies what it says. Returns the payment as it is then.
pub async fn follow_disputes(context: &Context, mut payment: Payment) -> Result<Payment, Unsettled> {
    if !payment.status.is_paid() {
        return Ok(payment);
    }
    let gateway = gateways::gateway(context, &payment.gateway).await?;
    let reports = gateway.disputes(&payment).await?;
    fail_point::here("after-dispute-report");
    for report in &reports {
        payment = apply(context, payment, report).await?;
    }
    Ok(payment)
}

/// Applies a report: one transaction for each movement. What is held depends on the wallet, so each is made for the wallet
/// as it was just read.
async fn apply(context: &Context, mut payment: Payment, report: &DisputeReport) -> Result<Payment, Unsettled> {
    let mut conflicts = 0;
    while conflicts < MOST_CONFLICTS {
        let now = context.now();
        let wallet = context.store().ledger().wallet(&payment.reference.user).await?;
        let Some(settlement) = payment.clone().disputed(report, &wallet, now) else { return Ok(payment) };
        let kind = settlement.fault.map(kind_of);
        let finding = kind.map(|kind| Finding::about_dispute(kind, &settlement.step.subject, report, now));
        fail_point::here("before-dispute-step");
        payment = match write(context, settlement.step, wallet, finding.clone(), now).await {
            Ok(written) => {
                fail_point::here("after-dispute-step");
                finding.iter().for_each(findings::count);
                told(&written, report);
                written
            }
            Err(error) if is_conflict(&error) => {
                conflicts += 1;
                newest(context, &payment).await?
            }
            Err(error) => return Err(error.into()),
        };
    }
    Err(Unsettled::Changed)
}

/// Pays what the customer owes out of the wallet.
pub async fn repay(context: &Context, mut payment: Payment) -> Result<Payment, Unsettled> {
    for _ in 0..MOST_CONFLICTS {
        let now = context.now();
        let wallet = context.store().ledger().wallet(&payment.reference.user).await?;
        let Some(step) = payment.clone().repaid(&wallet, now) else { return Ok(payment) };
        fail_point::here("before-repayment");
        payment = match write(context, step, wallet, None, now).await {
            Err(error) if is_conflict(&error) => newest(context, &payment).await?,
            Err(error) => return Err(error.into()),
            Ok(repaid) => return Ok(repaid),
        };
    }
    Err(Unsettled::Changed)
}

/// Writes a step that was made for this wallet.
async fn write(
    context: &Context,
    step: Step,
    wallet: Wallet,
    finding: Option<Finding>,
    now: Timestamp,
) -> Result<Payment, NotCommitted<WalletMoved>> {
    let moves = step.movement.is_some();
    let transaction = Transaction::<Payment>::of(step).finding(finding);
    if moves {
        return Box::pin(context.store().commit(transaction.on_unmoved(wallet), now)).await;
    }
    // Without a movement the wallet is not part of the transaction.
    Box::pin(context.store().commit(transaction, now)).await.map_err(|error| match error {
        NotCommitted::Store(error) => error.into(),
        _ => NotCommitted::Changed,
    })
}

/// Whether the payment, or the wallet for which the step was made, changed meanwhile.
const fn is_conflict(error: &NotCommitted<WalletMoved>) -> bool {
    matches!(error, NotCommitted::Changed | NotCommitted::Rule(WalletMoved))
}

fn told(payment: &Payment, report: &DisputeReport) {
    let Some(dispute) = payment.disputes.iter().find(|dispute| dispute.id == report.id) else { return };
    // The second movement of a dispute is no news.
    if dispute.holds.len() <= 1 || dispute.closed_at.is_some() {
        telemetry::count_class("Disputes", dispute.status.as_str(), 1);
    }
    let (reference, status) = (&payment.reference, dispute.status.as_str());
    tracing::info!(%reference, dispute = %dispute.id, status, "a dispute moved");
}

const fn kind_of(fault: DisputeFault) -> FindingKind {
    match fault {
        DisputeFault::Opened => FindingKind::PaymentDisputed,
        DisputeFault::Reversed => FindingKind::DisputeReversed,
    }
}
