//! The reference of the ledger: the expected balances as plain sums, and test movements.

use super::{books::units, fixtures};
use namaskah_domain::{
    Actor, Credits, EntrySeq, SubscriptionId, Timestamp,
    ledger::{Cause, EntryKind, Grant, Included, LedgerError, Movement, Settlement},
    money::MAX_UNITS,
    policy::RefundRule,
};
use std::collections::BTreeMap;

/// An open hold of the reference.
#[derive(Clone, Copy, Debug)]
pub struct OpenHold {
    pub order: usize,
    pub seq: EntrySeq,
    pub amount: i64,
    /// The promotional part of the amount.
    pub promo: i64,
    /// What is left of the part that an included verification pays.
    pub included: i64,
    /// Whether that verification can come back.
    pub unit: bool,
    pub at: Timestamp,
}

/// The expected balances and counters, as plain sums.
#[derive(Debug, Default)]
pub struct Reference {
    pub topped_up: i128,
    pub adjusted: i128,
    pub given: i128,
    pub refunded: i128,
    /// The promotional part of what is available.
    pub promo: i128,
    pub earned: i128,
    /// What included verifications paid, less what came back.
    pub promoted: i128,
    /// The included verifications: how many there are and are used, the end of their period, and the first movement of it.
    pub allowance: Option<(u32, u32, Timestamp, EntrySeq)>,
    pub open: Vec<OpenHold>,
    pub orders: usize,
    pub movements: EntrySeq,
    pub day: i64,
    pub orders_today: u32,
    pub spent_today: i128,
    pub spent_by_month: BTreeMap<String, i128>,
    /// The part of it that orders cost.
    pub orders_by_month: BTreeMap<String, i128>,
}

impl Reference {
    pub fn held(&self) -> i128 {
        self.open.iter().map(|hold| i128::from(hold.amount)).sum()
    }

    pub fn available(&self) -> i128 {
        self.topped_up + self.adjusted + self.given + self.promoted - self.refunded - self.earned - self.held()
    }

    /// What included verifications pay of a movement, or what comes back of it.
    pub fn included_in(&self, movement: &Movement, at: Timestamp) -> i128 {
        let is_left = self.allowance.is_some_and(|(all, used, until, _)| at < until && used < all);
        match movement.kind {
            EntryKind::Hold if is_left => units(movement.included.amount).min(units(movement.amount)),
            EntryKind::Capture | EntryKind::Release => units(movement.included.amount),
            _ => 0,
        }
    }

    /// The expected promotional part of a movement.
    pub fn promo_in(&self, movement: &Movement, at: Timestamp) -> i128 {
        match movement.kind {
            EntryKind::Promo => units(movement.amount),
            EntryKind::Hold | EntryKind::Purchase => {
                (units(movement.amount) - self.included_in(movement, at)).min(self.promo)
            }
            EntryKind::Capture | EntryKind::Release => units(movement.promo),
            _ => 0,
        }
    }

    /// The expected result of a well-formed movement.
    pub fn verdict(&self, movement: &Movement, at: Timestamp) -> Result<(), LedgerError> {
        let amount = units(movement.amount);
        let paid = amount - self.included_in(movement, at);
        let short = |of: i128| {
            let missing = i64::try_from(paid - of).expect("small amounts");
            Err(LedgerError::InsufficientFunds { missing: Credits::from_units(missing) })
        };
        let own_money = self.available() - self.promo;
        match movement.kind {
            EntryKind::Hold | EntryKind::Purchase if paid > self.available() => short(self.available()),
            EntryKind::Refund if amount > own_money => short(own_money),
            EntryKind::Capture | EntryKind::Release if amount > self.held() => Err(LedgerError::NotHeld),
            EntryKind::Hold
                if amount > paid && self.available() + self.held() + amount - paid > i128::from(MAX_UNITS) =>
            {
                Err(LedgerError::TooLarge)
            }
            // The ledger rejects amounts that can't be stored. Held money counts, because it may be released.
            EntryKind::TopUp | EntryKind::Adjustment | EntryKind::Promo | EntryKind::RefundReturn
                if self.available() + self.held() + amount > i128::from(MAX_UNITS) =>
            {
                Err(LedgerError::TooLarge)
            }
            _ => Ok(()),
        }
    }

    pub fn record(&mut self, movement: &Movement, at: Timestamp) {
        let (amount, day) = (units(movement.amount), day_number(at));
        let promo = self.promo_in(movement, at);
        let included = self.included_in(movement, at);
        let paid = amount - included;
        self.movements += 1;
        if day != self.day {
            (self.day, self.orders_today, self.spent_today) = (day, 0, 0);
        }
        match movement.kind {
            EntryKind::TopUp => self.topped_up += amount,
            EntryKind::Adjustment => self.adjusted += amount,
            EntryKind::Refund => self.refunded += amount,
            EntryKind::RefundReturn => self.refunded -= amount,
            EntryKind::Promo => {
                self.given += amount;
                self.promo += promo;
            }
            EntryKind::Purchase => {
                self.earned += amount;
                self.promo -= promo;
                self.spend(amount, at);
                if let Some(Grant { units, until, counts_used }) = movement.grants {
                    let running = self.allowance.filter(|(_, _, until, _)| counts_used && at < *until);
                    let (used, began) = running.map_or((0, self.movements), |(_, used, _, began)| (used, began));
                    self.allowance = Some((units, used, until, began));
                }
            }
            EntryKind::Hold => {
                let (order, seq, amount) = (self.orders, self.movements, movement.amount.units());
                self.promo -= promo;
                let part = |of: i128| i64::try_from(of).expect("a part of the amount");
                let unit = included > 0;
                self.open.push(OpenHold { order, seq, amount, promo: part(promo), included: part(included), unit, at });
                self.orders += 1;
                self.orders_today += 1;
                self.promoted += included;
                self.spend(paid, at);
                self.orders_by_month(at, paid);
                if let Some((_, used, ..)) = self.allowance.as_mut().filter(|_| unit) {
                    *used += 1;
                }
            }
            EntryKind::Capture => {
                self.settle(movement);
                self.earned += amount;
            }
            EntryKind::Release => {
                self.promo += promo;
                // Only money that was held today counts as spent today, so only that is subtracted.
                self.promoted -= included;
                let held = self.settle(movement);
                let held_at = held.at;
                let returns = movement.included.units > 0;
                if let Some((_, used, ..)) = self.allowance.as_mut().filter(|(.., began)| returns && held.seq >= *began)
                {
                    *used -= 1;
                }
                if day_number(held_at) == day {
                    self.spent_today = (self.spent_today - paid).max(0);
                }
                // The same of a month.
                if held_at.month() == at.month() {
                    let spent = self.spent_by_month.entry(at.month()).or_default();
                    *spent = (*spent - paid).max(0);
                    self.orders_by_month(at, -paid);
                }
            }
            kind => unreachable!("no step makes a {kind:?}"),
        }
    }

    /// The counter is capped at the largest storable amount.
    fn spend(&mut self, amount: i128, at: Timestamp) {
        let of_month = self.spent_by_month.entry(at.month()).or_default();
        for sum in [&mut self.spent_today, of_month] {
            *sum = (*sum + amount).min(i128::from(MAX_UNITS));
        }
    }

    fn orders_by_month(&mut self, at: Timestamp, paid: i128) {
        let orders = self.orders_by_month.entry(at.month()).or_default();
        *orders = (*orders + paid).clamp(0, i128::from(MAX_UNITS));
    }

    /// What was spent in the UTC month, like `2026-11`.
    pub fn spent_in(&self, month: &str) -> i128 {
        self.spent_by_month.get(month).copied().unwrap_or_default()
    }

    /// Settles the movement's hold, and returns its previous state.
    fn settle(&mut self, movement: &Movement) -> OpenHold {
        let settles = movement.settles.map(|settled| settled.hold);
        let place = self.open.iter().position(|hold| Some(hold.seq) == settles).expect("settles an open hold");
        let before = self.open[place];
        self.open[place].amount -= movement.amount.units();
        self.open[place].promo -= movement.promo.units();
        self.open[place].included -= movement.included.amount.units();
        self.open[place].unit &= movement.included.units == 0;
        if self.open[place].amount == 0 {
            self.open.remove(place);
        }
        before
    }
}

pub fn day_number(at: Timestamp) -> i64 {
    at.millis().div_euclid(86_400_000)
}

/// A movement of this kind with its usual cause.
pub fn movement(kind: EntryKind, amount: i64, parts: bool) -> Movement {
    let amount = Credits::from_units(amount);
    let cause = match kind {
        EntryKind::Adjustment => Cause::Operator { reason: "a test".to_owned() },
        EntryKind::Promo => Cause::Registration,
        EntryKind::Purchase => Cause::Subscription { subscription_id: SubscriptionId::new(fixtures::start(), 1) },
        EntryKind::Hold | EntryKind::Capture | EntryKind::Release => fixtures::order(0),
        _ => fixtures::top_up(amount).cause,
    };
    let lines = if parts { fixtures::lines(amount, true) } else { Vec::new() };
    Movement { lines, ..Movement::new(kind, amount, cause, Actor::system("test")) }
}

pub fn hold(order: usize, amount: i64) -> Movement {
    let cause = fixtures::order(order);
    let actor = Actor::user(&fixtures::user());
    Movement { cause, actor, ..movement(EntryKind::Hold, amount, order.is_multiple_of(2)) }
}

/// Settles this amount of a hold.
pub fn settle_part(kind: EntryKind, hold: OpenHold, amount: i64, rule: Option<RefundRule>) -> Movement {
    let rule = rule.filter(|_| kind == EntryKind::Release).map(RefundRule::id);
    // What included verifications pay is captured first, and released last; then promotional credit.
    let (included, promo) = if kind == EntryKind::Capture {
        let included = amount.min(hold.included);
        (included, (amount - included).min(hold.promo))
    } else {
        let customers = hold.amount - hold.included;
        let included = (amount - customers).max(0);
        (included, (amount - included - (customers - hold.promo)).max(0))
    };
    // A unit is used up by the first capture of what it pays, and comes back with the last of it.
    let moves = if kind == EntryKind::Capture { included > 0 } else { included == hold.included };
    let included = Included { amount: Credits::from_units(included), units: u32::from(hold.unit && moves) };
    let promo = Credits::from_units(promo);
    let settles = Some(Settlement { hold: hold.seq, closes: amount == hold.amount });
    let cause = fixtures::order(hold.order);
    Movement { cause, settles, rule, promo, included, ..movement(kind, amount, hold.order.is_multiple_of(2)) }
}

/// Settles the rest of a hold.
pub fn settle(kind: EntryKind, hold: OpenHold, rule: Option<RefundRule>) -> Movement {
    settle_part(kind, hold, hold.amount, rule)
}
