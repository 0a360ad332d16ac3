//! How BTCPay's answers are read. An error is one `{code, message}`, or a list of `{path, message}`.

use super::{Invoice, PaymentMethod, values::exact_or_none};
use crate::{
    GatewayError,
    answer::{body, json},
    error::Call,
};
use domain::payment::PaymentReference;
use https::{Answer, Fault};
use rust_decimal::Decimal;
use serde::Deserialize;

/// An error.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Failed {
    code: Option<String>,
    message: String,
}

/// The rate of a pair of currencies. It has none if it has errors.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rate {
    currency_pair: String,
    #[serde(default, deserialize_with = "exact_or_none")]
    rate: Option<Decimal>,
}

/// The invoice that was made.
pub(in crate::btcpay) fn created(reference: &PaymentReference, answer: &Answer) -> Result<Invoice, GatewayError> {
    let invoice: Invoice = json(answer, Call::Change, said)?;
    of(reference, [invoice], Call::Change).map(|[invoice]| invoice)
}

/// An invoice; `None` if BTCPay does not have it.
pub(in crate::btcpay) fn found(reference: &PaymentReference, answer: &Answer) -> Result<Option<Invoice>, GatewayError> {
    if is_unknown(answer) {
        return Ok(None);
    }
    let invoice: Invoice = json(answer, Call::Read, said)?;
    of(reference, [invoice], Call::Read).map(|[invoice]| Some(invoice))
}

/// The invoices of a reference.
pub(in crate::btcpay) fn invoices(reference: &PaymentReference, answer: &Answer) -> Result<Vec<Invoice>, GatewayError> {
    of(reference, json(answer, Call::Read, said)?, Call::Read)
}

/// The invoices on a page of a list, of whatever order.
pub(in crate::btcpay) fn listed(answer: &Answer) -> Result<Vec<Invoice>, GatewayError> {
    json(answer, Call::Read, said)
}

/// The payment methods of an invoice.
pub(in crate::btcpay) fn payment_methods(answer: &Answer) -> Result<Vec<PaymentMethod>, GatewayError> {
    json(answer, Call::Read, said)
}

/// The rate of a pair such as `BTC_USD`. Nothing else than a price is an answer.
pub(in crate::btcpay) fn rate(pair: &str, answer: &Answer) -> Result<Decimal, GatewayError> {
    let rates: Vec<Rate> = json(answer, Call::Read, said).map_err(unavailable)?;
    let rate = rates.into_iter().find(|rate| rate.currency_pair.eq_ignore_ascii_case(pair)).and_then(|rate| rate.rate);
    rate.filter(|rate| *rate > Decimal::ZERO).ok_or_else(|| Call::Read.unsettled(Fault::Unreadable))
}

/// Whether an invoice was marked. An invoice that can't be marked any more is left as it is.
pub(in crate::btcpay) fn marked(answer: &Answer) -> Result<(), GatewayError> {
    let can_not = matches!(answer.status.as_u16(), 400 | 422) || is_unknown(answer);
    if can_not { Ok(()) } else { body(answer, Call::Change, said).map(drop) }
}

/// These invoices, if each is one of the reference. Other ones prove nothing about the payment.
fn of<I: AsRef<[Invoice]>>(reference: &PaymentReference, invoices: I, call: Call) -> Result<I, GatewayError> {
    let order = reference.to_string();
    let is_all = invoices.as_ref().iter().all(|invoice| invoice.is_of(&order));
    if is_all { Ok(invoices) } else { Err(call.unsettled(Fault::Unreadable)) }
}

/// Whether BTCPay says that it does not have the invoice. A page that is not found says nothing of invoices.
fn is_unknown(answer: &Answer) -> bool {
    let Failed { code, .. } = serde_json::from_slice(&answer.body).unwrap_or_default();
    answer.status.as_u16() == 404 && code.as_deref() == Some("invoice-not-found")
}

/// A refused rate is as good as none; it may be there later.
fn unavailable(error: GatewayError) -> GatewayError {
    match error {
        GatewayError::Refused { said } => Call::Read.unsettled(Fault::Said(said)),
        error => error,
    }
}

/// The message of an error.
pub(super) fn said(body: &[u8]) -> String {
    let one = serde_json::from_slice(body).map(|error: Failed| vec![error]);
    let errors = one.or_else(|_| serde_json::from_slice(body)).unwrap_or_default();
    let messages: Vec<_> = errors.into_iter().map(|error: Failed| error.message).collect();
    messages.join("; ")
}
