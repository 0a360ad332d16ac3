//! Everything together: the wallet with all that moves it, the facts outside, and a write that comes late.

use crate::{
    acts::{Act, Run},
    facts::{Fact, Facts},
    support::{
        books::{self, Balances, Checked, units},
        fixtures,
        payments::{customer, till::Till},
        shop::Shop,
    },
};
use namaskah_domain::{
    EntrySeq, SubscriptionId, Timestamp, UserId, VoucherId,
    access::Mode,
    ledger::{Account, LedgerError, Subject, prove},
    order, payment,
    payment::{Dispute, DisputeStatus, ReceiptId},
    subscription::{self, Subscription},
    voucher::{Redemption, Voucher},
};
use proptest::{prop_assert, prop_assert_eq};
use std::collections::BTreeMap;

/// Something to write in one transaction.
#[derive(Clone, Debug)]
pub enum Change {
    Payment(Box<payment::Step>, Vec<ReceiptId>),
    Order(Box<order::Step>),
    Plan(Box<subscription::Step>),
    Gift(Box<namaskah_domain::ledger::Step<Redemption>>),
}

/// A write, made from what was read.
#[derive(Clone, Debug)]
pub struct Write {
    pub change: Change,
    /// The wallet for which it was made, if it counts.
    pub wallet: Option<EntrySeq>,
    /// What is true then.
    pub fact: Fact,
    /// What happened, in words.
    pub says: &'static str,
}

/// Why nothing was written.
#[derive(Debug, PartialEq, Eq)]
pub enum Unwritten {
    /// Something else was written since it was read.
    Changed,
    Ledger(LedgerError),
}

#[derive(Debug)]
pub struct World {
    pub now: Timestamp,
    pub till: Till,
    pub plan: Subscription,
    pub vouchers: Vec<Voucher>,
    pub redeemed: BTreeMap<VoucherId, Redemption>,
    pub facts: Facts,
    late: Option<Write>,
    /// How many receipts, refunds and others were made.
    pub number: u128,
    /// How often each case occurred.
    pub counts: BTreeMap<String, u32>,
}

pub fn owner() -> UserId {
    customer(1)
}

impl World {
    pub fn new() -> Self {
        let now = fixtures::start();
        let mut till = Till::default();
        till.wallets.insert(owner(), Shop::default());
        Self {
            now,
            till,
            plan: Subscription::none(SubscriptionId::new(now, 1), owner(), now),
            vouchers: Vec::new(),
            redeemed: BTreeMap::new(),
            facts: Facts::default(),
            late: None,
            number: 0,
            counts: BTreeMap::new(),
        }
    }

    pub fn count(&mut self, what: impl Into<String>) {
        *self.counts.entry(what.into()).or_default() += 1;
    }

    pub fn shop(&self) -> &Shop {
        &self.till.wallets[&owner()]
    }

    /// Does an act. What another worker wanted to write before it comes after it.
    pub fn act(&mut self, act: &Act) -> Checked {
        let late = self.late.take();
        self.does(act)?;
        if let Some(write) = late {
            self.write_late(&write)?;
        }
        Ok(())
    }

    fn does(&mut self, act: &Act) -> Checked {
        match act {
            Act::Later(span) => self.now = self.now.plus(*span),
            Act::Sweep(run) => return self.sweep(*run),
            Act::Buy { .. } | Act::Order(..) | Act::Choose(..) | Act::Renew(_) | Act::Gift { .. } | Act::Redeem(..) => {
                return self.spending(act);
            }
            Act::AskRefund { .. }
            | Act::Decide { .. }
            | Act::Follow { .. }
            | Act::GatewayRefunds(..)
            | Act::Dispute { .. }
            | Act::BankDecides(..)
            | Act::FollowDispute(..)
            | Act::Repay(..) => return self.money_out(act),
            _ => return self.money_in(act),
        }
        Ok(())
    }

    /// Runs a use case: each write is made from what is stored then, until there is nothing left to write. Returns whether
    /// it came to its end.
    pub fn run(
        &mut self,
        run: Run,
        mut next: impl FnMut(&Self) -> Result<Option<Write>, proptest::test_runner::TestCaseError>,
    ) -> Result<bool, proptest::test_runner::TestCaseError> {
        for written in 0..100 {
            let Some(write) = next(self)? else { return Ok(true) };
            if run == Run::Killed(written) {
                self.count("killed between steps");
                return Ok(false);
            }
            if run == Run::Late && self.late.is_none() {
                self.late = Some(write);
                return Ok(false);
            }
            let again = write.change.clone();
            match self.write(&write)? {
                Ok(()) => {
                    let twice = self.store(&again, None);
                    prop_assert_eq!(twice, Err(Unwritten::Changed), "the same write twice");
                }
                Err(_) => return Ok(true),
            }
        }
        Err(proptest::test_runner::TestCaseError::fail("a use case has no end"))
    }

    /// Writes what is possible now.
    fn write(&mut self, write: &Write) -> Result<Result<(), LedgerError>, proptest::test_runner::TestCaseError> {
        match self.store(&write.change, write.wallet) {
            Ok(()) => {
                self.facts.take(&write.fact, self.now);
                self.count(write.says);
                Ok(Ok(()))
            }
            Err(Unwritten::Ledger(error)) => {
                self.refused(&write.change, &error)?;
                Ok(Err(error))
            }
            Err(Unwritten::Changed) => Err(proptest::test_runner::TestCaseError::fail(format!("not new: {write:?}"))),
        }
    }

    /// A slow worker writes. It must be refused if what it read has changed.
    pub fn write_late(&mut self, write: &Write) -> Checked {
        let is_current = self.version_of(&write.change) == version_in(&write.change)
            && write.wallet.is_none_or(|seq| seq == self.shop().wallet.seq);
        if is_current {
            self.count("written late");
            return self.write(write).map(drop);
        }
        prop_assert_eq!(self.store(&write.change, write.wallet), Err(Unwritten::Changed), "{:?}", write);
        self.count("too late to be written");
        Ok(())
    }

    /// The late write comes now.
    pub fn late_ends(&mut self) -> Checked {
        match self.late.take() {
            Some(write) => self.write_late(&write),
            None => Ok(()),
        }
    }

    /// Stores atomically: the movement with its subject, if nothing changed since it was read.
    fn store(&mut self, change: &Change, wallet: Option<EntrySeq>) -> Result<(), Unwritten> {
        if self.version_of(change) != version_in(change) || wallet.is_some_and(|seq| seq != self.shop().wallet.seq) {
            return Err(Unwritten::Changed);
        }
        let now = self.now;
        let shop = self.till.wallets.get_mut(&owner()).expect("the wallet");
        match change {
            Change::Payment(step, receipts) => match self.till.commit(step, receipts, now) {
                Ok(_) => Ok(()),
                Err(crate::support::payments::till::Refused::Ledger(error)) => Err(Unwritten::Ledger(error)),
                Err(_) => Err(Unwritten::Changed),
            },
            Change::Order(step) => match shop.commit(step, now) {
                Ok(_) => Ok(()),
                Err(crate::support::shop::Refused::Ledger(error)) => Err(Unwritten::Ledger(error)),
                Err(_) => Err(Unwritten::Changed),
            },
            Change::Plan(step) => {
                let entry = step.movement.as_ref().map(|movement| shop.post(movement, now)).transpose();
                let entry = entry.map_err(Unwritten::Ledger)?;
                self.plan = step.subject.clone().written_with(entry.as_ref());
                Ok(())
            }
            Change::Gift(step) => {
                let movement = step.movement.as_ref().expect("a gift moves money");
                let entry = shop.post(movement, now).map_err(Unwritten::Ledger)?;
                let redemption = step.subject.clone().written_with(Some(&entry));
                self.redeemed.insert(redemption.voucher_id.clone(), redemption);
                Ok(())
            }
        }
    }

    fn version_of(&self, change: &Change) -> u64 {
        match change {
            Change::Payment(step, _) => {
                let same = |known: &&payment::Payment| known.reference == step.subject.reference;
                self.till.payments.iter().find(same).map_or(0, |known| known.version)
            }
            Change::Order(step) => {
                let same = |known: &&order::Order| known.id == step.subject.id;
                self.shop().orders.iter().find(same).map_or(0, |known| known.version)
            }
            Change::Plan(_) => self.plan.version,
            Change::Gift(step) => self.redeemed.get(&step.subject.voucher_id).map_or(0, |known| known.version),
        }
    }

    /// The ledger refuses only what the customer buys without money, or with debts.
    fn refused(&mut self, change: &Change, error: &LedgerError) -> Checked {
        let wallet = &self.shop().wallet;
        let (available, owed) = (units(wallet.available), units(wallet.owed));
        let (price, what) = match change {
            Change::Order(step) if step.subject.version == 0 => {
                let price = units(step.subject.price);
                (price - self.facts.included_of(price, self.now), "order")
            }
            Change::Plan(step) => (step.movement.as_ref().map_or(0, |movement| units(movement.amount)), "plan"),
            // Decided for another wallet than the one that is there now.
            other => return Err(proptest::test_runner::TestCaseError::fail(format!("{error:?} of {other:?}"))),
        };
        match error {
            LedgerError::Owes { owed: said } => {
                prop_assert_eq!(units(*said), owed);
                prop_assert!(owed > 0);
                self.count(format!("{what} refused to a debtor"));
            }
            LedgerError::InsufficientFunds { missing } => {
                prop_assert_eq!((units(*missing), owed), (price - available, 0), "{} was missing", missing);
                prop_assert!(price > available);
                self.count(if what == "order" { "order without money" } else { "plan not paid" });
            }
            other => prop_assert!(false, "{:?} of {:?}", other, change),
        }
        Ok(())
    }

    /// What holds after every act.
    pub fn check(&self) -> Checked {
        let Shop { wallet, entries, .. } = self.shop();
        books::check(wallet, entries)?;
        prop_assert_eq!(prove(Mode::Live, wallet, entries, self.now), Ok(()));
        let facts = &self.facts;
        let credited: i128 = facts.credited.iter().sum();
        let returned = facts.refunds.iter().filter(|back| !back.is_returned).map(|back| back.credits).sum::<i128>();
        let lost: i128 = self.disputes().map(gone).sum();
        let has = units(wallet.available) + units(wallet.held) - units(wallet.owed);
        let came = credited + facts.gifts;
        let went = returned + lost + facts.spent() + facts.plans;
        prop_assert_eq!(has, came + facts.included() - went, "what came in less what went out");
        let balances = Balances::of(entries);
        prop_assert_eq!(balances.get(Account::GatewayClearing), returned + lost - credited, "what gateways have of us");
        prop_assert_eq!(balances.get(Account::Revenue), facts.spent() + facts.plans, "what was earned");
        prop_assert_eq!(balances.get(Account::Promotions), -facts.gifts - facts.included(), "what was given");
        let held: i128 = self.disputes().map(|dispute| units(dispute.held())).sum();
        prop_assert_eq!(units(wallet.held), facts.held() + held, "held for open orders and disputes");
        self.check_payments()?;
        for order in &self.shop().orders {
            prop_assert!(!order.status.is_open() || order.due_at.is_some(), "nobody looks at {:?}", order);
        }
        prop_assert_eq!(self.plan.plan_held(), facts.plan.map_or_else(Default::default, |paid| paid.plan));
        prop_assert_eq!(self.plan.due_at.is_some(), facts.plan.is_some(), "a plan is renewed or ends");
        Ok(())
    }

    fn check_payments(&self) -> Checked {
        for (place, payment) in self.till.payments.iter().enumerate() {
            let credited = self.facts.credited[place];
            let (refunded, at_stake) = (self.facts.refunded(place), self.facts.at_stake(place, None));
            prop_assert_eq!((units(payment.credited), units(payment.refunded())), (credited, refunded));
            prop_assert!(refunded <= credited, "more was paid back than was paid");
            prop_assert!(at_stake <= credited, "banks take more than was paid");
            let worth = self.worth(place);
            prop_assert!(credited <= worth, "{} was credited, and the gateway has {}", credited, worth);
            let money: u64 =
                payment.refunds.iter().filter(|refund| refund.is_counted()).map(|r| r.amount.minor.get()).sum();
            prop_assert!(credited == 0 || money <= self.paid(place), "{} of {}", money, self.paid(place));
            let is_open = payment.status.is_open() || payment.open_refunds().next().is_some();
            let has_open = is_open || payment.disputes.iter().any(|dispute| dispute.closed_at.is_none());
            prop_assert!(!has_open || payment.due_at.is_some(), "nobody looks at {:?}", payment);
        }
        Ok(())
    }

    fn disputes(&self) -> impl Iterator<Item = &Dispute> {
        self.till.payments.iter().flat_map(|payment| &payment.disputes)
    }
}

/// What the bank got of a dispute so far.
fn gone(dispute: &Dispute) -> i128 {
    let is_lost = dispute.status == DisputeStatus::Lost;
    if is_lost { units(dispute.credits) - units(dispute.held()) } else { 0 }
}

/// The version that a change was made from.
fn version_in(change: &Change) -> u64 {
    match change {
        Change::Payment(step, _) => step.subject.version,
        Change::Order(step) => step.subject.version,
        Change::Plan(step) => step.subject.version,
        Change::Gift(step) => step.subject.version,
    }
}
