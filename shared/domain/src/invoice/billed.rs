//! What must be invoiced of a payment, and what already is (docs/rules.md, "Invoices and taxes").
//!
//! [`Billed`] is stored with each document, in one transaction and under a version. So every receipt has one invoice
//! and every refund one credit note, also if workers die or run at the same time.

use super::{Invoice, InvoiceNumber, Issued};
use crate::{
    Credits, InvoiceId, RefundId, Timestamp,
    payment::{Minor, NotedReceipt, Payment, ReceiptId, Refund, RefundFault, RefundStatus},
};
use serde::{Deserialize, Serialize};

/// The documents of a payment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Billed {
    /// The number of writes.
    pub version: u64,
    /// Its invoices, oldest first.
    pub invoices: Vec<BilledInvoice>,
    /// Its credit notes, oldest first.
    pub notes: Vec<BilledNote>,
    /// The invoices that the staff let be replaced, by a credit note and another invoice.
    #[serde(default)]
    pub corrections: Vec<InvoiceId>,
}

/// An invoice of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BilledInvoice {
    /// Its identifier.
    pub id: InvoiceId,
    /// Its number.
    pub number: InvoiceNumber,
    /// The receipts that it covers.
    pub receipts: Vec<ReceiptId>,
    /// Its total.
    pub total: Minor,
    /// The credits that it is about.
    pub credits: Credits,
    /// The invoice in whose place it is, after a correction.
    #[serde(default)]
    pub replaces: Option<InvoiceId>,
}

/// A credit note of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BilledNote {
    /// Its identifier.
    pub id: InvoiceId,
    /// Its number.
    pub number: InvoiceNumber,
    /// The refund; `None` for a correction.
    pub refund: Option<RefundId>,
    /// The invoice that it takes back.
    pub of: InvoiceId,
    /// What it takes back.
    pub total: Minor,
    /// The credits that it is about.
    pub credits: Credits,
}

/// A document that a payment needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// An invoice for money that was credited.
    Invoice {
        /// The receipts that it covers.
        receipts: Vec<ReceiptId>,
        /// The money.
        paid: Minor,
        /// The credits for it.
        credits: Credits,
        /// When the last of it was credited.
        at: Timestamp,
        /// The invoice in whose place it is, after a correction.
        replaces: Option<InvoiceId>,
    },
    /// A credit note for money that was paid back, or for an invoice that is corrected.
    CreditNote {
        /// The refund; `None` for a correction.
        refund: Option<RefundId>,
        /// The invoice to take back.
        of: InvoiceId,
        /// How much of it.
        amount: Minor,
        /// How many credits it is about.
        credits: Credits,
        /// When the money went back, or when the invoice is corrected.
        at: Timestamp,
    },
}

/// A receipt that was credited.
struct Credited<'a> {
    receipt: &'a NotedReceipt,
    paid: Minor,
    at: Timestamp,
}

impl Billed {
    /// All documents, by their identifiers.
    pub fn ids(&self) -> impl Iterator<Item = &InvoiceId> {
        self.invoices.iter().map(|invoice| &invoice.id).chain(self.notes.iter().map(|note| &note.id))
    }

    /// The record with one more document, which was due.
    #[must_use]
    pub fn with(mut self, due: &Due, issued: &Issued) -> Self {
        let (id, Invoice { number, totals, .. }) = (issued.id.clone(), &issued.document);
        let (number, total) = (number.clone(), totals.total);
        match due {
            Due::Invoice { receipts, credits, replaces, .. } => {
                let (receipts, credits, replaces) = (receipts.clone(), *credits, replaces.clone());
                self.invoices.push(BilledInvoice { id, number, receipts, total, credits, replaces });
            }
            Due::CreditNote { refund, of, credits, .. } => {
                let (refund, of, credits) = (refund.clone(), of.clone(), *credits);
                self.notes.push(BilledNote { id, number, refund, of, total, credits });
            }
        }
        self.version += 1;
        self
    }

    /// The next document that this payment needs; `None` if it has all.
    pub fn next(&self, payment: &Payment, now: Timestamp) -> Option<Due> {
        self.next_invoice(payment, now)
            .or_else(|| payment.refunds.iter().find_map(|refund| self.next_note(refund)))
            .or_else(|| self.corrections.iter().find_map(|invoice| self.next_correction(invoice, payment, now)))
    }

    /// The record after the staff let an invoice be replaced; `None` if nothing of it is left, or if they did so before.
    pub fn correcting(mut self, invoice: &InvoiceId) -> Option<Self> {
        let found = self.invoices.iter().find(|found| found.id == *invoice)?;
        if self.left(found).0 == Minor::ZERO || self.corrections.contains(invoice) {
            return None;
        }
        self.corrections.push(invoice.clone());
        self.version += 1;
        Some(self)
    }

    fn next_invoice(&self, payment: &Payment, now: Timestamp) -> Option<Due> {
        let is_covered = |id| self.invoices.iter().any(|invoice| invoice.receipts.contains(id));
        let new: Vec<_> = credited(payment).filter(|credited| !is_covered(&credited.receipt.id)).collect();
        let last = new.last()?;
        self.is_time(payment, now).then(|| Due::Invoice {
            receipts: new.iter().map(|credited| credited.receipt.id.clone()).collect(),
            paid: new.iter().fold(Minor::ZERO, |sum, credited| sum.plus(credited.paid)),
            credits: new.iter().fold(Credits::ZERO, |sum, credited| sum.counted_up(credited.receipt.credits)),
            at: last.at,
            replaces: None,
        })
    }

    /// Whether what was credited is to be invoiced now. Coins come in parts, and anybody can send many tiny ones, so one
    /// invoice is for all that came until the payment was over, and one for all that came later.
    fn is_time(&self, payment: &Payment, now: Timestamp) -> bool {
        if !payment.method.is_crypto() {
            return true;
        }
        let is_settling = payment.is_confirming || payment.is_due(now);
        payment.status.is_paid() && !is_settling && (self.invoices.is_empty() || payment.due_at.is_none())
    }

    fn next_note(&self, refund: &Refund) -> Option<Due> {
        let at = paid_back_at(refund)?;
        let notes = self.notes.iter().filter(|note| note.refund.as_ref() == Some(&refund.id));
        let rest = notes.fold(refund.amount.minor, |rest, note| rest.minus(note.total));
        let mut left = self.invoices.iter().map(|invoice| (invoice, self.left(invoice).0));
        let (invoice, left) = left.find(|(_, left)| *left > Minor::ZERO)?;
        (rest > Minor::ZERO).then(|| Due::CreditNote {
            refund: Some(refund.id.clone()),
            of: invoice.id.clone(),
            amount: rest.min(left),
            credits: refund.credits,
            at,
        })
    }

    /// The credit note over all that is left of an invoice, and then the invoice in its place.
    fn next_correction(&self, id: &InvoiceId, payment: &Payment, now: Timestamp) -> Option<Due> {
        let invoice = self.invoices.iter().find(|invoice| invoice.id == *id)?;
        let (amount, credits) = self.left(invoice);
        if amount > Minor::ZERO {
            return Some(Due::CreditNote { refund: None, of: id.clone(), amount, credits, at: now });
        }
        let is_replaced = self.invoices.iter().any(|other| other.replaces.as_ref() == Some(id));
        let note = self.notes.iter().find(|note| note.of == *id && note.refund.is_none())?;
        let times = credited(payment).filter(|credited| invoice.receipts.contains(&credited.receipt.id));
        let at = times.map(|credited| credited.at).last()?;
        (!is_replaced).then(|| Due::Invoice {
            receipts: invoice.receipts.clone(),
            paid: note.total,
            credits: note.credits,
            at,
            replaces: Some(id.clone()),
        })
    }

    /// What is left of an invoice after its credit notes.
    fn left(&self, invoice: &BilledInvoice) -> (Minor, Credits) {
        let notes = self.notes.iter().filter(|note| note.of == invoice.id);
        notes.fold((invoice.total, invoice.credits), |(total, credits), note| {
            (total.minus(note.total), credits.counted_down(note.credits))
        })
    }
}

impl Payment {
    /// Whether this change of a payment may need a document. It may need none, but without a change it never needs one.
    pub fn may_need_document(&self, before: Option<&Self>) -> bool {
        self.credited.is_positive() && before.is_none_or(|before| before.version != self.version)
    }
}

/// The credited receipts of a payment, oldest first.
fn credited(payment: &Payment) -> impl Iterator<Item = Credited<'_>> {
    let receipts = payment.receipts.iter().filter(|receipt| receipt.credits.is_positive());
    receipts.filter_map(|receipt| {
        let paid = receipt.amount?.minor;
        let at = receipt.at.or(payment.completed_at).unwrap_or(payment.created_at);
        (paid > Minor::ZERO).then_some(Credited { receipt, paid, at })
    })
}

/// When the customer got the money of a refund; `None` if that did not happen.
fn paid_back_at(refund: &Refund) -> Option<Timestamp> {
    let is_paid_back = refund.status == RefundStatus::Processed || refund.fault == Some(RefundFault::PaidAfterReturn);
    refund.completed_at.filter(|_| is_paid_back)
}
