//! Our rating at a supplier, and what it allows customers without a standing of their own.

use crate::standing::AT_RISK;
use serde::{Deserialize, Serialize};
use std::{fmt, time::Duration};

/// Our rating at a supplier, in hundredths of its points. 5SIM's is 9600 at most, and at 0 it sells nothing
/// for a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rating(u32);

/// Below this, only customers buy whose own orders earned it: two thirds of 5SIM's maximum.
const FLOOR: Rating = Rating(6400);
/// The rating that new customers together can't take away: half of 5SIM's maximum.
const KEPT: Rating = Rating(4800);
/// The part of the rating above [`KEPT`] that new customers may risk in one window: one of two, because the
/// orders of one window may end in the next one.
const WINDOWS_AT_RISK: i64 = 2;
/// The window in which the purchases of new customers are counted: the longest life of an order.
pub const NEWCOMERS_WINDOW: Duration = Duration::from_mins(20);

impl Rating {
    /// Makes a rating from hundredths of a point.
    pub const fn from_hundredths(hundredths: u32) -> Self {
        Self(hundredths)
    }

    /// The rating in hundredths of a point.
    pub const fn hundredths(self) -> u32 {
        self.0
    }

    /// Whether only customers may buy whose own orders earned it.
    pub fn is_low(self) -> bool {
        self < FLOOR
    }

    /// How many orders all customers without a standing may open in one window.
    pub fn newcomers_orders(self) -> u32 {
        if self.is_low() {
            return 0;
        }
        let above = i64::from(self.0) - i64::from(KEPT.0);
        u32::try_from(above / (WINDOWS_AT_RISK * AT_RISK)).unwrap_or(0)
    }
}

impl fmt::Display for Rating {
    /// In points: `95.85`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_shown_in_points() {
        assert_eq!(Rating::from_hundredths(9_505).to_string(), "95.05");
    }

    #[test]
    fn new_customers_together_never_take_the_rating_below_half() {
        for hundredths in 0..=9_600_u32 {
            let rating = Rating::from_hundredths(hundredths);
            let cost = i64::from(2 * rating.newcomers_orders()) * AT_RISK;
            assert!(cost == 0 || i64::from(hundredths) - cost >= i64::from(KEPT.0), "{hundredths}");
            assert_eq!(rating.newcomers_orders() == 0, rating.is_low(), "{hundredths}");
        }
        assert_eq!(Rating::from_hundredths(9_600).newcomers_orders(), 160);
    }
}
