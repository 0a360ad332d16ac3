//! Credit notes: what an invoice charged is taken back, in part or in full.

use super::{
    Invoice, InvoiceKind, InvoiceNumber, Item, Line, PaymentNote, Tax, Taxed, record::check_number, shares::shares,
};
use crate::{Timestamp, payment::Minor};
use thiserror::Error;

/// A credit note to issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCreditNote {
    /// Its number, from the series of the seller in the year of `issued_at`.
    pub number: InvoiceNumber,
    /// The time of issue.
    pub issued_at: Timestamp,
    /// What is taken back.
    pub item: Item,
    /// How much the customer gets, with taxes.
    pub amount: Minor,
    /// The refund.
    pub payment: PaymentNote,
}

/// Why a credit note is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotCredited {
    /// Nothing, or more than what is left of the invoice.
    #[error("from 0.01 to {left} can be taken back")]
    Amount {
        /// What is left.
        left: Minor,
    },
    /// Only an invoice can be taken back, and the earlier notes must be of it.
    #[error("not an invoice and its credit notes")]
    NotOfOneInvoice,
    /// The number is of another seller or year.
    #[error("the number is not of the seller and the year")]
    Number,
}

impl Invoice {
    /// What is left of an invoice after its credit notes.
    pub fn left(&self, notes: &[Self]) -> Result<Taxed, NotCredited> {
        let is_note = |note: &Self| {
            matches!(&note.kind, InvoiceKind::CreditNote { of, .. } if *of == self.number)
                && note.currency == self.currency
                && note.totals.taxes.len() == self.totals.taxes.len()
        };
        if self.kind != InvoiceKind::Invoice || !notes.iter().all(is_note) {
            return Err(NotCredited::NotOfOneInvoice);
        }
        let less = |amount: Minor, of: &dyn Fn(&Taxed) -> Minor| {
            let taken = notes.iter().fold(0_u64, |sum, note| sum.saturating_add(of(&note.totals).get()));
            Minor::new(amount.get().saturating_sub(taken))
        };
        let taxes = self.totals.taxes.iter().enumerate();
        let taxes = taxes.map(|(at, tax)| Tax { amount: less(tax.amount, &|of| of.taxes[at].amount), ..tax.clone() });
        Ok(Taxed {
            treatment: self.totals.treatment,
            net: less(self.totals.net, &|of| of.net),
            taxes: taxes.collect(),
            total: less(self.totals.total, &|of| of.total),
        })
    }

    /// Takes back an amount of this invoice. `earlier` are all its credit notes so far. The taxes are in proportion to
    /// what is left, so those of all notes add up to the invoice's when it is taken back in full.
    pub fn credit(&self, new: NewCreditNote, earlier: &[Self]) -> Result<Self, NotCredited> {
        let NewCreditNote { number, issued_at, item, amount, payment } = new;
        check_number(&number, &self.seller, issued_at).map_err(|_| NotCredited::Number)?;
        let left = self.left(earlier)?;
        let none = NotCredited::Amount { left: left.total };
        if amount == Minor::ZERO || amount > left.total {
            return Err(none);
        }
        let weights: Vec<_> = std::iter::once(left.net).chain(left.taxes.iter().map(|tax| tax.amount)).collect();
        let mut parts = shares(amount, &weights).ok_or(none)?.into_iter();
        let net = parts.next().ok_or(none)?;
        let taxes = left.taxes.into_iter().zip(parts).map(|(tax, amount)| Tax { amount, ..tax }).collect();
        Ok(Self {
            number,
            kind: InvoiceKind::CreditNote { of: self.number.clone(), of_at: self.issued_at },
            issued_at,
            seller: self.seller.clone(),
            buyer: self.buyer.clone(),
            currency: self.currency,
            lines: vec![Line { item, net }],
            totals: Taxed { treatment: left.treatment, net, taxes, total: amount },
            payment,
        })
    }
}
