//! The record of an invoice, and how one is made.

use super::{Buyer, InvoiceNumber, PrintedLine, Seller, Taxed, shares::shares};
use crate::{
    Credits, Timestamp,
    payment::{Method, Minor, PayCurrency, PaymentReference},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An invoice or a credit note as it is stored. It is complete: no later change of a seller, a buyer or a rate changes
/// what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Its number.
    pub number: InvoiceNumber,
    /// What it is.
    pub kind: InvoiceKind,
    /// The time of issue. Its UTC year is the year of the number.
    pub issued_at: Timestamp,
    /// The seller, as at that time.
    pub seller: Seller,
    /// The buyer, as at that time.
    pub buyer: Buyer,
    /// The currency of all amounts.
    pub currency: PayCurrency,
    /// What was sold, or what a credit note takes back. Amounts are without taxes.
    pub lines: Vec<Line>,
    /// The sum with its taxes. Those of a credit note are positive, too.
    pub totals: Taxed,
    /// The payment that the invoice is about.
    pub payment: PaymentNote,
}

/// What an [`Invoice`] is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum InvoiceKind {
    /// An invoice.
    Invoice,
    /// A credit note: it takes back a part of an invoice, or all of it.
    CreditNote {
        /// The invoice.
        of: InvoiceNumber,
        /// When that was issued.
        of_at: Timestamp,
    },
}

/// A line of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What was sold.
    pub item: Item,
    /// The amount without taxes.
    pub net: Minor,
}

/// What can be sold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "item")]
pub enum Item {
    /// Credits, for a top-up.
    Credits {
        /// How many.
        credits: Credits,
    },
    /// Something else, in the words of the staff.
    Other {
        /// The words.
        text: PrintedLine,
    },
}

/// The payment of an invoice, or the refund of a credit note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentNote {
    /// The reference of the payment.
    pub reference: PaymentReference,
    /// How the customer paid.
    pub method: Method,
    /// When the money came, or when it was sent back.
    pub at: Timestamp,
    /// The page of the payment, which the QR code opens.
    pub page: String,
}

/// An invoice to issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvoice {
    /// Its number, from the series of the seller in the year of `issued_at`.
    pub number: InvoiceNumber,
    /// The time of issue.
    pub issued_at: Timestamp,
    /// The seller.
    pub seller: Seller,
    /// The buyer.
    pub buyer: Buyer,
    /// The currency.
    pub currency: PayCurrency,
    /// What is sold. A top-up is one charge for its credits.
    pub charges: Vec<Charge>,
    /// The sum of the charges with its taxes.
    pub totals: Taxed,
    /// The payment.
    pub payment: PaymentNote,
}

/// Something that is sold at a price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// What.
    pub item: Item,
    /// Its price. Whether the price contains taxes is the same for all charges of an invoice.
    pub price: Minor,
}

/// Why something is no invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAnInvoice {
    /// The number is of another seller or year.
    #[error("the number is not of the seller and the year")]
    Number,
    /// Nothing is sold, for nothing, or the totals are not those of the charges.
    #[error("the totals are not those of the charges")]
    Totals,
}

impl Invoice {
    /// Issues an invoice.
    pub fn issue(new: NewInvoice) -> Result<Self, NotAnInvoice> {
        let NewInvoice { number, issued_at, seller, buyer, currency, charges, totals, payment } = new;
        check_number(&number, &seller, issued_at)?;
        let prices: Vec<_> = charges.iter().map(|charge| charge.price).collect();
        let sum = prices.iter().fold(Minor::ZERO, |sum, price| sum.plus(*price));
        if sum == Minor::ZERO || !totals.adds_up() || (sum != totals.net && sum != totals.total) {
            return Err(NotAnInvoice::Totals);
        }
        let nets = shares(totals.net, &prices).ok_or(NotAnInvoice::Totals)?;
        let lines = charges.into_iter().zip(nets).map(|(charge, net)| Line { item: charge.item, net }).collect();
        let kind = InvoiceKind::Invoice;
        Ok(Self { number, kind, issued_at, seller, buyer, currency, lines, totals, payment })
    }
}

/// Checks that the number is of the seller's series of the year.
pub(super) fn check_number(number: &InvoiceNumber, seller: &Seller, at: Timestamp) -> Result<(), NotAnInvoice> {
    let series = number.series();
    let is_right = series.seller == seller.code && series.year == at.date().0;
    if is_right { Ok(()) } else { Err(NotAnInvoice::Number) }
}
