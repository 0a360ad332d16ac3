//! Payments: customers pay, gateways confirm, workers look.

use crate::{
    acts::{Act, Run, Till},
    facts::Fact,
    support::{
        books::{Checked, units},
        payments::{
            acts::How,
            amount,
            gateway::Account,
            new_payment, price,
            reference::{self, Came, Receipts},
        },
    },
    world::{Change, World, Write, owner},
};
use namaskah_domain::{
    ledger::EntryKind,
    payment::{GatewayId, Look, Method, NewPayment, PayCurrency, Payment, Status},
};
use proptest::{prop_assert, prop_assert_eq, sample::Index, test_runner::TestCaseError};

/// How often a payment is paid at most, so that all of it stays below the largest top-up.
const MOST_COINS: usize = 4;

impl World {
    pub fn money_in(&mut self, act: &Act) -> Checked {
        match act {
            Act::Start { till, credits, more } => self.start(*till, *credits, *more),
            _ if self.facts.accounts.is_empty() => Ok(()),
            Act::Open(of) => self.open(self.payment(*of)),
            Act::Pay { of, how, is_settled } => {
                self.pays(self.payment(*of), *how, *is_settled);
                Ok(())
            }
            Act::Confirm(of, settles) => {
                let (at, now) = (self.payment(*of), self.now);
                self.facts.accounts[at].confirms(*settles, now);
                Ok(())
            }
            Act::Close(of) => {
                let at = self.payment(*of);
                self.facts.accounts[at].is_closed = true;
                Ok(())
            }
            Act::Look(of, run) => self.look(self.payment(*of), *run),
            Act::Cancel(of, run) => self.cancel(self.payment(*of), *run),
            other => Err(TestCaseError::fail(format!("{other:?} is no payment"))),
        }
    }

    /// The place of a payment. The newest ones change most.
    pub fn payment(&self, of: Index) -> usize {
        let count = self.facts.accounts.len();
        count - 1 - of.index(count.min(6))
    }

    fn start(&mut self, till: Till, credits: u64, more: u64) -> Checked {
        let n = self.till.payments.len() + 1;
        let (gateway, method, currency, of_credit) = match till {
            Till::StripeCard => ("stripe", Method::Card, PayCurrency::Usd, 200),
            Till::PaystackMobile => ("paystack", Method::MobileMoney, PayCurrency::Ghs, 3_107),
            Till::BtcpayBitcoin => ("btcpay", Method::Bitcoin, PayCurrency::Usd, 200),
            Till::BtcpayLightning => ("btcpay", Method::Lightning, PayCurrency::Usd, 200),
        };
        let agreed = amount(credits * of_credit + more, currency);
        let new = new_payment(n, owner(), method, agreed, price(of_credit));
        let at = self.till.start(NewPayment { gateway: GatewayId::new(gateway), ..new }, self.now);
        self.facts.accounts.push(Account::of(&self.till.payments[at]));
        self.facts.credited.push(0);
        self.count("started");
        self.open(at)
    }

    /// The gateway makes the checkout. Its answer arrives unless the payment is over.
    fn open(&mut self, at: usize) -> Checked {
        let payment = self.till.payments[at].clone();
        if payment.status != Status::Started {
            return Ok(());
        }
        let now = self.now;
        let checkout = self.facts.accounts[at].open(true, now);
        let step = payment.opened(checkout, now).expect("it was started");
        self.run(Run::Whole, one(free(step, "opened"))).map(drop)
    }

    fn pays(&mut self, at: usize, how: How, is_settled: bool) {
        let now = self.now;
        let account = &self.facts.accounts[at];
        // A page for cards makes one charge at a time. That it is paid twice at once is a test of payments alone.
        let is_taken = account.is_confirming() || account.settled().next().is_some() && !is_settled;
        let is_crypto = self.till.payments[at].method.is_crypto();
        let is_full = account.sent.len() == MOST_COINS;
        if !account.takes_money(now) || is_full || is_taken && !is_crypto {
            return;
        }
        self.number += 1;
        let sent = how.sent(self.till.payments[at].amount);
        self.facts.accounts[at].pays(format!("receipt-{}", self.number), sent, is_settled, now);
    }

    /// Asks the gateway, credits what settled, and pays what is owed.
    pub fn look(&mut self, at: usize, run: Run) -> Checked {
        let report = self.facts.accounts[at].report(self.now);
        let price = Some(self.till.payments[at].price);
        let owes = !self.shop().wallet.owed.is_zero();
        let look = Look { price, owes, ..Look::at(report, self.now) };
        if self.run(run, |world| world.settles(at, &look))? {
            return self.repay(at, run);
        }
        Ok(())
    }

    fn settles(&self, at: usize, look: &Look) -> Result<Option<Write>, TestCaseError> {
        let payment = &self.till.payments[at];
        let Some(settlement) = payment.clone().settled(look, self.now) else { return Ok(None) };
        let (before, after) = (noted(payment), noted(&settlement.step.subject));
        let units_of = |receipts: &Receipts| i128::from(reference::worth(payment, receipts));
        let worth = units_of(&after) - units_of(&before);
        let moved = settlement.step.movement.as_ref().map(|movement| (movement.kind, units(movement.amount)));
        prop_assert_eq!(moved, (worth > 0).then_some((EntryKind::TopUp, worth)), "credits for these receipts");
        let known = |came: &Came| {
            self.facts.accounts[at].settled().any(|sent| sent.id == came.id && sent.amount == came.amount)
        };
        prop_assert!(after.iter().all(known), "money that the gateway does not have");
        let owed = !self.shop().wallet.owed.is_zero();
        let says = match (worth > 0, owed, payment.credited.is_positive()) {
            (false, ..) => "looked",
            (_, true, _) => "credited while money was owed",
            (_, _, true) => "coins in parts",
            _ => "credited",
        };
        let fact = Fact::Credited { payment: at, units: worth };
        let change = Change::Payment(Box::new(settlement.step), settlement.receipts);
        Ok(Some(Write { change, wallet: None, fact, says }))
    }

    /// What the gateway has of a payment, in units.
    pub fn worth(&self, at: usize) -> i128 {
        let payment = &self.till.payments[at];
        let price = payment.price.minor().get();
        let sent = self.facts.accounts[at].settled();
        let came = sent.map(|sent| Came { id: sent.id.clone(), amount: sent.amount, price, is_foreign: false });
        i128::from(reference::worth(payment, &came.collect()))
    }

    /// The money of a payment in minor units of its currency.
    pub fn paid(&self, at: usize) -> u64 {
        let agreed = self.till.payments[at].amount;
        let same = self.facts.accounts[at].settled().filter_map(|sent| sent.amount);
        let same = same.filter(|amount| amount.currency == agreed.currency).map(|amount| amount.minor.get());
        if self.till.payments[at].method.is_crypto() { same.sum() } else { agreed.minor.get() }
    }

    /// A cancel looks first, as the use case does.
    fn cancel(&mut self, at: usize, run: Run) -> Checked {
        self.look(at, Run::Whole)?;
        let Ok(step) = self.till.payments[at].clone().cancelled(self.now) else { return Ok(()) };
        self.run(run, one(free(step, "cancelled"))).map(drop)
    }

    /// Pays what is owed out of the wallet.
    pub fn repay(&mut self, at: usize, run: Run) -> Checked {
        let next = |world: &Self| {
            let step = world.till.payments[at].clone().repaid(&world.shop().wallet, world.now);
            let wallet = Some(world.shop().wallet.seq);
            Ok(step.map(|step| Write { wallet, ..free(step, "repaid") }))
        };
        self.run(run, next).map(drop)
    }
}

/// A write of a payment that changes nothing outside.
pub fn free(step: namaskah_domain::payment::Step, says: &'static str) -> Write {
    Write { change: Change::Payment(Box::new(step), Vec::new()), wallet: None, fact: Fact::Nothing, says }
}

/// A use case of one write.
pub fn one(write: Write) -> impl FnMut(&World) -> Result<Option<Write>, TestCaseError> {
    let mut write = Some(write);
    move |_| Ok(write.take())
}

/// The receipts that a payment has noted. The price of a credit stays the same here.
fn noted(payment: &Payment) -> Receipts {
    reference::usual(payment, |_| false)
}
