//! The reference: what happened outside, and the sums that follow from it. It knows nothing of wallets and entries.

use crate::support::{books::units, fixtures::INCLUDED, payments::gateway::Account};
use namaskah_domain::{
    Plan, Timestamp,
    payment::{DisputeStatus, RefundReported},
    subscription::months_after,
};

/// The price of a month, in units.
pub const PRO: i128 = 125_000;
/// The price of a month, in units.
pub const ENTERPRISE: i128 = 750_000;

/// A refund that was asked for.
#[derive(Clone, Debug)]
pub struct Back {
    pub payment: usize,
    pub credits: i128,
    /// What the gateway says about it.
    pub state: RefundReported,
    /// Whether the credits were given back to the customer.
    pub is_returned: bool,
}

/// A dispute at a bank.
#[derive(Clone, Debug)]
pub struct AtBank {
    pub payment: usize,
    pub percent: u64,
    pub status: DisputeStatus,
    /// The credits of the disputed money; `None` until we heard of it.
    pub credits: Option<i128>,
    /// Whether we heard that it was won.
    pub is_known_won: bool,
}

/// An order: its price, and what became of it; `None` while it is open.
#[derive(Clone, Debug)]
pub struct Bought {
    pub price: i128,
    /// What an included verification pays of it.
    pub included: i128,
    pub is_paid: Option<bool>,
}

/// The plan that the customer pays for.
#[derive(Clone, Copy, Debug)]
pub struct Paid {
    pub plan: Plan,
    /// The plan that follows.
    pub next: Plan,
    /// The price of the whole running period.
    pub price: i128,
    /// When the first of its periods began, and how many months after that this one ends.
    pub anchor: Timestamp,
    pub months: u32,
    pub from: Timestamp,
    pub until: Timestamp,
}

/// The included verifications of a paid period.
#[derive(Clone, Copy, Debug)]
pub struct Allowed {
    pub units: u32,
    pub used: u32,
    pub until: Timestamp,
    /// The first order that may use them.
    pub began: usize,
}

/// Everything that happened.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What each gateway knows of each payment.
    pub accounts: Vec<Account>,
    /// What the receipts of each payment are worth that we took note of, in units.
    pub credited: Vec<i128>,
    pub refunds: Vec<Back>,
    pub disputes: Vec<AtBank>,
    pub orders: Vec<Bought>,
    /// The running plan; `None` without one.
    pub plan: Option<Paid>,
    /// The included verifications of the newest paid period.
    pub allowed: Option<Allowed>,
    /// What all plans cost so far.
    pub plans: i128,
    pub gifts: i128,
}

/// A fact that becomes true with a write.
#[derive(Clone, Debug)]
pub enum Fact {
    Nothing,
    Credited { payment: usize, units: i128 },
    RefundAsked { payment: usize, credits: i128 },
    RefundSent { n: usize, is_lost: bool },
    RefundReturned(usize),
    DisputeHeard { n: usize, credits: i128 },
    DisputeWon(usize),
    Bought(i128),
    OrderEnded { n: usize, is_paid: bool },
    PlanPaid { charge: i128, paid: Paid },
    PlanFollows(Plan),
    PlanEnded,
    Given(i128),
}

impl Facts {
    pub fn take(&mut self, fact: &Fact, now: Timestamp) {
        match *fact {
            Fact::Nothing => {}
            Fact::Credited { payment, units } => self.credited[payment] += units,
            Fact::RefundAsked { payment, credits } => {
                let state = RefundReported::Unknown;
                self.refunds.push(Back { payment, credits, state, is_returned: false });
            }
            Fact::RefundSent { n, is_lost } => {
                if !is_lost && self.refunds[n].state == RefundReported::Unknown {
                    self.refunds[n].state = RefundReported::Pending;
                }
            }
            Fact::RefundReturned(n) => self.refunds[n].is_returned = true,
            Fact::DisputeHeard { n, credits } => self.disputes[n].credits = Some(credits),
            Fact::DisputeWon(n) => self.disputes[n].is_known_won = true,
            Fact::Bought(price) => {
                let included = self.included_of(price, now);
                if let Some(allowed) = self.allowed.as_mut().filter(|_| included > 0) {
                    allowed.used += 1;
                }
                self.orders.push(Bought { price, included, is_paid: None });
            }
            Fact::OrderEnded { n, is_paid } => {
                self.orders[n].is_paid = Some(is_paid);
                let comes_back = !is_paid && self.orders[n].included > 0;
                if let Some(allowed) = self.allowed.as_mut().filter(|allowed| comes_back && n >= allowed.began) {
                    allowed.used -= 1;
                }
            }
            Fact::PlanPaid { charge, paid } => {
                self.plans += charge;
                self.allows(&paid);
                self.plan = Some(paid);
            }
            Fact::PlanFollows(next) => {
                if let Some(plan) = &mut self.plan {
                    plan.next = next;
                }
            }
            Fact::PlanEnded => self.plan = None,
            Fact::Given(units) => self.gifts += units,
        }
    }

    /// The refunds of a payment that left and did not come back.
    pub fn refunded(&self, payment: usize) -> i128 {
        let away = self.refunds.iter().filter(|back| back.payment == payment && !back.is_returned);
        away.map(|back| back.credits).sum()
    }

    /// What banks ask for or got of a payment, except by this dispute.
    pub fn at_stake(&self, payment: usize, except: Option<usize>) -> i128 {
        let is_other = |n: usize, dispute: &AtBank| dispute.payment == payment && Some(n) != except;
        let others = self.disputes.iter().enumerate().filter(|(n, dispute)| is_other(*n, dispute));
        others.filter(|(_, dispute)| !dispute.is_known_won).filter_map(|(_, dispute)| dispute.credits).sum()
    }

    /// A paid period has its own included verifications. A higher plan in mid-period goes on with those that are used.
    fn allows(&mut self, paid: &Paid) {
        let units = match paid.plan {
            Plan::Starter => 0,
            Plan::Pro => 25,
            Plan::Enterprise => 200,
        };
        let is_upgrade = self.plan.is_some_and(|before| paid.plan > before.plan && paid.from < before.until);
        let (used, began) = match self.allowed.filter(|_| is_upgrade) {
            Some(Allowed { used, began, .. }) => (used, began),
            None => (0, self.orders.len()),
        };
        self.allowed = Some(Allowed { units, used, until: paid.until, began });
    }

    /// What an included verification pays of a price, if one is left.
    pub fn included_of(&self, price: i128, now: Timestamp) -> i128 {
        let is_left = self.allowed.is_some_and(|allowed| now < allowed.until && allowed.used < allowed.units);
        if is_left { price.min(units(INCLUDED)) } else { 0 }
    }

    /// What included verifications pay of orders that were not given back.
    pub fn included(&self) -> i128 {
        self.orders.iter().filter(|order| order.is_paid != Some(false)).map(|order| order.included).sum()
    }

    /// What completed orders cost.
    pub fn spent(&self) -> i128 {
        self.orders.iter().filter(|order| order.is_paid == Some(true)).map(|order| order.price).sum()
    }

    /// What open orders hold.
    pub fn held(&self) -> i128 {
        self.orders.iter().filter(|order| order.is_paid.is_none()).map(|order| order.price).sum()
    }

    /// What a plan costs that is chosen now, and what follows; `None` if the choice is refused.
    pub fn choice(&self, plan: Plan, is_grace: bool, now: Timestamp) -> Option<Fact> {
        let full = price_of(plan);
        let first = |charge| {
            let until = months_after(now, 1);
            Fact::PlanPaid {
                charge,
                paid: Paid { plan, next: plan, price: full, anchor: now, months: 1, from: now, until },
            }
        };
        match self.plan {
            None if plan == Plan::Starter => None,
            None => Some(first(full)),
            Some(paid) if plan > paid.plan => Some(first((full - unused(&paid, now)).max(0))),
            Some(_) if is_grace && plan == Plan::Starter => Some(Fact::PlanEnded),
            Some(paid) if is_grace => Some(Fact::PlanPaid { charge: full, paid: paid.following(plan) }),
            Some(paid) if plan == paid.next => None,
            Some(_) => Some(Fact::PlanFollows(plan)),
        }
    }
}

/// The price of a month of a plan.
pub const fn price_of(plan: Plan) -> i128 {
    match plan {
        Plan::Starter => 0,
        Plan::Pro => PRO,
        Plan::Enterprise => ENTERPRISE,
    }
}

/// The share of a paid period that is left, rounded up.
fn unused(paid: &Paid, now: Timestamp) -> i128 {
    let millis = |from: Timestamp, until: Timestamp| i128::from(until.millis() - from.millis());
    let (length, left) = (millis(paid.from, paid.until), millis(now.max(paid.from), paid.until).max(0));
    (paid.price * left + length - 1) / length
}

impl Paid {
    /// The period that follows, with this plan.
    pub fn following(self, plan: Plan) -> Self {
        let (months, until) = (self.months + 1, months_after(self.anchor, self.months + 1));
        Self { plan, next: plan, price: price_of(plan), anchor: self.anchor, months, from: self.until, until }
    }
}
