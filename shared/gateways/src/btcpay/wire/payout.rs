//! Payouts: coins that are sent back to customers. The refund's identifier is in the payout's metadata, so a payout whose
//! answer was lost is found by it.

use super::{Id, answers::said, values::seconds};
use crate::{
    GatewayError,
    answer::json,
    btcpay::coins::Coin,
    error::Call,
    listing::Span,
    refund::{UNKNOWN, source, whole},
};
use domain::{
    RefundId, Timestamp,
    payment::{Amount, CoinAddress, Payment, ReceiptId, Refund, RefundReport, RefundReported},
    reconciliation::ListedRefund,
};
use https::{Answer, Excerpt, Fault};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The body that makes a payout.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::btcpay) struct NewPayout<'a> {
    destination: &'a str,
    /// Without a pull payment it is in the coin.
    amount: String,
    payout_method_id: &'static str,
    /// A person approved it here.
    approved: bool,
    metadata: NewMetadata<'a>,
}

/// A nightly list of payouts shows by it what was refunded.
#[derive(Debug, Serialize)]
struct NewMetadata<'a> {
    refund: &'a RefundId,
    receipt: Option<&'a ReceiptId>,
    amount: Amount,
    /// BTCPay shows it in its list.
    source: String,
}

/// A payout.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payout {
    id: Id,
    #[serde(rename = "date", deserialize_with = "seconds")]
    made_at: Timestamp,
    state: PayoutState,
    #[serde(default)]
    metadata: Value,
}

/// The metadata that we give to the payout of a refund.
#[derive(Debug, Deserialize)]
struct Metadata {
    receipt: ReceiptId,
    amount: Amount,
}

/// State of a payout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum PayoutState {
    /// It is on the chain, as deep as BTCPay wants it.
    Completed,
    /// Somebody cancelled it in BTCPay.
    Cancelled,
    /// It waits for an approval or for coins, or is on its way.
    #[serde(other)]
    Pending,
}

/// A payout of so many coins for a refund.
pub(in crate::btcpay) fn payout<'a>(
    payment: &'a Payment,
    refund: &'a Refund,
    coin: &Coin,
    address: &'a CoinAddress,
    coins: Decimal,
) -> NewPayout<'a> {
    NewPayout {
        destination: &address.text,
        amount: coins.to_string(),
        payout_method_id: coin.payout,
        approved: true,
        metadata: NewMetadata {
            refund: &refund.id,
            receipt: source(payment, refund),
            amount: refund.amount,
            source: format!("refund {}", refund.id),
        },
    }
}

/// The payout that was made.
///
/// BTCPay takes one payout at a time for an address. That refusal says nothing about this refund: the other one may be
/// its own, whose answer was lost.
pub(in crate::btcpay) fn paid_out(refund: &Refund, answer: &Answer) -> Result<RefundReport, GatewayError> {
    if code(answer).as_deref() == Some("duplicate-destination") {
        let said = Excerpt::of("another payout to this address is not finished");
        return Err(Call::Change.unsettled(Fault::Said(said)));
    }
    let payout: Payout = json(answer, Call::Change, said)?;
    payout.report_of(refund).ok_or_else(|| Call::Change.unsettled(Fault::Unreadable))
}

/// What a payout says of its refund. One that is gone, or is another refund's, says nothing.
pub(in crate::btcpay) fn payout_report(refund: &Refund, answer: &Answer) -> Result<RefundReport, GatewayError> {
    let payout: Payout = json(answer, Call::Read, said)?;
    payout.report_of(refund).ok_or_else(|| Call::Read.unsettled(Fault::Unreadable))
}

/// What the list of all payouts says of a refund.
pub(in crate::btcpay) fn found_payout(refund: &Refund, answer: &Answer) -> Result<RefundReport, GatewayError> {
    let payouts: Vec<Payout> = json(answer, Call::Read, said)?;
    let reports = payouts.iter().filter_map(|payout| payout.report_of(refund)).collect();
    Ok(whole(reports).unwrap_or(UNKNOWN))
}

/// The refunds among these payouts that were made in this time and not cancelled. Other payouts of the store are no
/// refunds.
pub(in crate::btcpay) fn listed_payouts(span: Span, answer: &Answer) -> Result<Vec<ListedRefund>, GatewayError> {
    let payouts: Vec<Payout> = json(answer, Call::Read, said)?;
    let made = payouts.into_iter().filter(|payout| span.has(payout.made_at) && payout.state != PayoutState::Cancelled);
    let refunds = made.filter_map(|payout| {
        let Metadata { receipt, amount } = serde_json::from_value(payout.metadata).ok()?;
        Some(ListedRefund { at: payout.made_at, id: payout.id.to_string(), receipt, amount: Some(amount) })
    });
    Ok(refunds.collect())
}

impl Payout {
    /// Its report, if it is of this refund.
    fn report_of(&self, refund: &Refund) -> Option<RefundReport> {
        let is_its = self.metadata.get("refund").and_then(Value::as_str) == Some(refund.id.as_str());
        let state = match self.state {
            PayoutState::Completed => RefundReported::Processed,
            PayoutState::Cancelled => RefundReported::Failed,
            PayoutState::Pending => RefundReported::Pending,
        };
        is_its.then(|| RefundReport { gateway_refund: Some(self.id.to_string()), state })
    }
}

/// The code of an error.
fn code(answer: &Answer) -> Option<String> {
    let error: Value = serde_json::from_slice(&answer.body).ok()?;
    error.get("code").and_then(Value::as_str).filter(|_| answer.status.as_u16() == 400).map(str::to_owned)
}
