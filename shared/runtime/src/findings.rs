//! Findings: faults at suppliers and gateways that need a person or a later reconciliation.

use crate::{Context, telemetry};
use store::Finding;

/// Writes and counts a finding once; one about a test order is nobody's concern. If it can't be written, it is counted
/// and logged, because a finding must not delay the customer's money.
pub async fn record(context: &Context, finding: &Finding) {
    let kind = finding.kind.as_str();
    if finding.is_of_test() {
        tracing::info!(kind, order_id = finding.order_id.as_ref().map(tracing::field::display), "a test found this");
        return;
    }
    match context.store().orders().put_finding(finding).await {
        Ok(true) => {}
        Ok(false) => return,
        Err(error) => tracing::error!(%error, kind, "a finding could not be written"),
    }
    count(finding);
}

/// Counts and logs a finding that was written.
pub fn count(finding: &Finding) {
    let kind = finding.kind.as_str();
    telemetry::count_class("Findings", kind, 1);
    let supplier_order = finding.supplier_order.as_ref().map(tracing::field::display);
    let order_id = finding.order_id.as_ref().map(tracing::field::display);
    let payment = finding.payment.as_ref().map(|money| tracing::field::display(&money.reference));
    tracing::warn!(kind, order_id, supplier_order, payment, "finding");
}
