//! The week: each minute, customers buy and orders end. Wallets are real ones, and the real rule decides.

use super::{
    account::{Account, End},
    chance::Chance,
    people::{Person, everybody},
};
use namaskah_domain::{
    Actor, Credits, NEWCOMERS_WINDOW, OrderId, PaymentId, Rating, Timestamp, Trust,
    access::Mode,
    buying::Terms,
    ledger::{Cause, EntryKind, Movement, OrderKind, Settlement, Wallet},
    policy::RefundRule,
};
use std::collections::BTreeMap;

const WEEK_MINUTES: i64 = 7 * 24 * 60;

/// Whether the rule about who may buy decides, or only the limit of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    InForce,
    Off,
}

/// The purchases of one kind of customers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Purchases {
    pub bought: u32,
    pub refused: u32,
}

/// What came of the week.
pub struct Week {
    pub lowest_rating: i64,
    pub honest: Purchases,
    pub careless: Purchases,
    pub hostile: Purchases,
    /// The codes for which the attackers paid.
    pub attackers_codes: u32,
    /// Minutes in which nothing could be sold.
    pub minutes_without_sales: i64,
}

/// An open order: who bought it, its hold, and how it ends.
struct Open {
    person: usize,
    hold: u64,
    end: End,
}

struct Run {
    rule: Rule,
    chance: Chance,
    account: Account,
    people: Vec<Person>,
    wallets: Vec<Wallet>,
    /// Open orders by the minute of their end.
    open: BTreeMap<i64, Vec<Open>>,
    /// Purchases of newcomers by window.
    newcomers: BTreeMap<i64, u32>,
    week: Week,
}

impl Purchases {
    pub fn refused_percent(self) -> f64 {
        100.0 * f64::from(self.refused) / f64::from(self.bought + self.refused).max(1.0)
    }
}

impl Week {
    pub fn run(seed: u64, rule: Rule) -> Self {
        let mut chance = Chance::new(seed);
        let people = everybody(&mut chance);
        let wallets = people.iter().map(funded).collect();
        let week = Self {
            lowest_rating: 0,
            honest: Purchases::default(),
            careless: Purchases::default(),
            hostile: Purchases::default(),
            attackers_codes: 0,
            minutes_without_sales: 0,
        };
        let (open, newcomers) = (BTreeMap::new(), BTreeMap::new());
        let mut run = Run { rule, chance, account: Account::new(), people, wallets, open, newcomers, week };
        let mut shown = run.account.shown();
        for minute in 0..WEEK_MINUTES {
            run.end_orders(minute);
            // Purchases see the rating that the sweep read a minute ago.
            run.buy(minute, shown);
            shown = run.account.shown();
            run.week.minutes_without_sales += i64::from(!run.account.sells(minute));
        }
        Self { lowest_rating: run.account.lowest, ..run.week }
    }

    pub fn summary(&self) -> String {
        let percent = |purchases: Purchases| {
            format!("{} bought, {} refused ({:.2} %)", purchases.bought, purchases.refused, purchases.refused_percent())
        };
        format!(
            "lowest rating {}.{:02} of 96; ordinary: {}; careless: {}; attackers: {}, who paid for {} codes; \
             {} minutes without sales",
            self.lowest_rating / 100,
            self.lowest_rating % 100,
            percent(self.honest),
            percent(self.careless),
            percent(self.hostile),
            self.attackers_codes,
            self.minutes_without_sales,
        )
    }
}

impl Run {
    fn buy(&mut self, minute: i64, shown: Rating) {
        if !self.account.sells(minute) {
            return;
        }
        for index in 0..self.people.len() {
            let person = self.people[index];
            let tries = person.tries(minute, &mut self.chance);
            for _ in 0..tries {
                if person.dilutes() {
                    self.fail_without_number(index, minute);
                }
                let allowed = self.may_buy(index, shown, minute);
                self.count(&person, allowed);
                if !allowed {
                    break;
                }
                let fate = person.fate(minute, &mut self.chance);
                let hold = self.post(index, &hold(minute), minute);
                let order = Open { person: index, hold, end: fate.end };
                self.open.entry(minute + fate.after_minutes).or_default().push(order);
            }
        }
    }

    fn may_buy(&mut self, index: usize, shown: Rating, minute: i64) -> bool {
        let (person, wallet, now) = (self.people[index], &self.wallets[index], at(minute));
        if self.rule == Rule::Off {
            return wallet.usage.open(OrderKind::Verification) < person.plan.terms().open_orders;
        }
        let terms = Terms { mode: Mode::Live, plan: person.plan, trust: Trust::Earned, rating: Some(shown) };
        if wallet.may_open_order(terms, now).is_err() {
            return false;
        }
        if wallet.is_newcomer(terms.trust, now) {
            let window = now.epoch_seconds() / i64::try_from(NEWCOMERS_WINDOW.as_secs()).unwrap();
            let taken = self.newcomers.entry(window).or_default();
            if *taken >= shown.newcomers_orders() {
                return false;
            }
            *taken += 1;
        }
        true
    }

    fn count(&mut self, person: &Person, allowed: bool) {
        let purchases = if person.is_honest() {
            &mut self.week.honest
        } else if person.is_hostile() {
            &mut self.week.hostile
        } else {
            &mut self.week.careless
        };
        if allowed { purchases.bought += 1 } else { purchases.refused += 1 }
    }

    fn end_orders(&mut self, minute: i64) {
        for order in self.open.remove(&minute).unwrap_or_default() {
            self.account.ended(order.end, minute);
            if order.end == End::Code && self.people[order.person].is_hostile() {
                self.week.attackers_codes += 1;
            }
            self.post(order.person, &settlement(order.hold, order.end, minute), minute);
        }
    }

    /// A purchase for which no supplier had a number: held, and released at once.
    fn fail_without_number(&mut self, index: usize, minute: i64) {
        let hold = self.post(index, &hold(minute), minute);
        let release = Movement { rule: Some(RefundRule::NoNumber.id()), ..settlement(hold, End::TimedOut, minute) };
        self.post(index, &release, minute);
    }

    fn post(&mut self, index: usize, movement: &Movement, minute: i64) -> u64 {
        let (after, entry) = self.wallets[index].post(movement, at(minute)).unwrap();
        self.wallets[index] = after;
        entry.seq
    }
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_millis(1_795_996_800_000 + minute * 60_000)
}

/// A wallet after its first payment, and a promotion that keeps it from running dry.
fn funded(person: &Person) -> Wallet {
    let cause = || Cause::Payment { payment_id: PaymentId::new(at(0), 1) };
    let pay = |wallet: Wallet, kind, credits: i64, cause| {
        let movement = Movement::new(kind, Credits::from_units(credits * 10_000), cause, Actor::system("test"));
        wallet.post(&movement, at(0)).unwrap().0
    };
    let operator = Cause::Operator { reason: "simulation".to_owned() };
    let paid = pay(Wallet::default(), EntryKind::TopUp, person.pays, cause());
    pay(paid, EntryKind::Promo, 90_000, operator)
}

fn movement(kind: EntryKind, minute: i64) -> Movement {
    let cause = Cause::Verification { verification_id: OrderId::new(at(minute), 1) };
    Movement::new(kind, Credits::from_units(5_000), cause, Actor::system("test"))
}

fn hold(minute: i64) -> Movement {
    movement(EntryKind::Hold, minute)
}

fn settlement(hold: u64, end: End, minute: i64) -> Movement {
    let (kind, rule) = match end {
        End::Code => (EntryKind::Capture, None),
        End::TimedOut => (EntryKind::Release, Some(RefundRule::NoCode)),
        End::Cancelled => (EntryKind::Release, Some(RefundRule::Cancelled)),
        End::Reported => (EntryKind::Release, Some(RefundRule::NumberReported)),
    };
    let settles = Some(Settlement { hold, closes: true });
    Movement { settles, rule: rule.map(RefundRule::id), ..movement(kind, minute) }
}
