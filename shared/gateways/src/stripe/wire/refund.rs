//! Refunds, as Stripe answers them. Ours have our identifier in their metadata.

use super::{ObjectId, is_missing, json};
use crate::{
    GatewayError,
    error::Call,
    refund::{UNKNOWN, whole},
};
use domain::payment::{ReceiptId, Refund, RefundReport, RefundReported};
use https::{Answer, Fault};
use serde::Deserialize;

#[derive(Deserialize)]
struct Refunded {
    id: ObjectId,
    status: Option<String>,
    amount: u64,
    currency: String,
    payment_intent: Option<String>,
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    refund: Option<String>,
}

impl Refunded {
    /// Whether the refund goes by our identifier.
    fn is_named(&self, refund: &Refund) -> bool {
        let name = self.metadata.as_ref().and_then(|metadata| metadata.refund.as_deref());
        name == Some(refund.id.as_str())
    }

    /// The report; `None` if it is another refund than ours, or its status is new.
    fn report(self, refund: &Refund, of: &ReceiptId) -> Option<RefundReport> {
        let is_ours = self.is_named(refund)
            && self.payment_intent.as_deref() == Some(of.as_str())
            && self.amount == refund.amount.minor.get()
            && self.currency.eq_ignore_ascii_case(refund.amount.currency.as_str());
        let state = match self.status?.as_str() {
            "pending" => RefundReported::Pending,
            "requires_action" => RefundReported::NeedsAttention,
            "succeeded" => RefundReported::Processed,
            "failed" | "canceled" => RefundReported::Failed,
            _ => return None,
        };
        is_ours.then(|| RefundReport { gateway_refund: Some(self.id.into()), state })
    }
}

/// The refund that was made, now or by the same request before.
pub(in crate::stripe) fn refunded(
    refund: &Refund,
    of: &ReceiptId,
    answer: &Answer,
) -> Result<RefundReport, GatewayError> {
    report(refund, of, answer, Call::Change)
}

/// What Stripe says about a refund whose identifier is known.
pub(in crate::stripe) fn refund_report(
    refund: &Refund,
    of: &ReceiptId,
    answer: &Answer,
) -> Result<RefundReport, GatewayError> {
    if is_missing(answer) {
        return Ok(UNKNOWN);
    }
    report(refund, of, answer, Call::Read)
}

fn report(refund: &Refund, of: &ReceiptId, answer: &Answer, call: Call) -> Result<RefundReport, GatewayError> {
    let refunded: Refunded = json(answer, call)?;
    refunded.report(refund, of).ok_or_else(|| call.unsettled(Fault::Unreadable))
}

#[derive(Deserialize)]
struct Page {
    data: Vec<Refunded>,
    has_more: bool,
}

/// Looks for a refund among those of its payment intent. A list that was cut does not say that there is none.
pub(in crate::stripe) fn found_refund(
    refund: &Refund,
    of: &ReceiptId,
    answer: &Answer,
) -> Result<RefundReport, GatewayError> {
    let Page { data, has_more } = json(answer, Call::Read)?;
    let ours = data.into_iter().filter(|one| one.is_named(refund));
    let reports: Option<Vec<_>> = ours.map(|one| one.report(refund, of)).collect();
    let reports = reports.ok_or_else(|| Call::Read.unsettled(Fault::Unreadable))?;
    match whole(reports) {
        Some(report) => Ok(report),
        None if has_more => Err(Call::Read.unsettled(Fault::TooLarge)),
        None => Ok(UNKNOWN),
    }
}
