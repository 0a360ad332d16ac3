//! A customer who does anything in any order, and the checks by plain sums over the entries.

use crate::{
    bank::{Bank, Price, Unwritten, refund_id},
    support::{
        books::{self, Checked, units},
        fixtures,
    },
};
use namaskah_domain::{
    Actor, Credits, SubscriptionId, Timestamp,
    access::Mode,
    ledger::{Account, Cause, Entry, EntryKind, Hold, LedgerError, Movement, prove},
    payment::{
        MOST_REFUNDS, NotRefundable, Payment, PaymentEvent, REFUNDABLE_FOR, RefundFault, RefundReported, RefundStatus,
        Status,
    },
    policy::RefundRule,
};
use proptest::{prelude::*, sample::Index};
use std::{collections::BTreeMap, time::Duration};

/// One random step.
#[derive(Clone, Debug)]
pub enum Act {
    Later(Duration),
    TopUp(Price, u64),
    Gift(i64),
    Hold(i64),
    /// Settles this share of an open hold, in percent.
    Settle(Index, EntryKind, i64),
    Purchase(i64),
    /// Refunds a purchase to the wallet, with the promotional part that it took.
    Unbuy(Index),
    /// Asks for this share of what is not refunded, in percent.
    Refund(Index, i64),
    /// The same, with a purchase of almost all of the balance after the decision and before the write.
    LateRefund(Index, i64, i64),
    Decide(Index, bool),
    Report(Index, RefundReported),
    /// The gateway reports a receipt that is not of the payment's first money.
    PaidAgain(Index),
}

/// The bank with what its records do not have: open holds, purchases, and where each refund is.
#[derive(Debug, Default)]
pub struct World {
    pub bank: Bank,
    holds: Vec<(usize, Hold)>,
    purchases: Vec<Entry>,
    /// The payment and the number of each refund.
    refunds: Vec<(usize, u128)>,
    orders: usize,
    /// How often each outcome occurred.
    pub counts: BTreeMap<String, u32>,
}

impl World {
    fn count(&mut self, what: impl Into<String>) {
        *self.counts.entry(what.into()).or_default() += 1;
    }

    pub fn act(&mut self, act: &Act, now: Timestamp) -> Checked {
        match act {
            Act::Later(_) => {}
            Act::TopUp(price, minor) => {
                self.bank.paid(*price, *minor, now);
            }
            Act::Gift(amount) => self.bank.gift(*amount, now),
            Act::Hold(amount) => self.hold(*amount, now),
            Act::Settle(i, kind, share) => self.settle(*i, *kind, *share, now),
            Act::Purchase(amount) => self.purchase(*amount, now),
            Act::Unbuy(i) => self.unbuy(*i, now),
            Act::Refund(i, share) => return self.refund(*i, *share, None, now),
            Act::LateRefund(i, share, left) => return self.refund(*i, *share, Some(*left), now),
            Act::Decide(i, approves) => self.decide(*i, *approves, now),
            Act::Report(i, report) => return self.report(*i, *report, now),
            Act::PaidAgain(i) => return self.paid_again(*i, now),
        }
        Ok(())
    }

    fn hold(&mut self, amount: i64, now: Timestamp) {
        let movement = movement(EntryKind::Hold, amount, fixtures::order(self.orders));
        if let Ok(entry) = self.bank.post(&movement, now) {
            let mut hold = Hold::of(entry.amount);
            hold.posted(&entry);
            self.holds.push((self.orders, hold));
            self.orders += 1;
        }
    }

    fn settle(&mut self, i: Index, kind: EntryKind, share: i64, now: Timestamp) {
        if self.holds.is_empty() {
            return;
        }
        let place = i.index(self.holds.len());
        let (order, hold) = &mut self.holds[place];
        let amount = (hold.left.units() * share.min(100) / 100).max(1);
        let taken = hold.settle(kind, Credits::from_units(amount));
        let rule = kind.needs_rule().then(|| RefundRule::NoCode.id());
        let movement = Movement { rule, ..movement(kind, amount, fixtures::order(*order)) }.settling(taken);
        if hold.left.is_zero() {
            self.holds.remove(place);
        }
        self.bank.post(&movement, now).expect("a hold can be settled");
    }

    fn purchase(&mut self, amount: i64, now: Timestamp) {
        if let Ok(entry) = self.bank.post(&movement(EntryKind::Purchase, amount, subscription()), now) {
            self.purchases.push(entry);
        }
    }

    fn unbuy(&mut self, i: Index, now: Timestamp) {
        if self.purchases.is_empty() {
            return;
        }
        let bought = self.purchases.swap_remove(i.index(self.purchases.len()));
        let rule = Some(RefundRule::NoCode.id());
        let back = movement(EntryKind::Refund, bought.amount.units(), subscription());
        self.bank.post(&Movement { rule, promo: bought.promo, ..back }, now).expect("money that was spent");
    }

    /// Asks for a refund. With `left` a purchase comes between the decision and the write, and leaves so much.
    fn refund(&mut self, i: Index, share: i64, left: Option<i64>, now: Timestamp) -> Checked {
        if self.bank.payments.is_empty() {
            return Ok(());
        }
        let place = i.index(self.bank.payments.len());
        let (possible, n) = (self.possible(place, now), self.refunds.len() as u128);
        let all = possible.unwrap_or(Credits::from_units(10_000));
        let asked = Credits::from_units((all.units() * share / 100).max(1));
        let step = self.bank.refund_step(place, n, asked, now);
        let expected = match possible {
            Ok(possible) if asked > possible => Err(NotRefundable::TooMuch { possible }),
            Ok(_) if step == Err(NotRefundable::TooLittle) => {
                prop_assert!(asked < fixtures::credits("0.01"), "{} is not little", asked);
                Err(NotRefundable::TooLittle)
            }
            possible => possible,
        };
        prop_assert_eq!(step.as_ref().map(|_| ()).map_err(|reason| *reason), expected.map(|_| ()));
        let Ok(step) = step else {
            self.count(expected.map_or_else(NotRefundable::as_str, |_| "possible"));
            return Ok(());
        };
        if let Some(left) = left {
            self.purchase((self.bank.wallet.available.units() - left).max(1), now);
        }
        let own = self.bank.wallet.own_money();
        match self.bank.commit(&step, now) {
            Ok(_) => {
                prop_assert!(asked <= own);
                self.refunds.push((place, n));
                self.count("asked");
            }
            Err(Unwritten::Ledger(LedgerError::InsufficientFunds { missing })) => {
                prop_assert_eq!(units(missing), units(asked) - units(own), "what the race took");
                self.count("spent meanwhile");
            }
            Err(other) => return Err(TestCaseError::fail(format!("{other:?}"))),
        }
        Ok(())
    }

    /// What can be refunded of a payment, from plain sums over the entries.
    fn possible(&self, place: usize, now: Timestamp) -> Result<Credits, NotRefundable> {
        self.possible_with(&self.left(), place, now)
    }

    /// What is left of each payment, by the entries.
    fn left(&self) -> Vec<i128> {
        let left = |payment: &Payment| (units(payment.credits) - self.gone(payment) - twice(payment)).max(0);
        self.bank.payments.iter().map(left).collect()
    }

    fn possible_with(&self, left: &[i128], place: usize, now: Timestamp) -> Result<Credits, NotRefundable> {
        let payment = &self.bank.payments[place];
        let paid_at = payment.completed_at.expect("every payment is paid");
        if left[place] == 0 {
            return Err(NotRefundable::Refunded);
        }
        if now >= paid_at.plus(REFUNDABLE_FOR) {
            return Err(NotRefundable::TooOld { until: paid_at.plus(REFUNDABLE_FOR) });
        }
        if payment.refunds.len() >= MOST_REFUNDS {
            return Err(NotRefundable::TooManyRefunds);
        }
        // Payments are paid at once here, so the later ones are the newer ones.
        let newer: i128 = left[place + 1..].iter().sum();
        let unspent = (self.own_money() - newer).clamp(0, left[place]);
        let possible = Credits::from_units(i64::try_from(unspent).expect("a small amount"));
        match unspent {
            0 => Err(NotRefundable::Spent),
            // Less than a minor unit, or than the rest of what was paid.
            1..100 if self.bank.refundable(place, now) == Err(NotRefundable::TooLittle) => {
                Err(NotRefundable::TooLittle)
            }
            _ => Ok(possible),
        }
    }

    /// The credits of a payment that left for the gateway and did not come back, by the entries.
    fn gone(&self, payment: &Payment) -> i128 {
        let cause = Cause::Payment { payment_id: payment.reference.payment.clone() };
        let side = |account| i128::from(account == Account::GatewayClearing);
        let refunds = self.bank.entries.iter().filter(|entry| entry.kind != EntryKind::TopUp && entry.cause == cause);
        refunds.map(|entry| units(entry.amount) * (side(entry.credit) - side(entry.debit))).sum()
    }

    /// The customer's own money in the wallet: what came in, less what was spent, refunded or is held of it.
    fn own_money(&self) -> i128 {
        let side = |account| i128::from(account == Account::Available);
        let own = |entry: &Entry| units(entry.amount) - units(entry.promo);
        self.bank.entries.iter().map(|entry| own(entry) * (side(entry.credit) - side(entry.debit))).sum()
    }

    fn decide(&mut self, i: Index, approves: bool, now: Timestamp) {
        let waits = |(place, n): &&(usize, u128)| self.status(*place, *n) == RefundStatus::AwaitingApproval;
        let waiting: Vec<_> = self.refunds.iter().filter(waits).copied().collect();
        if waiting.is_empty() {
            return;
        }
        let (place, n) = *i.get(&waiting);
        if approves {
            self.bank.approve(place, n, now);
        } else {
            self.bank.refuse(place, n, now);
        }
        self.count(if approves { "approved" } else { "refused" });
    }

    fn status(&self, place: usize, n: u128) -> RefundStatus {
        let id = refund_id(n);
        self.bank.payments[place].refunds.iter().find(|refund| refund.id == id).expect("it was asked for").status
    }

    fn report(&mut self, i: Index, report: RefundReported, now: Timestamp) -> Checked {
        if self.refunds.is_empty() {
            return Ok(());
        }
        let (place, n) = *i.get(&self.refunds);
        let (before, own) = (self.status(place, n), self.own_money());
        let settlement = self.bank.report(place, n, report, now);
        let after = self.status(place, n);
        prop_assert!(!before.is_final() || after == before, "{:?} became {:?}", before, after);
        let came_back = after.is_returned() && !before.is_returned();
        prop_assert_eq!(self.own_money() > own, came_back, "credits come back with the status, once");
        if let Some(fault) = settlement.and_then(|settlement| settlement.fault) {
            self.count(fault.as_str());
        }
        if after != before {
            self.count(after.as_str());
        }
        Ok(())
    }

    fn paid_again(&mut self, i: Index, now: Timestamp) -> Checked {
        if self.bank.payments.is_empty() {
            return Ok(());
        }
        let place = i.index(self.bank.payments.len());
        let before = self.bank.payments[place].clone();
        let receipt = format!("again {}", before.receipts.len());
        self.bank.settled(place, &receipt, before.amount.minor.get(), now);
        let after = &self.bank.payments[place];
        prop_assert_eq!(
            (after.status, after.credited, &after.refunds),
            (before.status, before.credited, &before.refunds)
        );
        Ok(())
    }

    /// What holds after every step.
    pub fn check(&self, now: Timestamp) -> Checked {
        let Bank { wallet, entries, payments } = &self.bank;
        books::check(wallet, entries)?;
        prop_assert_eq!(prove(Mode::Live, wallet, entries, now), Ok(()));
        prop_assert_eq!(units(wallet.own_money()), self.own_money());
        for entry in entries.iter().filter(|entry| entry.credit == Account::GatewayClearing) {
            prop_assert_eq!(entry.promo, Credits::ZERO, "promotional credit never leaves");
        }
        let sum = |kind: EntryKind| entries.iter().filter(|e| e.kind == kind).map(|e| units(e.amount)).sum::<i128>();
        let out = sum(EntryKind::Refund) - self.unbought() - sum(EntryKind::RefundReturn);
        prop_assert!(out + self.own_money() <= sum(EntryKind::TopUp), "no more leaves than came in");
        let (left, mut together) = (self.left(), 0);
        for (place, payment) in payments.iter().enumerate() {
            self.check_payment(payment)?;
            let offer = payment.refund_offer(wallet, &self.bank.newer(place), now);
            prop_assert_eq!(offer.possible.is_some(), offer.reason.is_none());
            together += offer.possible.map_or(0, units);
            let possible = offer.possible.ok_or_else(|| offer.reason.expect("a reason"));
            prop_assert_eq!(possible, self.possible_with(&left, place, now));
        }
        // Whatever order they are asked for in, all possible refunds together fit into the wallet.
        prop_assert!(together <= units(wallet.own_money()), "{} fit into {}", together, wallet.own_money());
        Ok(())
    }

    /// What came back of purchases.
    fn unbought(&self) -> i128 {
        let back = |entry: &&Entry| entry.kind == EntryKind::Refund && entry.credit == Account::Available;
        self.bank.entries.iter().filter(back).map(|entry| units(entry.amount)).sum()
    }

    fn check_payment(&self, payment: &Payment) -> Checked {
        let gone = self.gone(payment);
        prop_assert!((0..=units(payment.credits)).contains(&gone), "{} of {}", gone, payment.credits);
        prop_assert_eq!(units(payment.refunded()), gone + twice(payment));
        let stays_away = payment.refunds.iter().filter(|refund| !refund.status.is_returned());
        let money: u64 = stays_away.map(|refund| refund.amount.minor.get()).sum();
        let paid = payment.amount.minor.get();
        prop_assert!(money <= paid, "{} of {} {}", money, paid, payment.amount.currency);
        let expected = match gone + twice(payment) {
            0 => Status::Succeeded,
            gone if gone >= units(payment.credits) => Status::Refunded,
            _ => Status::PartlyRefunded,
        };
        prop_assert_eq!(payment.status, expected);
        prop_assert_eq!(gone == units(payment.credits), money == paid, "all of it for all of it");
        let awaits_look = payment.open_refunds().next().is_some();
        prop_assert_eq!(payment.due_at.is_some(), awaits_look, "an open refund is always due");
        for refund in &payment.refunds {
            prop_assert_eq!(refund.completed_at.is_some(), refund.status.is_final());
        }
        let lines = payment.timeline.iter().filter_map(|item| Some((item.entry?, item.credits, event(item.event))));
        let cause = Cause::Payment { payment_id: payment.reference.payment.clone() };
        let booked = self.bank.entries.iter().filter(|entry| entry.cause == cause);
        let booked = booked.map(|entry| (entry.seq, Some(entry.amount), Some(entry.kind)));
        prop_assert!(lines.eq(booked), "the timeline matches the entries: {:?}", payment.timeline);
        Ok(())
    }
}

/// The credits of a payment that its gateway paid out although it had said that the refund failed.
fn twice(payment: &Payment) -> i128 {
    let twice = payment.refunds.iter().filter(|refund| refund.fault == Some(RefundFault::PaidAfterReturn));
    twice.map(|refund| units(refund.credits)).sum()
}

/// The kind of movement of an event.
fn event(event: PaymentEvent) -> Option<EntryKind> {
    match event {
        PaymentEvent::Credited => Some(EntryKind::TopUp),
        PaymentEvent::RefundRequested => Some(EntryKind::Refund),
        PaymentEvent::RefundFailed | PaymentEvent::RefundRefused => Some(EntryKind::RefundReturn),
        _ => None,
    }
}

fn subscription() -> Cause {
    Cause::Subscription { subscription_id: SubscriptionId::new(fixtures::start(), 1) }
}

fn movement(kind: EntryKind, amount: i64, cause: Cause) -> Movement {
    Movement::new(kind, Credits::from_units(amount), cause, Actor::system("test"))
}
