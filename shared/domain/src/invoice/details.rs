//! Billing details: what a customer wants on invoices.

use super::{Buyer, BuyerKind, PrintedLine, TaxNumber};
use crate::{CountryCode, Timestamp, payment::PayCurrency};
use serde::{Deserialize, Serialize};

/// The most lines of an address.
pub const MOST_ADDRESS_LINES: usize = 4;

/// What a customer wants on invoices from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingDetails {
    /// The name of the business or the person.
    pub name: PrintedLine,
    /// The lines of the address, without the country.
    pub address: Vec<PrintedLine>,
    /// The country, which decides about taxes.
    pub country: CountryCode,
    /// Whether the customer is a business.
    pub kind: BuyerKind,
    /// The VAT number of a business, if it has one.
    pub vat: Option<TaxNumber>,
    /// When the customer wrote it.
    pub updated_at: Timestamp,
}

impl From<BillingDetails> for Buyer {
    fn from(BillingDetails { name, address, country, kind, vat, .. }: BillingDetails) -> Self {
        Self { name, address, country: Some(country), kind, vat }
    }
}

impl Buyer {
    /// The buyer of a customer without billing details: a consumer in the country whose currency was paid. `name` is what
    /// is known of the customer; `None` if it is no line of an invoice.
    pub fn unnamed(name: &str, currency: PayCurrency) -> Option<Self> {
        let name = name.parse().ok()?;
        Some(Self { name, address: Vec::new(), country: currency.country(), kind: BuyerKind::Consumer, vat: None })
    }
}
