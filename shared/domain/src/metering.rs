//! Usage-based billing: what orders of a month cost beyond the included verifications, compared with a budget.
//!
//! Metering never makes debt: each order is held like any purchase. It labels the lines of what the wallet pays, warns at
//! parts of the budget, and stops purchases at the budget if the customer wants that.

use crate::{
    Credits, Timestamp,
    ledger::{Entry, Metered},
};
use serde::{Deserialize, Serialize};

/// The parts of a budget at which a letter is sent, in percent.
pub const ALERTS: [u8; 3] = [50, 80, 100];

/// How a customer's usage is metered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metering {
    /// The budget of a UTC month.
    pub budget: Credits,
    /// Whether purchases above the budget are refused.
    pub hard_stop: bool,
}

/// An alert that was ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetTold {
    /// The start of its month.
    pub month: Timestamp,
    /// The budget that it was about. After a change of the budget the alerts of the month are sent again.
    pub budget: Credits,
    /// The highest part that was told, in percent.
    pub percent: u8,
}

impl Metering {
    /// What is left of the budget, if this much is spent in the month.
    pub fn left(&self, spent: Credits) -> Credits {
        self.budget.counted_down(spent)
    }

    /// Checks whether a purchase is within the budget, if it may not be exceeded. Returns what is left if it is not. A
    /// purchase that costs the customer nothing always is.
    pub fn allows(&self, spent: Credits, pays: Credits) -> Result<(), Credits> {
        let left = self.left(spent);
        if !self.hard_stop || pays.is_zero() || pays <= left { Ok(()) } else { Err(left) }
    }
}

impl Metered {
    /// The highest of [`ALERTS`] that is reached; `None` below the first.
    pub fn reached(&self) -> Option<u8> {
        let (spent, budget) = (i128::from(self.spent.units()), i128::from(self.budget.units()));
        ALERTS.into_iter().rev().find(|percent| spent * 100 >= budget * i128::from(*percent))
    }
}

/// The alert that an entry gives reason to, if it was not told: once for each part of a budget in a month. One that jumps
/// over several parts tells of the highest.
pub fn alert(told: Option<BudgetTold>, entry: &Entry) -> Option<BudgetTold> {
    let metered = entry.metered?;
    let percent = metered.reached()?;
    let alert = BudgetTold { month: entry.at.start_of_month(), budget: metered.budget, percent };
    let is_old = |told: BudgetTold| {
        told.month > alert.month
            || (told.month, told.budget) == (alert.month, alert.budget) && told.percent >= alert.percent
    };
    (!told.is_some_and(is_old)).then_some(alert)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Actor, OrderId,
        ledger::{Cause, EntryKind, Movement, Wallet},
    };
    use proptest::prelude::*;

    fn credits(text: &str) -> Credits {
        text.parse().unwrap()
    }

    #[test]
    fn a_hard_stop_refuses_what_is_above_the_budget() {
        let metering = |hard_stop| Metering { budget: credits("10"), hard_stop };
        for (spent, pays, answer) in [
            ("0", "10", Ok(())),
            ("0", "10.0001", Err("10")),
            ("9.5", "0.5", Ok(())),
            ("9.5001", "0.5", Err("0.4999")),
            ("12", "0.01", Err("0")),
            ("12", "0", Ok(())),
        ] {
            let answer = answer.map_err(credits);
            assert_eq!(metering(true).allows(credits(spent), credits(pays)), answer, "{pays} after {spent}");
            assert_eq!(metering(false).allows(credits(spent), credits(pays)), Ok(()));
        }
    }

    #[test]
    fn the_highest_part_of_a_budget_is_told() {
        let budget = credits("10");
        for (spent, reached) in [
            ("0", None),
            ("4.9999", None),
            ("5", Some(50)),
            ("7.9999", Some(50)),
            ("8", Some(80)),
            ("9.9999", Some(80)),
            ("10", Some(100)),
            ("99", Some(100)),
        ] {
            assert_eq!(Metered { spent: credits(spent), budget }.reached(), reached, "{spent}");
        }
    }

    /// The entry of a metered purchase that takes the month to this sum.
    fn bought(spent: &str, budget: &str, at: &str) -> Entry {
        let at = at.parse().unwrap();
        let wallet = Wallet { available: credits("100"), ..Wallet::default() };
        let cause = Cause::Verification { verification_id: OrderId::new(at, 1) };
        let hold = Movement::new(EntryKind::Hold, credits(spent), cause, Actor::system("test"));
        wallet.post(&Movement { budget: Some(credits(budget)), ..hold }, at).unwrap().1
    }

    #[test]
    fn each_part_is_told_once_in_a_month() {
        let november = "2026-11-21T10:00:00Z";
        let told = |month: &str, budget, percent| BudgetTold {
            month: format!("{month}-01T00:00:00Z").parse().unwrap(),
            budget: credits(budget),
            percent,
        };
        let alert = |before, spent, budget, at| alert(before, &bought(spent, budget, at));
        assert_eq!(alert(None, "4.99", "10", november), None);
        assert_eq!(alert(None, "5", "10", november), Some(told("2026-11", "10", 50)));
        let before = Some(told("2026-11", "10", 50));
        assert_eq!(alert(before, "6", "10", november), None, "again");
        assert_eq!(alert(before, "10", "10", november), Some(told("2026-11", "10", 100)), "80 is left out");
        let before = Some(told("2026-11", "10", 100));
        assert_eq!(alert(before, "8", "10", november), None, "after a refund");
        assert_eq!(alert(before, "10", "20", november), Some(told("2026-11", "20", 50)), "another budget");
        assert_eq!(alert(before, "5", "10", "2026-12-01T00:00:00Z"), Some(told("2026-12", "10", 50)));
        assert_eq!(alert(Some(told("2026-12", "10", 50)), "10", "10", november), None, "an old entry, late");
        let plain = Entry { metered: None, ..bought("10", "10", november) };
        assert_eq!(super::alert(None, &plain), None);
    }

    proptest! {
        #[test]
        fn a_hard_stop_is_never_exceeded(prices in proptest::collection::vec(1_i64..40_000, 0..60), budget in 1_i64..400_000) {
            let metering = Metering { budget: Credits::from_units(budget), hard_stop: true };
            let mut spent = Credits::ZERO;
            for price in prices.into_iter().map(Credits::from_units) {
                if metering.allows(spent, price).is_ok() {
                    spent = spent.counted_up(price);
                }
                prop_assert!(spent <= metering.budget);
            }
        }
    }
}
