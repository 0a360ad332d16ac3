//! The customers: ordinary, careless and hostile ones, and how each behaves.

use super::{account::End, chance::Chance};
use namaskah_domain::Plan;

/// How a customer behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// Buys this many numbers a day when needed. A message comes for 70 %; of the others a third is cancelled.
    Ordinary { a_day: u64 },
    /// Buys a lot and cancels two of three early.
    Careless,
    /// Buys as much as is allowed and never uses a number.
    TimesOut,
    /// Buys as much as is allowed and reports each number at once.
    Reports,
    /// Like that, but also makes purchases that fail without a number, so that its orders look less bad.
    Dilutes,
    /// Waits for the same hour each day, and opens everything at once on all accounts.
    Bursts,
    /// Pays for real codes for three days, then uses no number.
    EarnsFirst,
}

/// One account with us.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    pub habit: Habit,
    pub plan: Plan,
    /// The minute of the first purchase.
    pub joins: i64,
    /// The first payment, in credits.
    pub pays: i64,
}

/// What a customer does with one number.
#[derive(Clone, Copy, Debug)]
pub struct Fate {
    pub end: End,
    pub after_minutes: i64,
}

const DAY: i64 = 24 * 60;
const ACCOUNTS_OF_AN_ATTACKER: usize = 20;

/// 100 ordinary customers, 5 careless ones, and 5 attackers with 20 accounts each.
pub fn everybody(chance: &mut Chance) -> Vec<Person> {
    let mut all = Vec::new();
    for n in 0..100 {
        let (plan, a_day) = match n {
            0..=1 => (Plan::Enterprise, 500),
            2..=14 => (Plan::Pro, 50),
            _ => (Plan::Starter, 8),
        };
        let (joins, pays) = (chance.minutes(0..=2 * DAY), chance.minutes(3..=25));
        all.push(Person { habit: Habit::Ordinary { a_day }, plan, joins, pays });
    }
    for _ in 0..5 {
        all.push(Person { habit: Habit::Careless, plan: Plan::Pro, joins: chance.minutes(0..=DAY), pays: 10 });
    }
    let attacks = [Habit::TimesOut, Habit::Reports, Habit::Dilutes, Habit::Bursts, Habit::EarnsFirst];
    for habit in attacks {
        // One of the accounts has the largest plan, two have the middle one.
        for n in 0..ACCOUNTS_OF_AN_ATTACKER {
            let plan = match n {
                0 => Plan::Enterprise,
                1..=2 => Plan::Pro,
                _ => Plan::Starter,
            };
            all.push(Person { habit, plan, joins: chance.minutes(0..=3 * DAY), pays: 3 });
        }
    }
    all
}

impl Person {
    pub const fn is_honest(&self) -> bool {
        matches!(self.habit, Habit::Ordinary { .. })
    }

    pub const fn is_hostile(&self) -> bool {
        !matches!(self.habit, Habit::Ordinary { .. } | Habit::Careless)
    }

    /// How many purchases the customer tries in this minute.
    pub fn tries(&self, minute: i64, chance: &mut Chance) -> u32 {
        if minute < self.joins {
            return 0;
        }
        match self.habit {
            Habit::Ordinary { a_day } => u32::from(chance.times_a_day(a_day)),
            Habit::Careless => u32::from(chance.times_a_day(40)),
            Habit::TimesOut | Habit::Reports | Habit::Dilutes => 20,
            Habit::Bursts => {
                if minute % DAY == 600 {
                    500
                } else {
                    0
                }
            }
            Habit::EarnsFirst if minute < self.attacks_from() => u32::from(chance.times_a_day(20)),
            Habit::EarnsFirst => 500,
        }
    }

    /// When a customer who earns first turns.
    const fn attacks_from(&self) -> i64 {
        self.joins + 3 * DAY
    }

    /// Whether the customer also makes purchases for which there is no number.
    pub fn dilutes(&self) -> bool {
        self.habit == Habit::Dilutes
    }

    /// What the customer does with a number that was bought in this minute.
    pub fn fate(&self, minute: i64, chance: &mut Chance) -> Fate {
        let code = |chance: &mut Chance| Fate { end: End::Code, after_minutes: chance.minutes(1..=4) };
        let timeout = Fate { end: End::TimedOut, after_minutes: 15 };
        match self.habit {
            Habit::Ordinary { .. } if chance.percent(70) => code(chance),
            Habit::Ordinary { .. } if chance.percent(33) => {
                Fate { end: End::Cancelled, after_minutes: chance.minutes(3..=10) }
            }
            Habit::Careless if chance.percent(66) => Fate { end: End::Cancelled, after_minutes: 2 },
            Habit::Careless if chance.percent(70) => code(chance),
            Habit::Reports | Habit::Dilutes => Fate { end: End::Reported, after_minutes: 1 },
            Habit::EarnsFirst if minute < self.attacks_from() => code(chance),
            _ => timeout,
        }
    }
}
