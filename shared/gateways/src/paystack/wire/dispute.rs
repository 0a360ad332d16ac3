//! Disputes, as Paystack lists them.

use super::json;
use crate::{GatewayError, error::Call};
use domain::payment::{Amount, DisputeId, DisputeReport, DisputeStatus, Minor, ReceiptId};
use https::{Answer, Fault};
use serde::Deserialize;

/// The most disputes of a transaction that are read.
const PAGE: &str = "100";

/// The query for the disputes of a transaction.
pub(in crate::paystack) fn disputes_of(transaction: &ReceiptId) -> [(&'static str, &str); 2] {
    [("transaction", transaction.as_str()), ("perPage", PAGE)]
}

#[derive(Deserialize)]
struct Page {
    data: Vec<Disputed>,
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    total: usize,
}

#[derive(Deserialize)]
struct Disputed {
    id: u64,
    refund_amount: Option<u64>,
    currency: Option<String>,
    status: String,
    resolution: Option<String>,
    transaction: Transaction,
}

#[derive(Deserialize)]
struct Transaction {
    id: u64,
}

impl Disputed {
    /// A dispute that is over and does not say how is not over for us.
    fn status(&self) -> DisputeStatus {
        match (self.status.as_str(), self.resolution.as_deref()) {
            ("resolved", Some("declined")) => DisputeStatus::Won,
            ("resolved", Some(_)) => DisputeStatus::Lost,
            _ => DisputeStatus::Open,
        }
    }

    fn report(self) -> DisputeReport {
        let status = self.status();
        let currency = self.currency.and_then(|currency| currency.parse().ok());
        let amount = self.refund_amount.zip(currency);
        let amount = amount.map(|(minor, currency)| Amount { minor: Minor::new(minor), currency });
        DisputeReport { id: DisputeId::new(self.id.to_string()), amount, status }
    }
}

/// The disputes of a transaction. A list that was cut says nothing.
pub(in crate::paystack) fn disputes(of: &ReceiptId, answer: &Answer) -> Result<Vec<DisputeReport>, GatewayError> {
    let Page { data, meta } = json(answer, Call::Read)?;
    if meta.total != data.len() {
        return Err(Call::Read.unsettled(Fault::TooLarge));
    }
    let is_of = |one: &Disputed| one.transaction.id.to_string() == of.as_str();
    let reports = data.into_iter().map(|one| is_of(&one).then(|| one.report()));
    reports.collect::<Option<_>>().ok_or_else(|| Call::Read.unsettled(Fault::Unreadable))
}
