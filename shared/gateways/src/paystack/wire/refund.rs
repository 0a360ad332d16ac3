//! Refunds. Paystack makes one for every request, so our identifier is in the merchant's note, and is looked for there.

use super::{data, is_unknown, json};
use crate::{
    GatewayError,
    error::Call,
    refund::{UNKNOWN, whole},
};
use domain::payment::{Payment, ReceiptId, Refund, RefundReport, RefundReported};
use https::{Answer, Fault};
use serde::{Deserialize, Serialize};

/// What customers read about a refund.
const CUSTOMER_NOTE: &str = "Refund of a Namaskah SMS top-up";
/// The most refunds of a transaction that are read.
const PAGE: &str = "100";

/// The body that makes a refund. Without an amount, Paystack refunds everything.
#[derive(Debug, Serialize)]
pub(in crate::paystack) struct NewRefund {
    transaction: String,
    amount: u64,
    currency: &'static str,
    merchant_note: String,
    customer_note: &'static str,
}

pub(in crate::paystack) fn refund(payment: &Payment, refund: &Refund) -> NewRefund {
    NewRefund {
        transaction: payment.reference.to_string(),
        amount: refund.amount.minor.get(),
        currency: refund.amount.currency.as_str(),
        merchant_note: refund.id.to_string(),
        customer_note: CUSTOMER_NOTE,
    }
}

/// The query for the refunds of a transaction. The filter takes a number; a reference finds nothing.
pub(in crate::paystack) fn refunds_of(transaction: &ReceiptId) -> [(&'static str, &str); 2] {
    [("transaction", transaction.as_str()), ("perPage", PAGE)]
}

#[derive(Deserialize)]
struct Refunded {
    id: u64,
    status: String,
    amount: u64,
    currency: String,
    transaction: Of,
    merchant_note: Option<String>,
}

/// The transaction of a refund: an object in the answer that made it, a number later.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Of {
    Number(u64),
    Transaction { id: u64 },
}

impl Of {
    /// The number of the transaction.
    pub(super) const fn number(&self) -> u64 {
        let (Self::Number(id) | Self::Transaction { id }) = self;
        *id
    }
}

impl Refunded {
    /// The report; `None` if it is another refund than ours, or its status is new.
    fn report(self, refund: &Refund, of: &ReceiptId) -> Option<RefundReport> {
        let is_ours = self.transaction.number().to_string() == of.as_str()
            && self.amount == refund.amount.minor.get()
            && self.currency == refund.amount.currency.as_str();
        let state = match self.status.as_str() {
            "pending" | "processing" => RefundReported::Pending,
            "needs-attention" => RefundReported::NeedsAttention,
            "processed" => RefundReported::Processed,
            "failed" => RefundReported::Failed,
            _ => return None,
        };
        is_ours.then(|| RefundReport { gateway_refund: Some(self.id.to_string()), state })
    }
}

/// The refund that was made. Its note is not compared: if Paystack changed it, the refund was made all the same.
pub(in crate::paystack) fn refunded(
    refund: &Refund,
    of: &ReceiptId,
    answer: &Answer,
) -> Result<RefundReport, GatewayError> {
    report(refund, of, answer, Call::Change)
}

/// What Paystack says about a refund whose number is known.
pub(in crate::paystack) fn refund_report(
    refund: &Refund,
    of: &ReceiptId,
    answer: &Answer,
) -> Result<RefundReport, GatewayError> {
    if is_unknown(answer) {
        return Ok(UNKNOWN);
    }
    report(refund, of, answer, Call::Read)
}

fn report(refund: &Refund, of: &ReceiptId, answer: &Answer, call: Call) -> Result<RefundReport, GatewayError> {
    let refunded: Refunded = data(answer, call)?;
    refunded.report(refund, of).ok_or_else(|| call.unsettled(Fault::Unreadable))
}

#[derive(Deserialize)]
struct Page {
    data: Vec<Refunded>,
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    total: usize,
}

/// Looks for a refund among those of its transaction. A list that was cut does not say that there is none.
pub(in crate::paystack) fn found(
    refund: &Refund,
    of: &ReceiptId,
    answer: &Answer,
) -> Result<RefundReport, GatewayError> {
    let Page { data, meta } = json(answer, Call::Read)?;
    let is_whole = meta.total == data.len();
    let ours = data.into_iter().filter(|one| one.merchant_note.as_deref() == Some(refund.id.as_str()));
    let reports: Option<Vec<_>> = ours.map(|one| one.report(refund, of)).collect();
    let reports = reports.ok_or_else(|| Call::Read.unsettled(Fault::Unreadable))?;
    match whole(reports) {
        Some(report) => Ok(report),
        None if is_whole => Ok(UNKNOWN),
        None => Err(Call::Read.unsettled(Fault::TooLarge)),
    }
}
