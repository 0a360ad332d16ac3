//! Asks the gateway about a payment, and credits what settled.

use crate::{Unsettled, disputes::repay};
use domain::{
    Timestamp,
    payment::{Fault, Look, Payment, ReceiptId, Report, Settlement},
};
use runtime::{Context, fail_point, findings, telemetry};
use std::time::Duration;
use store::{Claim, Finding, FindingKind, NotCommitted, StoreError, Transaction};

/// How often a payment that changes meanwhile is read again.
const MOST_CONFLICTS: u32 = 8;
/// How long an answer of the gateway counts for requests of customers.
const FRESH_FOR: Duration = Duration::from_secs(5);

/// Asks the gateway and applies what it says. Returns the payment as it is then.
pub async fn look(context: &Context, payment: Payment) -> Result<Payment, Unsettled> {
    let gateway = gateways::gateway(context, &payment.gateway).await?;
    let asked_at = context.now();
    let report = gateway.report(&payment).await?;
    fail_point::here("after-report");
    let look = seen(context, &payment, report, asked_at).await?;
    let (credited, was_due) = (payment.credited, payment.is_due(asked_at));
    let payment = apply(context, payment, &look).await?;
    // Another worker may have died before it paid what is owed.
    let pays = payment.credited > credited || was_due && payment.credited.is_positive();
    if pays { repay(context, payment).await } else { Ok(payment) }
}

/// A report, with what decides about its new receipts.
async fn seen(context: &Context, payment: &Payment, report: Report, asked_at: Timestamp) -> Result<Look, StoreError> {
    let store = context.store();
    let (mut has_new, mut has_late) = (false, false);
    for receipt in payment.new_receipts(&report) {
        has_new = true;
        has_late |= payment.is_late(receipt);
    }
    let user = &payment.reference.user;
    let is_account_gone = has_new && store.is_deleted(user).await?;
    let owes = has_new && store.ledger().wallet(user).await?.owed.is_positive();
    let currency = payment.amount.currency;
    let price = if has_late { store.catalog().sales_rules(context.now()).await?.credit_price(currency) } else { None };
    Ok(Look { report, asked_at, price, is_account_gone, owes })
}

/// An open payment after a look, unless its checkout is being made, or somebody looked within the last seconds.
pub(crate) async fn fresh(context: &Context, payment: Payment) -> Result<Payment, Unsettled> {
    let now = context.now();
    if !payment.status.is_open() || payment.is_starting(now) {
        return Ok(payment);
    }
    if !context.store().ledger().may_ask_gateway(&payment.reference, now.minus(FRESH_FOR), now).await? {
        return Ok(payment);
    }
    look(context, payment).await
}

/// The same for a customer who only wants to see the payment: without an answer of the gateway it is returned as it was,
/// because a worker asks again.
pub async fn refreshed(context: &Context, payment: Payment) -> Result<Payment, Unsettled> {
    match fresh(context, payment.clone()).await {
        Err(error @ (Unsettled::Gateway(_) | Unsettled::Access(_))) => {
            tracing::warn!(reference = %payment.reference, %error, "a gateway did not report a payment");
            Ok(payment)
        }
        looked => looked,
    }
}

/// Applies a look: one transaction for each batch of receipts, or for the new state.
async fn apply(context: &Context, mut payment: Payment, look: &Look) -> Result<Payment, Unsettled> {
    let mut conflicts = 0;
    while conflicts < MOST_CONFLICTS {
        let now = context.now();
        let Some(settlement) = payment.clone().settled(look, now) else { return Ok(payment) };
        payment = if let Some(written) = write(context, &payment, settlement, &look.report, now).await? {
            written
        } else {
            conflicts += 1;
            newest(context, &payment).await?
        };
    }
    Err(Unsettled::Changed)
}

/// Writes a settlement; `None` if the payment changed since it was read. Receipts that other payments have are noted
/// instead.
async fn write(
    context: &Context,
    payment: &Payment,
    settlement: Settlement,
    report: &Report,
    now: Timestamp,
) -> Result<Option<Payment>, Unsettled> {
    let receipts = settlement.receipts.clone();
    match commit(context, payment, settlement, report, now).await {
        Err(NotCommitted::Claimed) => {}
        written => return settled(payment, written),
    }
    let mut others = Vec::new();
    for receipt in report.receipts.iter().filter(|receipt| receipts.contains(&receipt.id)) {
        let owner = context.store().ledger().payment_with(&payment.gateway, &receipt.id).await?;
        others.extend(owner.filter(|owner| *owner != payment.reference).map(|_| receipt));
    }
    if others.is_empty() {
        // The payment itself has them: it changed.
        return Ok(None);
    }
    let settlement = payment.clone().without_these(&others, now);
    settled(payment, commit(context, payment, settlement, report, now).await)
}

/// The transaction of a settlement, with a claim on each of its receipts and a finding for each fault.
async fn commit(
    context: &Context,
    payment: &Payment,
    Settlement { step, receipts, faults }: Settlement,
    report: &Report,
    now: Timestamp,
) -> Result<Payment, NotCommitted> {
    let found = |(id, fault): &(ReceiptId, Fault)| {
        let receipt = report.receipts.iter().find(|receipt| receipt.id == *id)?;
        Some(Finding::about_payment(kind_of(*fault), payment, receipt, now))
    };
    let findings: Vec<_> = faults.iter().filter_map(found).collect();
    let transaction: Transaction<'_, Payment> = Transaction::of(step).finding(findings.iter().cloned());
    let claims = receipts.iter().map(|id| Claim::receipt(id, payment));
    let transaction = claims.fold(transaction, Transaction::claiming);
    fail_point::here("before-credit");
    let written = Box::pin(context.store().commit(transaction, now)).await?;
    fail_point::here("after-credit");
    findings.iter().for_each(findings::count);
    Ok(written)
}

/// What became of a transaction; `None` if the payment changed since it was read.
fn settled(payment: &Payment, written: Result<Payment, NotCommitted>) -> Result<Option<Payment>, Unsettled> {
    let written = match written {
        Ok(written) => written,
        Err(NotCommitted::Changed) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
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
        Fault::NotItsMoney => FindingKind::PaymentNotItsMoney,
        Fault::NoAccount => FindingKind::PaymentOfDeletedAccount,
        Fault::TooMany => FindingKind::PaymentTooManyReceipts,
    }
}

/// The payment as it is stored now.
pub(crate) async fn newest(context: &Context, payment: &Payment) -> Result<Payment, Unsettled> {
    let reference = &payment.reference;
    context.store().record(&reference.user, reference).await?.ok_or(Unsettled::Gone)
}
