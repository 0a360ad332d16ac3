//! Payments against the list of their gateway.

use crate::NotReconciled;
use domain::{
    Timestamp,
    payment::{GatewayId, Payment},
    reconciliation::{Difference, GatewayList, compare as differences},
};
use gateways::PaymentGateway;
use runtime::{Context, within};
use std::{collections::BTreeSet, time::Duration};
use store::Finding;

/// How long the list of a day may take. It is less than the time of the function.
const LIST_TAKES: Duration = Duration::from_mins(3);

/// Compares a day. Returns the number of payments, and what differs.
pub(crate) async fn compare(
    context: &Context,
    day: Timestamp,
    id: &GatewayId,
) -> Result<(u64, Vec<Finding>), NotReconciled> {
    let gateway = gateways::gateway(context, id).await?;
    let list = within(LIST_TAKES, gateway.list(day, day.end_of_day())).await;
    let list = list.ok_or(NotReconciled::TooSlow)??;
    let payments = payments_of(context, day, id, &list).await?;
    let mut found = Vec::new();
    for difference in differences(&list, &payments) {
        if !is_explained(&*gateway, &difference, &payments).await? {
            found.extend(Finding::about_difference(&difference, id, &payments));
        }
    }
    Ok((u64::try_from(payments.len()).unwrap_or(u64::MAX), found))
}

/// The payments to compare: those that claimed money of the list, and those that changed on the day or after it. Money is
/// noted after the gateway had it, so on the day or on the next one.
async fn payments_of(
    context: &Context,
    day: Timestamp,
    gateway: &GatewayId,
    list: &GatewayList,
) -> Result<Vec<Payment>, NotReconciled> {
    let ledger = context.store().ledger();
    let mut references = ledger.changed_payments(day).await?;
    references.extend(ledger.changed_payments(day.end_of_day()).await?);
    let receipts: BTreeSet<_> = list
        .money
        .iter()
        .map(|money| &money.receipt)
        .chain(list.refunds.iter().map(|refund| &refund.receipt))
        .collect();
    references.extend(ledger.payments_with(gateway, &receipts).await?);
    let mut payments = ledger.payments_of(&references).await?;
    payments.retain(|payment| payment.gateway == *gateway);
    Ok(payments)
}

/// Whether the gateway has money that its list does not show. It lists by the time of the checkout, and a page may stay
/// payable for weeks.
async fn is_explained(
    gateway: &dyn PaymentGateway,
    difference: &Difference,
    payments: &[Payment],
) -> Result<bool, NotReconciled> {
    let Difference::NotThere { reference, receipt } = difference else { return Ok(false) };
    let Some(payment) = payments.iter().find(|payment| payment.reference == *reference) else { return Ok(false) };
    let report = gateway.report(payment).await?;
    Ok(report.receipts.iter().any(|one| one.id == *receipt))
}
