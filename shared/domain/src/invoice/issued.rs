//! An issued document: the stored invoice or credit note of a customer, and what became of its file.

use super::{
    Buyer, Charge, Due, Invoice, InvoiceNumber, InvoicingSettings, Item, NewCreditNote, NewInvoice, NotATaxTable,
    NotAnInvoice, NotCredited, PaymentNote, Seller, Series,
};
use crate::{InvoiceId, Language, Timestamp, UserId, payment::Payment};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use thiserror::Error;

/// How long documents and their files are kept: seven years, of which two may be leap years.
pub const KEPT_FOR: Duration = Duration::from_hours(24 * (7 * 365 + 2));

/// An invoice or credit note as it is stored. Only the times of its file change after it was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Identifier.
    pub id: InvoiceId,
    /// The customer.
    pub user: UserId,
    /// What it says.
    pub document: Invoice,
    /// The language of its file.
    pub language: Language,
    /// When its file was stored.
    #[serde(default)]
    pub stored_at: Option<Timestamp>,
    /// When the letter about it was ordered.
    #[serde(default)]
    pub told_at: Option<Timestamp>,
}

/// A document to issue.
#[derive(Clone, Debug)]
pub struct NewDocument<'a> {
    /// Its identifier.
    pub id: InvoiceId,
    /// The payment.
    pub payment: &'a Payment,
    /// What the payment needs.
    pub due: &'a Due,
    /// Who sells, at which taxes.
    pub settings: &'a InvoicingSettings,
    /// The customer, for an invoice.
    pub buyer: Buyer,
    /// The language of the file.
    pub language: Language,
    /// The page of the payment.
    pub page: String,
}

/// Why a document is not possible.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotIssued {
    /// The staff named no seller.
    #[error("there is no seller")]
    NoSeller,
    /// The stored rates are no table.
    #[error(transparent)]
    Taxes(#[from] NotATaxTable),
    /// The amount can't be divided into its taxes.
    #[error("the amount can't be divided into its taxes")]
    Amount,
    /// The parts are no invoice.
    #[error(transparent)]
    Invoice(#[from] NotAnInvoice),
    /// The parts are no credit note.
    #[error(transparent)]
    CreditNote(#[from] NotCredited),
    /// A credit note needs its invoice.
    #[error("the invoice of a credit note is missing")]
    NoInvoice,
}

impl InvoicingSettings {
    /// The series of what is issued at this moment.
    pub fn series(&self, now: Timestamp) -> Result<Series, NotIssued> {
        let seller = self.seller()?;
        Ok(Series::at(seller.code.clone(), now))
    }

    fn seller(&self) -> Result<&Seller, NotIssued> {
        self.seller.as_ref().ok_or(NotIssued::NoSeller)
    }
}

impl NewDocument<'_> {
    /// Issues the document under this number. A credit note needs the invoice, and its notes so far.
    pub fn issue(
        self,
        number: InvoiceNumber,
        invoice: Option<(&Invoice, &[Invoice])>,
        now: Timestamp,
    ) -> Result<Issued, NotIssued> {
        let Self { id, payment, due, settings, buyer, language, page } = self;
        let (reference, method) = (payment.reference.clone(), payment.method);
        let document = match *due {
            Due::Invoice { paid, credits, at, .. } => {
                let seller = settings.seller()?.clone();
                let taxation = settings.taxes()?.taxation(&seller.country, &buyer, settings.policy, at);
                // Credits are sold at a price that contains the taxes.
                let totals = taxation.in_total(paid).ok_or(NotIssued::Amount)?;
                Invoice::issue(NewInvoice {
                    number,
                    issued_at: now,
                    seller,
                    buyer,
                    currency: payment.amount.currency,
                    charges: vec![Charge { item: Item::Credits { credits }, price: paid }],
                    totals,
                    payment: PaymentNote { reference, method, at, page },
                })?
            }
            Due::CreditNote { amount, credits, at, .. } => {
                let (invoice, earlier) = invoice.ok_or(NotIssued::NoInvoice)?;
                let payment = PaymentNote { reference, method, at, page };
                let item = Item::Credits { credits };
                invoice.credit(NewCreditNote { number, issued_at: now, item, amount, payment }, earlier)?
            }
        };
        let user = payment.reference.user.clone();
        Ok(Self::stored(id, user, document, language))
    }

    const fn stored(id: InvoiceId, user: UserId, document: Invoice, language: Language) -> Issued {
        Issued { id, user, document, language, stored_at: None, told_at: None }
    }
}

impl Issued {
    /// Until when it is kept.
    pub fn kept_until(&self) -> Timestamp {
        self.document.issued_at.plus(KEPT_FOR)
    }
}
