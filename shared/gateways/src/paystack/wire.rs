//! Paystack's requests and answers. Every answer is an envelope `{status, message, data}`.

use crate::{Customer, GatewayError, answer, error::Call};
use domain::{
    Timestamp,
    payment::{Amount, Method, Minor, Payment, PaymentReference, Receipt, ReceiptId, Report, Reported},
};
use https::{Answer, Fault};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// The body that initializes a transaction. Amounts are minor units.
#[derive(Debug, Serialize)]
pub(super) struct Initialize {
    email: String,
    amount: u64,
    currency: &'static str,
    reference: String,
    channels: [&'static str; 1],
    callback_url: String,
}

/// The answer's envelope.
#[derive(Deserialize)]
struct Envelope<T> {
    data: Option<T>,
}

/// What every error has.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Failed {
    message: String,
    code: String,
}

#[derive(Deserialize)]
struct Initialized {
    authorization_url: String,
}

#[derive(Deserialize)]
struct Verified {
    id: u64,
    status: String,
    reference: String,
    amount: u64,
    currency: String,
    paid_at: Option<Timestamp>,
}

pub(super) fn initialize(payment: &Payment, customer: &Customer) -> Initialize {
    let channel = if payment.method == Method::MobileMoney { "mobile_money" } else { "card" };
    Initialize {
        email: customer.email.to_string(),
        amount: payment.amount.minor.get(),
        currency: payment.amount.currency.as_str(),
        reference: payment.reference().to_string(),
        channels: [channel],
        callback_url: customer.return_url.clone(),
    }
}

/// The page on which the customer pays.
pub(super) fn initialized(answer: &Answer) -> Result<String, GatewayError> {
    data::<Initialized>(answer, Call::Change).map(|data| data.authorization_url)
}

/// What Paystack says about a transaction. The status of the charge is in the body of a success.
pub(super) fn verified(reference: &PaymentReference, answer: &Answer) -> Result<Report, GatewayError> {
    if is_unknown(answer) {
        return Ok(Report::of(Reported::Unknown));
    }
    let Verified { id, status, reference: of, amount, currency, paid_at } = data(answer, Call::Read)?;
    if of != reference.to_string() {
        return Err(Call::Read.unsettled(Fault::Unreadable));
    }
    Ok(match status.as_str() {
        "success" => {
            let amount = currency.parse().ok().map(|currency| Amount { minor: Minor::new(amount), currency });
            let at = paid_at.unwrap_or_default();
            Report {
                receipts: vec![Receipt { id: ReceiptId::new(id.to_string()), amount, at }],
                state: Reported::Closed,
            }
        }
        "failed" => Report::of(Reported::Declined),
        "pending" | "processing" | "queued" => Report::of(Reported::Confirming),
        // The money went back before we knew of it.
        "reversed" => Report::of(Reported::Closed),
        _ => Report::of(Reported::Open),
    })
}

/// Whether Paystack does not know the reference: 404 by its documents, 400 in practice.
fn is_unknown(answer: &Answer) -> bool {
    let Failed { message, code } = serde_json::from_slice(&answer.body).unwrap_or_default();
    let says_so = code == "transaction_not_found" || message.to_ascii_lowercase().contains("not found");
    matches!(answer.status.as_u16(), 400 | 404) && says_so
}

/// The data of a success, or the error.
fn data<T: DeserializeOwned>(answer: &Answer, call: Call) -> Result<T, GatewayError> {
    let envelope: Envelope<T> = answer::json(answer, call, said)?;
    envelope.data.ok_or_else(|| call.unsettled(Fault::Unreadable))
}

fn said(body: &[u8]) -> String {
    serde_json::from_slice::<Failed>(body).unwrap_or_default().message
}
