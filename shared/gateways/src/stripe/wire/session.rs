//! Checkout sessions, as Stripe answers them.

use super::{ObjectId, Problem, is_missing, json};
use crate::{GatewayError, checkout_page::CheckoutPage, error::Call};
use domain::{
    Timestamp,
    payment::{Amount, Checkout, Minor, PaymentReference, Receipt, ReceiptId, Report, Reported},
};
use https::{Answer, Fault};
use reqwest::StatusCode;
use serde::Deserialize;

#[derive(Deserialize)]
struct Opened {
    id: ObjectId,
    client_reference_id: Option<String>,
    url: CheckoutPage,
    expires_at: i64,
}

/// The session that was made for a payment, now or by the same request before.
pub(in crate::stripe) fn opened(reference: &PaymentReference, answer: &Answer) -> Result<Checkout, GatewayError> {
    let Opened { id, client_reference_id, url, expires_at } = json(answer, Call::Change)?;
    if !is_of(reference, client_reference_id.as_deref()) {
        return Err(Call::Change.unsettled(Fault::Unreadable));
    }
    Ok(Checkout { gateway_payment: Some(id.into()), url: url.0, expires_at: at(expires_at), coins: None })
}

/// Whether the session has this reference.
fn is_of(reference: &PaymentReference, client_reference_id: Option<&str>) -> bool {
    client_reference_id == Some(reference.to_string().as_str())
}

/// The time of these seconds.
pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds.saturating_mul(1000))
}

#[derive(Deserialize)]
struct Page {
    data: Vec<Listed>,
    has_more: bool,
}

#[derive(Deserialize)]
struct Listed {
    id: ObjectId,
    client_reference_id: Option<String>,
}

/// What a page of a list says about a session that is looked for.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::stripe) enum Found {
    /// The session.
    Session(ObjectId),
    /// It is not there, and this was the last page.
    Nothing,
    /// It is not there up to this one. There are more pages.
    NothingUntil(ObjectId),
}

/// Looks for the session of a payment in a page.
pub(in crate::stripe) fn found(reference: &PaymentReference, answer: &Answer) -> Result<Found, GatewayError> {
    let Page { mut data, has_more } = json(answer, Call::Read)?;
    if let Some(index) = data.iter().position(|listed| is_of(reference, listed.client_reference_id.as_deref())) {
        return Ok(Found::Session(data.swap_remove(index).id));
    }
    match data.pop() {
        Some(last) if has_more => Ok(Found::NothingUntil(last.id)),
        // More pages, but no session after which they begin.
        None if has_more => Err(Call::Read.unsettled(Fault::Unreadable)),
        _ => Ok(Found::Nothing),
    }
}

/// A session with its payment intent, which it has once the customer tried to pay.
#[derive(Deserialize)]
struct Session {
    client_reference_id: Option<String>,
    status: String,
    payment_status: String,
    payment_intent: Option<Intent>,
}

#[derive(Deserialize)]
struct Intent {
    id: String,
    status: String,
    amount_received: u64,
    currency: String,
    latest_charge: Option<Charge>,
}

#[derive(Deserialize)]
struct Charge {
    created: i64,
    amount_refunded: u64,
    disputed: bool,
}

/// What Stripe says about a payment.
pub(in crate::stripe) fn reported(reference: &PaymentReference, answer: &Answer) -> Result<Report, GatewayError> {
    if is_missing(answer) {
        return Ok(Report::of(Reported::Unknown));
    }
    let session: Session = json(answer, Call::Read)?;
    let report = if is_of(reference, session.client_reference_id.as_deref()) { session.report() } else { None };
    report.ok_or_else(|| Call::Read.unsettled(Fault::Unreadable))
}

impl Session {
    /// The report; `None` if the session contradicts itself or says something unknown.
    fn report(self) -> Option<Report> {
        match self.payment_status.as_str() {
            "paid" => self.payment_intent?.report(),
            "unpaid" => self.unpaid().map(Report::of),
            _ => None,
        }
    }

    fn unpaid(&self) -> Option<Reported> {
        let intent = self.payment_intent.as_ref().map_or("", |intent| intent.status.as_str());
        match (self.status.as_str(), intent) {
            ("expired", _) => Some(Reported::Closed),
            ("open" | "complete", "canceled") | ("complete", "requires_payment_method") => Some(Reported::Declined),
            // After a declined card, too: the customer may try another one.
            ("open", _) => Some(Reported::Open),
            ("complete", _) => Some(Reported::Confirming),
            _ => None,
        }
    }
}

impl Intent {
    /// The report of an intent that was paid, without the money that went back. A payment that was credited noted the
    /// receipt before any of it did, and stays as it is. Money that the customer's bank disputes has no amount: nothing
    /// is credited for it, and a person looks at it.
    fn report(self) -> Option<Report> {
        let charge = self.latest_charge?;
        let kept = self.amount_received.checked_sub(charge.amount_refunded)?;
        if self.amount_received == 0 {
            return None;
        }
        let currency = self.currency.to_ascii_uppercase().parse().ok();
        let currency = currency.filter(|_| !charge.disputed);
        let amount = currency.map(|currency| Amount { minor: Minor::new(kept), currency });
        let receipt = Receipt { id: ReceiptId::new(self.id), amount, at: at(charge.created) };
        let receipts = if kept > 0 { vec![receipt] } else { Vec::new() };
        Some(Report { receipts, state: Reported::Closed })
    }
}

#[derive(Deserialize)]
struct Expired {
    status: String,
}

/// Whether a session takes no money any more. Stripe expires an open one only, and refuses for any other status.
pub(in crate::stripe) fn expired(answer: &Answer) -> Result<(), GatewayError> {
    let is_closed = || Problem::of(&answer.body).message().contains("can be expired");
    if answer.status == StatusCode::BAD_REQUEST && is_closed() {
        return Ok(());
    }
    let Expired { status } = json(answer, Call::Change)?;
    if status == "open" { Err(Call::Change.unsettled(Fault::Unreadable)) } else { Ok(()) }
}
