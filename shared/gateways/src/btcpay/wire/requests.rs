//! What is sent to BTCPay.

use crate::{Customer, btcpay::coins::Coin, listing::Span};
use domain::payment::{Payment, confirmations};
use serde::Serialize;
use std::time::Duration;

/// How long a customer may pay at the invoice's rate, in minutes.
const PAYABLE_FOR: u32 = 30;
/// How long BTCPay watches for coins after that, in minutes. It is the age at which a payment is given up.
const WATCHED_FOR: u32 = 24 * 60;

/// The body that makes an invoice.
#[derive(Debug, Serialize)]
pub(in crate::btcpay) struct Create {
    amount: String,
    currency: &'static str,
    metadata: Metadata,
    checkout: Options,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    order_id: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Options {
    payment_methods: [&'static str; 1],
    default_payment_method: &'static str,
    /// A method that is prepared later has no address yet.
    lazy_payment_methods: bool,
    speed_policy: &'static str,
    expiration_minutes: u32,
    monitoring_minutes: u32,
    payment_tolerance: u32,
    #[serde(rename = "redirectURL")]
    redirect_url: String,
    redirect_automatically: bool,
}

/// The body that marks an invoice.
#[derive(Debug, Serialize)]
pub(in crate::btcpay) struct Mark {
    status: &'static str,
}

/// Marks an invoice as one that nobody may pay.
pub(in crate::btcpay) const INVALID: Mark = Mark { status: "Invalid" };

pub(in crate::btcpay) fn create(payment: &Payment, coin: &Coin, customer: &Customer) -> Create {
    Create {
        amount: payment.amount.minor.to_string(),
        currency: payment.amount.currency.as_str(),
        metadata: Metadata { order_id: payment.reference.to_string() },
        checkout: Options {
            payment_methods: [coin.id],
            default_payment_method: coin.id,
            lazy_payment_methods: false,
            speed_policy: speed_policy(confirmations(payment.credits)),
            expiration_minutes: PAYABLE_FOR,
            monitoring_minutes: WATCHED_FOR,
            payment_tolerance: 0,
            redirect_url: customer.return_url.clone(),
            redirect_automatically: true,
        },
    }
}

/// BTCPay's name for at least so many confirmations. `HighSpeed` would be none.
const fn speed_policy(confirmations: u32) -> &'static str {
    match confirmations {
        0 | 1 => "MediumSpeed",
        2 => "LowMediumSpeed",
        _ => "LowSpeed",
    }
}

/// The query for a page of the invoices that were made in this time, or so long before it.
pub(in crate::btcpay) fn made_in(
    span: Span,
    before: Duration,
    skip: usize,
    take: usize,
) -> [(&'static str, String); 5] {
    [
        ("startDate", span.from.minus(before).epoch_seconds().to_string()),
        ("endDate", span.until.epoch_seconds().to_string()),
        ("includePaymentMethods", "true".to_owned()),
        ("skip", skip.to_string()),
        ("take", take.to_string()),
    ]
}
