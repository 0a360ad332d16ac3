//! Transactions: how one is initialized, and what Paystack says about it.

use super::{data, is_unknown};
use crate::{Customer, GatewayError, checkout_page::CheckoutPage, error::Call};
use domain::{
    Timestamp,
    payment::{Amount, Method, Minor, Payment, PaymentReference, Receipt, ReceiptId, Report, Reported},
};
use https::{Answer, Fault};
use serde::{Deserialize, Serialize};

/// The body that initializes a transaction. Amounts are minor units.
#[derive(Debug, Serialize)]
pub(in crate::paystack) struct Initialize {
    email: String,
    amount: u64,
    currency: &'static str,
    reference: String,
    channels: [&'static str; 1],
    callback_url: String,
}

#[derive(Deserialize)]
struct Initialized {
    authorization_url: CheckoutPage,
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

pub(in crate::paystack) fn initialize(payment: &Payment, customer: &Customer) -> Initialize {
    let channel = if payment.method == Method::MobileMoney { "mobile_money" } else { "card" };
    Initialize {
        email: customer.email.to_string(),
        amount: payment.amount.minor.get(),
        currency: payment.amount.currency.as_str(),
        reference: payment.reference.to_string(),
        channels: [channel],
        callback_url: customer.return_url.clone(),
    }
}

/// The page on which the customer pays.
pub(in crate::paystack) fn initialized(answer: &Answer) -> Result<String, GatewayError> {
    data::<Initialized>(answer, Call::Change).map(|data| data.authorization_url.0)
}

/// What Paystack says about a transaction. The status of the charge is in the body of a success.
pub(in crate::paystack) fn verified(reference: &PaymentReference, answer: &Answer) -> Result<Report, GatewayError> {
    if is_unknown(answer) {
        return Ok(Report::of(Reported::Unknown));
    }
    let Verified { id, status, reference: of, amount, currency, paid_at } = data(answer, Call::Read)?;
    if of != reference.to_string() {
        return Err(Call::Read.unsettled(Fault::Unreadable));
    }
    let receipt = |amount| Receipt { id: ReceiptId::new(id.to_string()), amount, at: paid_at.unwrap_or_default() };
    Ok(match status.as_str() {
        "success" => {
            let amount = currency.parse().ok().map(|currency| Amount { minor: Minor::new(amount), currency });
            Report { receipts: vec![receipt(amount)], state: Reported::Closed }
        }
        // A refund is open, and nothing here says of how much. A payment that was credited noted the receipt before,
        // and stays as it is. Otherwise somebody refunds money that was never credited: without an amount, nothing is
        // credited for it, now or after the refund, and a person looks at it.
        "reversal-pending" => Report { receipts: vec![receipt(None)], state: Reported::Closed },
        "failed" => Report::of(Reported::Declined),
        "pending" | "processing" | "queued" => Report::of(Reported::Confirming),
        // The money went back before we knew of it.
        "reversed" => Report::of(Reported::Closed),
        _ => Report::of(Reported::Open),
    })
}
