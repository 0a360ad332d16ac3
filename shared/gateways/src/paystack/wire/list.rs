//! Lists of transactions and refunds. Transactions are listed by when they were made, and kept by when they were paid.

use super::{json, refund::Of};
use crate::{
    GatewayError,
    error::Call,
    gateway::LISTED_BACK,
    listing::{Page, Span, amount},
};
use domain::{
    Timestamp,
    payment::ReceiptId,
    reconciliation::{ListedMoney, ListedRefund, MoneyState},
};
use https::{Answer, Fault};
use serde::Deserialize;

/// The most lines of a page.
const PAGE: usize = 100;

/// What became of the money of a transaction, as the filter of the list names it. Refunded ones are reversed.
pub(in crate::paystack) const PAID: [(&str, MoneyState); 2] =
    [("success", MoneyState::Kept), ("reversed", MoneyState::Returned)];

/// The query for a page of the transactions in this state.
pub(in crate::paystack) fn transactions(span: Span, status: &str, page: usize) -> Vec<(&'static str, String)> {
    let mut query = lines(Span { from: span.from.minus(LISTED_BACK), ..span }, page);
    query.push(("status", status.to_owned()));
    query
}

/// The query for a page of the refunds.
pub(in crate::paystack) fn refunds(span: Span, page: usize) -> Vec<(&'static str, String)> {
    lines(span, page)
}

fn lines(span: Span, page: usize) -> Vec<(&'static str, String)> {
    let (from, to) = (span.from.to_string(), span.until.to_string());
    vec![("from", from), ("to", to), ("perPage", PAGE.to_string()), ("page", page.to_string())]
}

#[derive(Deserialize)]
struct Listed<T> {
    data: Vec<T>,
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    total: usize,
}

#[derive(Deserialize)]
struct Transaction {
    id: u64,
    amount: u64,
    currency: String,
    paid_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Refund {
    id: u64,
    status: String,
    amount: u64,
    currency: String,
    transaction: Of,
    #[serde(rename = "createdAt")]
    created_at: Timestamp,
}

/// The money on a page of transactions in this state.
pub(in crate::paystack) fn money(
    span: Span,
    state: MoneyState,
    page: usize,
    answer: &Answer,
) -> Result<Page<ListedMoney, usize>, GatewayError> {
    let (paid, next): (Vec<Transaction>, _) = read(page, answer)?;
    let money = |one: Transaction| {
        let at = one.paid_at.filter(|at| span.has(*at))?;
        let receipt = ReceiptId::new(one.id.to_string());
        Some(ListedMoney { receipt, amount: amount(one.amount, &one.currency), at, state })
    };
    Ok(Page { items: paid.into_iter().filter_map(money).collect(), next })
}

/// The refunds on a page.
pub(in crate::paystack) fn listed_refunds(
    span: Span,
    page: usize,
    answer: &Answer,
) -> Result<Page<ListedRefund, usize>, GatewayError> {
    let (refunds, next): (Vec<Refund>, _) = read(page, answer)?;
    let is_in = |one: &Refund| one.status != "failed" && span.has(one.created_at);
    let refund = |one: Refund| ListedRefund {
        at: one.created_at,
        id: one.id.to_string(),
        receipt: ReceiptId::new(one.transaction.number().to_string()),
        amount: amount(one.amount, &one.currency),
    };
    Ok(Page { items: refunds.into_iter().filter(is_in).map(refund).collect(), next })
}

/// The lines of a page, and the number of the next one. Paystack counts pages from one.
fn read<T: serde::de::DeserializeOwned>(page: usize, answer: &Answer) -> Result<(Vec<T>, Option<usize>), GatewayError> {
    let Listed { data, meta } = json(answer, Call::Read)?;
    let read = (page - 1) * PAGE + data.len();
    // A page that is shorter than asked for would hide the rest.
    if read < meta.total && data.len() < PAGE {
        return Err(Call::Read.unsettled(Fault::Unreadable));
    }
    Ok((data, (read < meta.total).then_some(page + 1)))
}
