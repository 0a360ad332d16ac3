//! What an export shows of invoices.

use domain::{
    CountryCode, InvoiceId, Timestamp,
    invoice::{BillingDetails, BuyerKind, Invoice, InvoiceKind, InvoiceNumber, Issued, PrintedLine},
    payment::{Minor, PayCurrency, PaymentReference},
};
use serde::Serialize;

/// What is printed on invoices from now on.
#[derive(Serialize)]
pub(crate) struct BillingRecord {
    name: PrintedLine,
    address: Vec<PrintedLine>,
    country: CountryCode,
    kind: BuyerKind,
    vat_number: Option<String>,
    updated_at: Timestamp,
}

/// An invoice or a credit note, as it shows the customer.
#[derive(Serialize)]
pub(crate) struct InvoiceRecord {
    id: InvoiceId,
    number: InvoiceNumber,
    takes_back: Option<InvoiceNumber>,
    issued_at: Timestamp,
    name: PrintedLine,
    address: Vec<PrintedLine>,
    country: Option<CountryCode>,
    kind: BuyerKind,
    vat_number: Option<String>,
    currency: PayCurrency,
    net: Minor,
    tax: Minor,
    total: Minor,
    payment: PaymentReference,
}

impl From<BillingDetails> for BillingRecord {
    fn from(BillingDetails { name, address, country, kind, vat, updated_at }: BillingDetails) -> Self {
        Self { name, address, country, kind, vat_number: vat.map(|vat| vat.number.to_string()), updated_at }
    }
}

impl From<Issued> for InvoiceRecord {
    fn from(Issued { id, document, .. }: Issued) -> Self {
        let Invoice { number, kind, issued_at, buyer, currency, totals, payment, .. } = document;
        let takes_back = match kind {
            InvoiceKind::Invoice => None,
            InvoiceKind::CreditNote { of, .. } => Some(of),
        };
        Self {
            id,
            number,
            takes_back,
            issued_at,
            name: buyer.name,
            address: buyer.address,
            country: buyer.country,
            kind: buyer.kind,
            vat_number: buyer.vat.map(|vat| vat.number.to_string()),
            currency,
            net: totals.net,
            tax: totals.tax(),
            total: totals.total,
            payment: payment.reference,
        }
    }
}

impl InvoiceRecord {
    pub(crate) const TABLE: [&str; 8] =
        ["number", "takes_back", "issued_at", "currency", "net", "tax", "total", "payment"];

    pub(crate) fn cells(&self) -> [String; 8] {
        [
            self.number.to_string(),
            self.takes_back.as_ref().map(ToString::to_string).unwrap_or_default(),
            self.issued_at.to_string(),
            self.currency.to_string(),
            self.net.to_string(),
            self.tax.to_string(),
            self.total.to_string(),
            self.payment.to_string(),
        ]
    }
}
