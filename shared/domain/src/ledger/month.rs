//! What a customer spends in a UTC month. The sums are part of the wallet, so no list of entries is read for them.

use super::{Account, EntryKind, Movement};
use crate::{Credits, EntrySeq, Timestamp, money::MAX_UNITS};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How much of the last month counts in the forecast. Without it, one purchase in the first hour of a month would
/// forecast hundreds.
const OF_LAST_MONTH: Duration = Duration::from_hours(3 * 24);

/// The spending of the month of the newest movement, and of the month before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spending {
    /// The UTC month, like `2026-11`; empty before the first movement.
    month: String,
    /// What was held or paid in it, less what was given back of that.
    spent: Credits,
    /// The part of it that orders cost.
    #[serde(default)]
    orders: Credits,
    /// What was spent in the month before.
    #[serde(default)]
    before: Credits,
    /// The number of the month's first entry.
    began: EntrySeq,
}

/// The spending at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthlySpending {
    /// The UTC month, like `2026-11`.
    pub month: String,
    /// What was held or paid in it, less what was given back of that.
    pub spent: Credits,
    /// The part of it that orders cost. Budgets of usage-based billing are compared with it.
    pub orders: Credits,
    /// What `spent` will be at the end of the month, if the customer goes on like this.
    pub forecast: Credits,
    /// What was spent in the month before.
    pub last_month: Credits,
}

impl Spending {
    /// The spending in the month of `at`.
    pub fn at(&self, at: Timestamp) -> MonthlySpending {
        let now = self.clone().moved_to(at, 0);
        // A clock that is a little behind sees the month that began.
        let at = Timestamp::of_month(&now.month).map_or(at, |start| at.max(start));
        let forecast = forecast(now.spent, now.before, at);
        MonthlySpending { month: now.month, spent: now.spent, orders: now.orders, forecast, last_month: now.before }
    }

    /// The sums after the movement with the entry number `seq`.
    pub(super) fn after(&self, movement: &Movement, seq: EntrySeq, at: Timestamp) -> Self {
        let mut sums = self.clone().moved_to(at, seq);
        let (amount, is_order) = (movement.customers_part(), movement.cause.order_kind().is_some());
        let of_orders = if is_order { amount } else { Credits::ZERO };
        if is_spending(movement) {
            sums.spent = sums.spent.counted_up(amount);
            sums.orders = sums.orders.counted_up(of_orders);
        } else if sums.gives_back(movement) {
            sums.spent = sums.spent.counted_down(amount);
            sums.orders = sums.orders.counted_down(of_orders);
        }
        sums
    }

    /// The sums in the month of `at`, of which `seq` is the first entry if it is a new month.
    fn moved_to(self, at: Timestamp, seq: EntrySeq) -> Self {
        let month = at.month();
        // A clock that is a little behind must not restore the month before.
        if self.month >= month {
            return self;
        }
        let follows = at.start_of_month().minus(Duration::from_millis(1)).month() == self.month;
        let before = if follows { self.spent } else { Credits::ZERO };
        Self { month, spent: Credits::ZERO, orders: Credits::ZERO, before, began: seq }
    }

    /// Whether money comes back that was spent in this month. A hold has a number; a price that was paid has none, so
    /// it counts in the month in which it comes back.
    fn gives_back(&self, movement: &Movement) -> bool {
        match movement.kind {
            EntryKind::Release if movement.cause.order_kind().is_some() => {
                movement.settles.is_some_and(|settled| settled.hold >= self.began)
            }
            EntryKind::Refund => movement.route.credit == Account::Available,
            _ => false,
        }
    }
}

/// Whether the customer buys something. The money of a disputed payment is only frozen.
const fn is_spending(movement: &Movement) -> bool {
    matches!(movement.kind, EntryKind::Hold | EntryKind::Purchase | EntryKind::Fee)
}

/// What is spent at the end of the month: what is spent at `at`, and for the rest of the month the average of the month
/// so far and of three days of the last one. Rounded down to a ten-thousandth.
fn forecast(spent: Credits, last_month: Credits, at: Timestamp) -> Credits {
    let millis = |span: Duration| i128::try_from(span.as_millis()).unwrap_or(i128::MAX);
    let (start, end) = (at.start_of_month(), at.end_of_month());
    let length_before = millis(start.since(start.minus(Duration::from_millis(1)).start_of_month())).max(1);
    let (past, rest, added) = (millis(at.since(start)), millis(end.since(at)), millis(OF_LAST_MONTH));
    let (spent, last_month) = (i128::from(spent.units()), i128::from(last_month.units()));
    // One fraction, so that nothing is rounded twice: (spent + last × added / length) × rest / (past + added).
    let counted = spent * length_before + last_month * added;
    let more = counted * rest / ((past + added) * length_before);
    Credits::from_units(i64::try_from(spent + more).unwrap_or(MAX_UNITS).min(MAX_UNITS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn credits(text: &str) -> Credits {
        text.parse().unwrap()
    }

    #[test]
    fn the_forecast_is_the_average_of_the_month_and_of_three_days_before() {
        for (spent, last, now, expected, what) in [
            ("0", "30", "2026-11-01T00:00:00Z", "29.0322", "the last month's average: 30 of its 31 days"),
            ("0", "31", "2026-11-01T00:00:00Z", "30", "as much a day as in October"),
            ("10", "31", "2026-11-11T00:00:00Z", "30", "a credit a day in both"),
            ("10", "0", "2026-11-11T00:00:00Z", "25.3846", "10 in 13 days, for 20 more"),
            ("1", "0", "2026-11-01T01:00:00Z", "10.8493", "one purchase in the first hour is no hundreds"),
            ("7", "100", "2026-11-30T23:59:59.999Z", "7", "nothing more in the last millisecond"),
            ("0", "0", "2026-11-15T00:00:00Z", "0", "nothing of nothing"),
            ("28", "31", "2026-02-28T00:00:00Z", "29.0333", "a day of February is left"),
            ("28", "31", "2028-02-28T00:00:00Z", "30.0666", "two in a leap year"),
        ] {
            let forecast = forecast(credits(spent), credits(last), at(now));
            assert_eq!(forecast.to_string(), credits(expected).to_string(), "{what}");
        }
    }

    #[test]
    fn a_month_and_a_year_end_at_midnight_in_utc() {
        let december = Spending {
            month: "2026-12".into(),
            spent: credits("4"),
            orders: credits("1"),
            before: credits("9"),
            began: 7,
        };
        let seen = |now: &str| {
            let MonthlySpending { month, spent, last_month, .. } = december.at(at(now));
            (month, spent.to_string(), last_month.to_string())
        };
        let is =
            |month: &str, spent: &str, last: &str| (month.to_owned(), format!("{spent}.0000"), format!("{last}.0000"));
        assert_eq!(seen("2026-12-31T23:59:59.999Z"), is("2026-12", "4", "9"));
        assert_eq!(seen("2027-01-01T00:00:00Z"), is("2027-01", "0", "4"));
        assert_eq!(seen("2027-01-01T00:30:00+01:00"), is("2026-12", "4", "9"), "UTC decides");
        assert_eq!(seen("2027-01-31T23:59:59.999Z"), is("2027-01", "0", "4"));
        assert_eq!(seen("2027-02-01T00:00:00Z"), is("2027-02", "0", "0"), "nothing was spent in January");
        assert_eq!(seen("2027-12-01T00:00:00Z"), is("2027-12", "0", "0"), "the same month of another year");
        assert_eq!(seen("2026-11-30T23:59:59.999Z"), is("2026-12", "4", "9"), "a clock that is a little behind");
        let forecast = |now| december.at(at(now)).forecast;
        assert_eq!(forecast("2026-11-30T23:59:59.999Z"), forecast("2026-12-01T00:00:00Z"));
        assert_eq!(Spending::default().at(at("2026-12-31T00:00:00Z")).spent, Credits::ZERO);
    }

    proptest! {
        #[test]
        fn a_forecast_is_at_least_what_is_spent(
            spent in 0..=MAX_UNITS, last in 0..=MAX_UNITS, now in 0_i64..4_102_444_800_000,
        ) {
            let [spent, last] = [spent, last].map(Credits::from_units);
            let now = Timestamp::from_millis(now);
            let sum = forecast(spent, last, now);
            prop_assert!((spent..=Credits::MAX).contains(&sum));
            let later = Timestamp::from_millis(now.end_of_month().millis() - 1);
            prop_assert!(forecast(spent, last, later) <= sum, "less can be added later");
            prop_assert!(forecast(spent, last.counted_up(spent), now) >= sum, "more last month, more now");
        }
    }
}
