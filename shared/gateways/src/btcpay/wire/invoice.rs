//! Invoices, and the coins that were paid to them.

use super::{
    Id,
    values::{exact, exact_or_none, seconds},
};
use crate::{btcpay::coins::Coin, checkout_page::CheckoutPage};
use domain::{
    Timestamp,
    payment::{Checkout, CoinTransfer},
};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;

/// An invoice.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::btcpay) struct Invoice {
    pub(in crate::btcpay) id: Id,
    pub(in crate::btcpay) currency: String,
    pub(in crate::btcpay) status: InvoiceStatus,
    checkout_link: CheckoutPage,
    #[serde(rename = "createdTime", deserialize_with = "seconds")]
    pub(in crate::btcpay) created_at: Timestamp,
    /// Until when the invoice's rate is valid.
    #[serde(rename = "expirationTime", deserialize_with = "seconds")]
    pub(in crate::btcpay) expires_at: Timestamp,
    metadata: Metadata,
    /// In lists that ask for them, by servers that know how to.
    #[serde(default)]
    pub(in crate::btcpay) payment_methods: Option<Vec<PaymentMethod>>,
}

/// What other shops write may be anything.
#[derive(Debug, Deserialize)]
struct Metadata {
    #[serde(rename = "orderId", default)]
    order_id: Value,
}

/// Status of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(in crate::btcpay) enum InvoiceStatus {
    /// Not paid in full.
    New,
    /// Paid in full; not all of it has settled.
    Processing,
    /// Paid in full, and settled.
    Settled,
    /// Not paid in full in time.
    Expired,
    /// Cancelled, or its coins did not settle in time.
    Invalid,
    /// One that is not known here.
    #[serde(other)]
    Other,
}

/// A payment method of an invoice, with what was paid by it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::btcpay) struct PaymentMethod {
    #[serde(rename = "paymentMethodId")]
    id: String,
    currency: Option<String>,
    destination: Option<String>,
    payment_link: Option<String>,
    /// Units of the invoice's currency for a coin. Without a price it is zero.
    #[serde(deserialize_with = "exact")]
    pub(in crate::btcpay) rate: Decimal,
    #[serde(default, deserialize_with = "exact_or_none")]
    due: Option<Decimal>,
    pub(in crate::btcpay) payments: Vec<CoinPayment>,
}

/// Coins that came.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::btcpay) struct CoinPayment {
    pub(in crate::btcpay) id: String,
    #[serde(rename = "receivedDate", deserialize_with = "seconds")]
    pub(in crate::btcpay) received_at: Timestamp,
    #[serde(deserialize_with = "exact")]
    pub(in crate::btcpay) value: Decimal,
    pub(in crate::btcpay) status: CoinStatus,
}

/// Status of coins that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(in crate::btcpay) enum CoinStatus {
    /// Ours.
    Settled,
    /// Taken back by their sender.
    Invalid,
    /// Seen, and not ours yet.
    #[serde(other)]
    Processing,
}

impl Invoice {
    /// Whether it is an invoice of this order.
    pub(super) fn is_of(&self, order: &str) -> bool {
        self.metadata.order_id.as_str() == Some(order)
    }

    /// The checkout on the invoice's page.
    pub(in crate::btcpay) fn checkout(self, coins: Option<CoinTransfer>) -> Checkout {
        let Self { id, checkout_link: CheckoutPage(url), expires_at, .. } = self;
        Checkout { gateway_payment: Some(id.to_string()), url, expires_at, coins }
    }
}

impl PaymentMethod {
    /// Its identifier. BTCPay does not tell upper from lower case, so one text is chosen.
    pub(in crate::btcpay) fn id(&self) -> String {
        self.id.to_ascii_uppercase()
    }

    /// The coin, for rates. Identifiers begin with it.
    pub(in crate::btcpay) fn coin(&self) -> &str {
        let of_id = self.id.split('-').next().unwrap_or_default();
        self.currency.as_deref().unwrap_or(of_id)
    }

    /// What a wallet needs to pay the rest; `None` if this is not the method of the coin, or has no address.
    pub(in crate::btcpay) fn transfer(&self, coin: &Coin) -> Option<CoinTransfer> {
        let filled = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let address = filled(&self.destination).filter(|_| self.id.eq_ignore_ascii_case(coin.id))?;
        let due = self.due.filter(|due| due.is_sign_positive() && !due.is_zero())?;
        Some(CoinTransfer {
            coin: coin.name.to_owned(),
            amount: due.to_string(),
            uri: filled(&self.payment_link).unwrap_or_else(|| address.clone()),
            address,
            rate: self.rate.to_string(),
        })
    }
}
