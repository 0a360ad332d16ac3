//! The public form of an invoice.

use domain::{
    CountryCode, Credits, InvoiceId, Timestamp,
    invoice::{
        Buyer, BuyerKind, Invoice, InvoiceKind, Issued, Item, Line, PrintedLine, Seller, Tax, Treatment, VatNumber,
    },
    payment::{Method, Minor, PayCurrency, PaymentReference},
};
use serde::Serialize;
use utoipa::ToSchema;

/// What a document is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// An invoice.
    Invoice,
    /// It takes back a part of an invoice, or all of it. Its amounts are positive, too.
    CreditNote,
}

/// An invoice or a credit note.
#[derive(Serialize, ToSchema)]
pub struct InvoiceView {
    id: InvoiceId,
    /// Number on the document. The numbers of a seller and a year have no gaps.
    #[schema(examples("NMS-2026-000042"))]
    number: String,
    kind: DocumentKind,
    /// Number of the invoice that a credit note takes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    takes_back: Option<String>,
    issued_at: Timestamp,
    seller: InvoiceSellerView,
    buyer: InvoiceBuyerView,
    lines: Vec<InvoiceLineView>,
    currency: PayCurrency,
    /// Sum without taxes.
    #[schema(value_type = String, examples("41.67"))]
    net: Minor,
    /// Why there are taxes, or none.
    tax_treatment: Treatment,
    taxes: Vec<InvoiceTaxView>,
    /// Sum with taxes: what was paid, or paid back.
    #[schema(value_type = String, examples("50.00"))]
    total: Minor,
    /// Reference of the payment.
    payment: PaymentReference,
    method: Method,
    /// When the money came, or went back.
    paid_at: Timestamp,
    /// Whether the PDF is ready.
    pdf_ready: bool,
}

/// Who sells.
#[derive(Serialize, ToSchema)]
pub struct InvoiceSellerView {
    name: String,
    address: Vec<String>,
    country: CountryCode,
    registration: Option<String>,
    vat_numbers: Vec<String>,
}

/// Who buys, as it was known at the time of issue.
#[derive(Serialize, ToSchema)]
pub struct InvoiceBuyerView {
    name: String,
    address: Vec<String>,
    /// Country that decides about taxes; null if it was not known.
    country: Option<CountryCode>,
    kind: BuyerKind,
    vat_number: Option<String>,
}

/// A line.
#[derive(Serialize, ToSchema)]
pub struct InvoiceLineView {
    /// Credits that were bought or taken back; null for anything else.
    credits: Option<Credits>,
    /// What else it is; null for credits.
    text: Option<String>,
    /// Amount without taxes.
    #[schema(value_type = String, examples("41.67"))]
    net: Minor,
}

/// A tax.
#[derive(Serialize, ToSchema)]
pub struct InvoiceTaxView {
    #[schema(examples("VAT"))]
    name: String,
    /// Per cent of the amount without taxes.
    #[schema(examples("15"))]
    rate: String,
    #[schema(value_type = String, examples("6.25"))]
    amount: Minor,
}

impl InvoiceView {
    /// A document as its customer sees it.
    pub(crate) fn of(issued: Issued) -> Self {
        let Invoice { number, kind, issued_at, seller, buyer, currency, lines, totals, payment } = issued.document;
        let (kind, takes_back) = match kind {
            InvoiceKind::Invoice => (DocumentKind::Invoice, None),
            InvoiceKind::CreditNote { of, .. } => (DocumentKind::CreditNote, Some(of.to_string())),
        };
        Self {
            id: issued.id,
            number: number.to_string(),
            kind,
            takes_back,
            issued_at,
            seller: seller.into(),
            buyer: buyer.into(),
            lines: lines.into_iter().map(InvoiceLineView::from).collect(),
            currency,
            net: totals.net,
            tax_treatment: totals.treatment,
            taxes: totals.taxes.into_iter().map(InvoiceTaxView::from).collect(),
            total: totals.total,
            payment: payment.reference,
            method: payment.method,
            paid_at: payment.at,
            pdf_ready: issued.stored_at.is_some(),
        }
    }
}

fn texts(lines: Vec<PrintedLine>) -> Vec<String> {
    lines.into_iter().map(String::from).collect()
}

impl From<Seller> for InvoiceSellerView {
    fn from(Seller { name, address, country, registration, vat_numbers, .. }: Seller) -> Self {
        let vat_numbers = vat_numbers.iter().map(VatNumber::to_string).collect();
        let registration = registration.map(String::from);
        Self { name: name.into(), address: texts(address), country, registration, vat_numbers }
    }
}

impl From<Buyer> for InvoiceBuyerView {
    fn from(Buyer { name, address, country, kind, vat }: Buyer) -> Self {
        let vat_number = vat.map(|vat| vat.number.to_string());
        Self { name: name.into(), address: texts(address), country, kind, vat_number }
    }
}

impl From<Line> for InvoiceLineView {
    fn from(Line { item, net }: Line) -> Self {
        match item {
            Item::Credits { credits } => Self { credits: Some(credits), text: None, net },
            Item::Other { text } => Self { credits: None, text: Some(text.into()), net },
        }
    }
}

impl From<Tax> for InvoiceTaxView {
    fn from(Tax { name, rate, amount }: Tax) -> Self {
        Self { name: name.as_str().to_owned(), rate: rate.to_string(), amount }
    }
}
