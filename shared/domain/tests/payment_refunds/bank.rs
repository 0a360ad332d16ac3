//! One customer's wallet and payments in memory. As in the store, a movement and its payment are written together, and
//! only if the payment's version has not changed.

use crate::support::fixtures;
use namaskah_domain::{
    Actor, Credits, PaymentId, RefundId, Timestamp,
    ledger::{Cause, Entry, EntryKind, LedgerError, Movement, Subject, Wallet},
    payment::{
        Amount, Checkout, CreditPrice, GatewayId, Look, Method, Minor, NewPayment, NewRefund, NotRefundable,
        PayCurrency, Payment, PaymentReference, Receipt, ReceiptId, RefundReport, RefundReported, RefundSettlement,
        RefundStatus, Report, Reported, Step,
    },
};

/// A currency and the price of a credit in it, in minor units.
pub type Price = (PayCurrency, u64);
pub const USD: Price = (PayCurrency::Usd, 200);
pub const GHS: Price = (PayCurrency::Ghs, 3_107);
/// Here the smallest part of a credit is worth more than 30 minor units.
pub const NGN: Price = (PayCurrency::Ngn, 310_712);

#[derive(Clone, Debug, Default)]
pub struct Bank {
    pub wallet: Wallet,
    pub entries: Vec<Entry>,
    pub payments: Vec<Payment>,
}

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unwritten {
    Ledger(LedgerError),
    Changed,
}

/// A payment that was not started yet.
pub fn new_payment(n: usize, method: Method, (currency, price): Price, minor: u64) -> NewPayment {
    let price = CreditPrice::new(Minor::new(price)).expect("a price");
    NewPayment {
        reference: PaymentReference { user: fixtures::user(), payment: PaymentId::new(fixtures::start(), n as u128) },
        gateway: GatewayId::new("paystack"),
        method,
        amount: Amount { minor: Minor::new(minor), currency },
        price,
        credits: price.credits_for(Minor::new(minor)).expect("credits"),
    }
}

/// A look that finds one receipt of this payment's currency.
pub fn received(payment: &Payment, receipt: &str, minor: u64, at: Timestamp) -> Look {
    let amount = Some(Amount { minor: Minor::new(minor), currency: payment.amount.currency });
    let receipts = vec![Receipt { id: ReceiptId::new(receipt), amount, at }];
    Look::at(Report { receipts, state: Reported::Closed }, at)
}

/// What the gateway says about its only refund of ours.
pub fn reported(state: RefundReported) -> RefundReport {
    RefundReport { gateway_refund: (state != RefundReported::Unknown).then(|| "1".to_owned()), state }
}

pub fn refund_id(n: u128) -> RefundId {
    RefundId::new(fixtures::start(), n)
}

/// A refund that the customer asks for.
pub fn new_refund(n: u128, credits: Credits) -> NewRefund {
    let (reason, actor) = ("paid too much".parse().ok(), Actor::user(&fixtures::user()));
    NewRefund { id: refund_id(n), credits, address: None, reason, actor }
}

impl Bank {
    pub fn post(&mut self, movement: &Movement, now: Timestamp) -> Result<Entry, LedgerError> {
        let (after, entry) = self.wallet.post(movement, now)?;
        self.wallet = after;
        self.entries.push(entry.clone());
        Ok(entry)
    }

    /// Writes the step atomically. Returns the payment's place.
    pub fn commit(&mut self, step: &Step, now: Timestamp) -> Result<usize, Unwritten> {
        let place = self.payments.iter().position(|payment| payment.reference == step.subject.reference);
        if place.map_or(0, |place| self.payments[place].version) != step.subject.version {
            return Err(Unwritten::Changed);
        }
        let entry = match &step.movement {
            Some(movement) => Some(self.post(movement, now).map_err(Unwritten::Ledger)?),
            None => None,
        };
        let payment = step.subject.clone().written_with(entry.as_ref());
        match place {
            Some(place) => self.payments[place] = payment,
            None => self.payments.push(payment),
        }
        Ok(place.unwrap_or(self.payments.len() - 1))
    }

    fn write(&mut self, step: &Step, now: Timestamp) -> usize {
        self.commit(step, now).expect("a valid step")
    }

    /// A payment that was started, with a checkout.
    pub fn started(&mut self, method: Method, price: Price, minor: u64, now: Timestamp) -> usize {
        let new = new_payment(self.payments.len(), method, price, minor);
        let place = self.write(&Payment::start(new, now), now);
        let checkout =
            Checkout { gateway_payment: None, url: String::new(), expires_at: now.plus(fixtures::DAY), coins: None };
        let opened = self.payments[place].clone().opened(checkout, now).expect("it is started");
        self.write(&opened, now)
    }

    /// The gateway says that money settled.
    pub fn settled(&mut self, place: usize, receipt: &str, minor: u64, now: Timestamp) {
        let look = received(&self.payments[place], receipt, minor, now);
        let settlement = self.payments[place].clone().settled(&look, now).expect("a new receipt");
        self.write(&settlement.step, now);
    }

    /// A payment by card that was paid.
    pub fn paid(&mut self, price: Price, minor: u64, now: Timestamp) -> usize {
        let place = self.started(Method::Card, price, minor, now);
        self.settled(place, &format!("receipt {place}"), minor, now);
        place
    }

    pub fn gift(&mut self, units: i64, now: Timestamp) {
        let gift =
            Movement::new(EntryKind::Promo, Credits::from_units(units), Cause::Registration, Actor::system("test"));
        self.post(&gift, now).expect("a gift");
    }

    /// What is not refunded of the payments that were credited after this one.
    pub fn newer(&self, place: usize) -> Vec<Credits> {
        self.payments[place].newer(&self.payments)
    }

    pub fn refundable(&self, place: usize, now: Timestamp) -> Result<Credits, NotRefundable> {
        self.payments[place].refundable(&self.wallet, &self.newer(place), now)
    }

    /// The step of a refund by the wallet as it is now. Nothing is written.
    pub fn refund_step(&self, place: usize, n: u128, credits: Credits, now: Timestamp) -> Result<Step, NotRefundable> {
        self.payments[place].clone().refund(new_refund(n, credits), &self.wallet, &self.newer(place), now)
    }

    pub fn refund(&mut self, place: usize, n: u128, credits: Credits, now: Timestamp) -> Result<(), NotRefundable> {
        let step = self.refund_step(place, n, credits, now)?;
        self.write(&step, now);
        Ok(())
    }

    /// Applies what the gateway says about a refund.
    pub fn report(&mut self, place: usize, n: u128, state: RefundReported, now: Timestamp) -> Option<RefundSettlement> {
        let settlement = self.payments[place].clone().refund_reported(&refund_id(n), &reported(state), now)?;
        self.write(&settlement.step, now);
        Some(settlement)
    }

    pub fn approve(&mut self, place: usize, n: u128, now: Timestamp) {
        let step =
            self.payments[place].clone().refund_approved(&refund_id(n), &self.wallet, now).expect("it awaits approval");
        self.write(&step, now);
    }

    pub fn refuse(&mut self, place: usize, n: u128, now: Timestamp) {
        let actor = Actor::operator("ama");
        let step = self.payments[place].clone().refund_refused(&refund_id(n), actor, now).expect("it awaits approval");
        self.write(&step, now);
    }

    /// A payment of ₵100 with a refund of ₵60 in this status.
    pub fn with_refund(status: RefundStatus) -> Self {
        let mut bank = Self::default();
        let now = fixtures::start();
        // Above the limit, so that it can await approval.
        let place = bank.paid(USD, 20_000, now);
        bank.refund(place, 1, fixtures::credits("60"), now).expect("nothing is spent");
        match status {
            RefundStatus::AwaitingApproval => return bank,
            RefundStatus::Refused => {
                bank.refuse(place, 1, now);
                return bank;
            }
            _ => bank.approve(place, 1, now),
        }
        let state = match status {
            RefundStatus::Pending => RefundReported::Pending,
            RefundStatus::NeedsAttention => RefundReported::NeedsAttention,
            RefundStatus::Processed => RefundReported::Processed,
            RefundStatus::Failed => RefundReported::Failed,
            _ => return bank,
        };
        bank.report(place, 1, state, now).expect("a new state");
        bank
    }
}
