//! What refunds and disputes of all gateways have in common.

use crate::GatewayError;
use domain::payment::{NotedReceipt, Payment, ReceiptId, Refund, RefundReport, RefundReported};
use https::Excerpt;

/// The money that a refund takes back: the receipt that was credited. Cards and mobile money have one at most; of several
/// for coins, it is the first.
pub(crate) fn source<'a>(payment: &'a Payment, refund: &Refund) -> Option<&'a ReceiptId> {
    let credited = credited(payment)?;
    let is_same_currency = credited.amount.is_some_and(|amount| amount.currency == refund.amount.currency);
    is_same_currency.then_some(&credited.id)
}

/// The money that was credited, the first of several for coins.
pub(crate) fn credited(payment: &Payment) -> Option<&NotedReceipt> {
    payment.receipts.iter().find(|noted| noted.credits.is_positive())
}

/// The refusal of a refund that has no money to take back.
pub(crate) fn no_source() -> GatewayError {
    GatewayError::Refused { said: Excerpt::of("no money in this currency was credited") }
}

/// The gateway does not know the refund.
pub(crate) const UNKNOWN: RefundReport = RefundReport { gateway_refund: None, state: RefundReported::Unknown };

/// The report of a refund that was perhaps sent more than once. It failed only if each of its requests did.
pub(crate) fn whole(mut reports: Vec<RefundReport>) -> Option<RefundReport> {
    let lives = reports.iter().position(|report| report.state != RefundReported::Failed);
    let chosen = lives.or(reports.len().checked_sub(1))?;
    Some(reports.swap_remove(chosen))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refund_failed_only_if_each_of_its_requests_did() {
        let report = |id: u8, state| RefundReport { gateway_refund: Some(id.to_string()), state };
        let (failed, pending) = (RefundReported::Failed, RefundReported::Pending);
        for (states, chosen) in [
            (&[pending][..], Some(0)),
            (&[failed], Some(0)),
            (&[failed, pending], Some(1)),
            (&[pending, failed], Some(0)),
            (&[failed, failed], Some(1)),
            (&[], None),
        ] {
            let reports: Vec<_> = (0_u8..).zip(states).map(|(id, state)| report(id, *state)).collect();
            let expected = chosen.map(|chosen: usize| reports[chosen].clone());
            assert_eq!(whole(reports), expected, "{states:?}");
        }
    }
}
