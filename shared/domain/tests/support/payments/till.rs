//! Customers' wallets and payments in memory. As in the store, a movement, its payment and the claim on a receipt are
//! written together, and only if the payment's version has not changed and nobody else claimed the receipt.

use super::super::shop::Shop;
use namaskah_domain::{
    Timestamp, UserId,
    ledger::{Cause, Entry, LedgerError, Subject},
    payment::{GatewayId, Look, NewPayment, Payment, PaymentReference, Receipt, ReceiptId, Settlement, Step},
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
        self.commit(&Payment::start(new, now), &[], now).expect("a new payment");
        self.payments.len() - 1
    }

    /// Writes a step that is always possible.
    pub fn write(&mut self, step: &Step, now: Timestamp) -> Payment {
        self.commit(step, &[], now).expect("written")
    }

    /// Writes a step atomically.
    pub fn commit(&mut self, step: &Step, receipts: &[ReceiptId], now: Timestamp) -> Result<Payment, Refused> {
        let payment = &step.subject;
        let place = self.payments.iter().position(|known| known.reference == payment.reference);
        if place.map_or(0, |place| self.payments[place].version) != payment.version {
            return Err(Refused::Changed);
        }
        let claims: Vec<_> = receipts.iter().map(|receipt| (payment.gateway.clone(), receipt.clone())).collect();
        if claims.iter().any(|claim| self.claims.contains_key(claim)) {
            return Err(Refused::Claimed);
        }
        let wallet = self.wallets.entry(payment.owner().clone()).or_default();
        let entry = match &step.movement {
            Some(movement) => Some(wallet.post(movement, now).map_err(Refused::Ledger)?),
            None => None,
        };
        let written = payment.clone().written_with(entry.as_ref());
        self.claims.extend(claims.into_iter().map(|claim| (claim, payment.reference.clone())));
        match place {
            Some(place) => self.payments[place] = written.clone(),
            None => self.payments.push(written.clone()),
        }
        Ok(written)
    }

    /// Applies a look until nothing is left to write, and returns what was written.
    pub fn look(&mut self, at: usize, look: &Look, now: Timestamp) -> Result<Vec<Settlement>, Refused> {
        let mut settlements = Vec::new();
        while let Some(settlement) = self.payments[at].clone().settled(look, now) {
            settlements.push(self.settle(settlement, look, now)?);
            assert!(settlements.len() <= look.report.receipts.len() + 3, "a report has an end: {settlements:#?}");
        }
        Ok(settlements)
    }

    /// Writes a settlement, and returns what was written: what other payments claimed is noted without credits.
    pub fn settle(&mut self, settlement: Settlement, look: &Look, now: Timestamp) -> Result<Settlement, Refused> {
        match self.commit(&settlement.step, &settlement.receipts, now) {
            Err(Refused::Claimed) => {}
            written => return written.map(|_| settlement),
        }
        let reference = &settlement.step.subject.reference;
        let payment = self.payments.iter().find(|payment| payment.reference == *reference).expect("a known payment");
        let is_of_another = |receipt: &&Receipt| self.is_of_another(payment, &receipt.id);
        let others: Vec<_> = payment.new_receipts(&look.report).filter(is_of_another).collect();
        let refused = payment.clone().without_these(&others, now);
        self.commit(&refused.step, &[], now)?;
        Ok(refused)
    }

    /// Whether another payment claimed the receipt.
    pub fn is_of_another(&self, payment: &Payment, id: &ReceiptId) -> bool {
        let claim = self.claims.get(&(payment.gateway.clone(), id.clone()));
        claim.is_some_and(|owner| *owner != payment.reference)
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
