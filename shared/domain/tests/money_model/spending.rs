//! What the wallet is spent on: orders and plans. And gifts, which are spent first.

use crate::{
    acts::{Act, Run},
    facts::{Fact, price_of},
    money_in::one,
    support::{
        books::{Checked, units},
        fixtures,
        rules::{self, Outcome},
        what::What,
    },
    world::{Change, World, Write, owner},
};
use namaskah_domain::{
    Actor, Credits, Plan, VoucherId,
    ledger::{LedgerError, Movement},
    order::Order,
    subscription::{Change as Choice, Holder, Renewal, Step, SubscriptionStatus},
    voucher::{NewVoucher, Voucher, VoucherCode},
};
use proptest::{prop_assert, prop_assert_eq, test_runner::TestCaseError};

impl World {
    pub fn spending(&mut self, act: &Act) -> Checked {
        match act {
            Act::Buy { price, run } => self.buy(*price, *run),
            Act::Order(of, what, run) => {
                let orders = self.shop().orders.len();
                if orders == 0 { Ok(()) } else { self.happens(orders - 1 - of.index(orders.min(3)), what, *run) }
            }
            Act::Choose(plan, run) => self.choose(*plan, *run),
            Act::Renew(run) => self.renew(*run),
            Act::Gift { credits, run } => {
                let place = self.new_voucher(*credits);
                self.redeem(place, *run)
            }
            Act::Redeem(of, run) if !self.vouchers.is_empty() => self.redeem(of.index(self.vouchers.len()), *run),
            _ => Ok(()),
        }
    }

    fn buy(&mut self, price: i64, run: Run) -> Checked {
        let step = Order::open(fixtures::new_order(self.shop().orders.len(), Credits::from_units(price)), self.now);
        let fact = Fact::Bought(i128::from(price));
        let write = Write { change: Change::Order(Box::new(step)), wallet: None, fact, says: "bought" };
        self.run(run, one(write)).map(drop)
    }

    /// Something happens to an order. The table says what becomes of its money.
    pub fn happens(&mut self, n: usize, what: &What, run: Run) -> Checked {
        let order = self.shop().orders[n].clone();
        let Ok(Some(step)) = what.happen(order.clone(), self.now) else { return Ok(()) };
        let outcome = match what.happening() {
            Some(happening) => rules::outcome(happening, order.status),
            // A message that counts completes the order.
            None if step.subject.status == order.status => Outcome::Stays,
            None => Outcome::Captures(step.subject.status),
        };
        let (fact, says) = match outcome {
            Outcome::Captures(_) => (Fact::OrderEnded { n, is_paid: true }, "order paid"),
            Outcome::Releases(_) => (Fact::OrderEnded { n, is_paid: false }, "order given back"),
            _ => (Fact::Nothing, "order went on"),
        };
        let moves = !matches!(fact, Fact::Nothing);
        prop_assert_eq!(step.movement.is_some(), moves, "{:?} of {:?}", what, order);
        self.run(run, one(Write { change: Change::Order(Box::new(step)), wallet: None, fact, says })).map(drop)
    }

    /// The customer chooses a plan.
    fn choose(&mut self, plan: Plan, run: Run) -> Checked {
        self.number += 1;
        let is_grace = self.plan.status == SubscriptionStatus::Grace;
        let (held, mark) = (self.plan.plan_held(), u64::try_from(self.number).expect("a small number"));
        let wanted = self.facts.choice(plan, is_grace, self.now);
        let step = self.plan.clone().change(Choice { plan, held, mark }, self.now);
        prop_assert_eq!(step.is_ok(), wanted.is_some(), "{:?} instead of {:?}", plan, held);
        let (Ok(step), Some(fact)) = (step, wanted) else { return Ok(()) };
        let says = if held > Plan::Starter && plan > held { "plan upgraded" } else { "plan chosen" };
        self.run(run, one(plan_write(step, fact, says)?)).map(drop)
    }

    /// A worker renews the plan whose period is over.
    pub fn renew(&mut self, run: Run) -> Checked {
        let Some(renewal) = self.plan.clone().renewal(Holder::Has(self.plan.plan_held()), self.now) else {
            return Ok(());
        };
        let paid = self.facts.plan.expect("a plan that ends was paid");
        match renewal {
            Renewal::End(step) => {
                prop_assert_eq!(paid.next, Plan::Starter, "it ends as the customer wanted");
                self.run(run, one(plan_write(step, Fact::PlanEnded, "plan ended")?)).map(drop)
            }
            Renewal::Pay(step) => {
                let price = price_of(paid.next);
                let paid = paid.following(paid.next);
                let write = plan_write(step, Fact::PlanPaid { charge: price, paid }, "plan renewed")?;
                let wallet = &self.shop().wallet;
                if units(wallet.available) >= price && wallet.owed.is_zero() {
                    return self.run(run, one(write)).map(drop);
                }
                let refusal = wallet.post(movement_of(&write), self.now).expect_err("the wallet can't pay");
                let is_known = matches!(refusal, LedgerError::InsufficientFunds { .. } | LedgerError::Owes { .. });
                prop_assert!(is_known, "{:?}", refusal);
                self.count("plan not paid");
                let step = self.plan.clone().not_renewed(self.now);
                let is_over = step.subject.status == SubscriptionStatus::Ended;
                let fact = if is_over { Fact::PlanEnded } else { Fact::Nothing };
                self.run(run, one(plan_write(step, fact, "grace")?)).map(drop)
            }
        }
    }

    fn new_voucher(&mut self, units: i64) -> usize {
        self.number += 1;
        let new = NewVoucher {
            credits: Credits::from_units(units),
            uses: 1_000,
            from: None,
            until: self.now.plus(fixtures::DAY),
            reason: "a campaign".to_owned(),
        };
        let code: VoucherCode = format!("GIFT{:06}", self.number).parse().expect("a code");
        let id = VoucherId::new(self.now, self.number);
        self.vouchers.push(Voucher::new(id, &code, new, Actor::operator("ama"), self.now).expect("a voucher"));
        self.vouchers.len() - 1
    }

    /// The customer uses a voucher, once.
    fn redeem(&mut self, place: usize, run: Run) -> Checked {
        let voucher = self.vouchers[place].clone();
        if voucher.check(self.now).is_err() {
            return Ok(());
        }
        if self.redeemed.contains_key(&voucher.voucher_id) {
            self.count("gift used once");
            let late = gift(&voucher, self);
            return self.write_late(&late);
        }
        self.run(run, one(gift(&voucher, self))).map(drop)
    }
}

fn gift(voucher: &Voucher, world: &World) -> Write {
    let change = Change::Gift(Box::new(voucher.redeemed_by(&owner(), world.now)));
    Write { change, wallet: None, fact: Fact::Given(units(voucher.credits)), says: "given" }
}

/// A write of the plan, which must cost what the facts say.
fn plan_write(step: Step, fact: Fact, says: &'static str) -> Result<Write, TestCaseError> {
    let moved = step.movement.as_ref().map_or(0, |movement| units(movement.amount));
    let charge = if let Fact::PlanPaid { charge, .. } = &fact { *charge } else { 0 };
    prop_assert_eq!(moved, charge, "what the plan costs");
    Ok(Write { change: Change::Plan(Box::new(step)), wallet: None, fact, says })
}

fn movement_of(write: &Write) -> &Movement {
    match &write.change {
        Change::Plan(step) => step.movement.as_ref().expect("a renewal costs something"),
        other => panic!("{other:?} is no renewal"),
    }
}
