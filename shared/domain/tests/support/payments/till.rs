//! Customers' wallets and payments in memory. As in the store, a movement, its payment and the claim on a receipt are
//! written together, and only if the payment's version has not changed and nobody else claimed the receipt.

use super::super::shop::Shop;
use namaskah_domain::{
    Timestamp, UserId,
    ledger::{Cause, Entry, LedgerError, Subject},
    payment::{GatewayId, NewPayment, Payment, PaymentReference, ReceiptId, Report, Settlement, Step},
};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default)]
pub struct Till {
    pub payments: Vec<Payment>,
    pub wallets: BTreeMap<UserId, Shop>,
    claims: BTreeMap<(GatewayId, ReceiptId), PaymentReference>,
}

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    Ledger(LedgerError),
    Changed,
    Claimed,
}

impl Till {
    /// Writes a new payment, and returns its place.
    pub fn start(&mut self, new: NewPayment, now: Timestamp) -> usize {
        self.commit(&Payment::start(new, now), None, now).expect("a new payment");
        self.payments.len() - 1
    }

    /// Writes a step that is always possible.
    pub fn write(&mut self, step: &Step, now: Timestamp) -> Payment {
        self.commit(step, None, now).expect("written")
    }

    /// Writes a step atomically.
    pub fn commit(&mut self, step: &Step, receipt: Option<&ReceiptId>, now: Timestamp) -> Result<Payment, Refused> {
        let payment = &step.subject;
        let place = self.payments.iter().position(|known| known.reference == payment.reference);
        if place.map_or(0, |place| self.payments[place].version) != payment.version {
            return Err(Refused::Changed);
        }
        let claim = receipt.map(|receipt| (payment.gateway.clone(), receipt.clone()));
        if claim.as_ref().is_some_and(|claim| self.claims.contains_key(claim)) {
            return Err(Refused::Claimed);
        }
        let wallet = self.wallets.entry(payment.owner().clone()).or_default();
        let entry = match &step.movement {
            Some(movement) => Some(wallet.post(movement, now).map_err(Refused::Ledger)?),
            None => None,
        };
        let written = payment.clone().written_with(entry.as_ref());
        self.claims.extend(claim.map(|claim| (claim, payment.reference.clone())));
        match place {
            Some(place) => self.payments[place] = written.clone(),
            None => self.payments.push(written.clone()),
        }
        Ok(written)
    }

    /// Applies a report until nothing is left to write, and returns what was written.
    pub fn look(&mut self, at: usize, report: &Report, now: Timestamp) -> Result<Vec<Settlement>, Refused> {
        let mut settlements = Vec::new();
        while let Some(settlement) = self.payments[at].clone().settled(report, now) {
            self.commit(&settlement.step, settlement.receipt.as_ref(), now)?;
            settlements.push(settlement);
            assert!(settlements.len() <= report.receipts.len() + 3, "a report has an end: {settlements:#?}");
        }
        Ok(settlements)
    }

    /// The entries of one payment in the wallet of its owner, oldest first.
    pub fn entries_of(&self, payment: &Payment) -> Vec<&Entry> {
        let cause = Cause::Payment { payment_id: payment.reference.payment.clone() };
        let entries = self.wallets.get(payment.owner()).map_or(&[][..], |wallet| &wallet.entries);
        entries.iter().filter(|entry| entry.cause == cause).collect()
    }

    /// The spendable balance of a customer.
    pub fn balance(&self, user: &UserId) -> String {
        self.wallets.get(user).map(|wallet| wallet.wallet.available).unwrap_or_default().to_string()
    }
}
