//! What a period costs.

use super::{Period, SubscriptionEvent};
use crate::{Credits, Plan, Timestamp};
use serde::{Deserialize, Serialize};

/// What was charged for a period, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// Why.
    pub event: SubscriptionEvent,
    /// The price of the whole period.
    pub price: Credits,
    /// The unused share of the period before, which counts towards the price.
    pub unused: Credits,
    /// The mark of the request that paid it; `None` for a renewal by a worker.
    pub mark: Option<u64>,
}

impl Charge {
    /// Nothing was charged.
    pub(super) const FREE: Self =
        Self { event: SubscriptionEvent::Ended, price: Credits::ZERO, unused: Credits::ZERO, mark: None };

    /// The full price of a period.
    pub(super) const fn full(event: SubscriptionEvent, plan: Plan, mark: Option<u64>) -> Self {
        Self { event, price: plan.month_price(), unused: Credits::ZERO, mark }
    }

    /// What is paid. A share above the price pays it all, and the rest is lost.
    pub fn amount(&self) -> Credits {
        self.price.counted_down(self.unused)
    }
}

/// The share of a period's price for the time that is left, by the millisecond. It is rounded up to the next
/// ten-thousandth, in the customer's favour, and never above the price.
pub fn unused_share(price: Credits, period: Period, now: Timestamp) -> Credits {
    let millis = |span: std::time::Duration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
    let share = price.scale_up(millis(period.left(now)), millis(period.length()));
    share.unwrap_or(Credits::ZERO).min(price)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_share_is_that_of_the_time_left() {
        let start: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
        let period = Period::first(start);
        for (at, share) in [
            ("2026-11-01T00:00:00.000Z", "12.5000"),
            ("2026-11-01T00:00:00.001Z", "12.5000"),
            ("2026-11-11T00:00:00.000Z", "8.3334"),
            ("2026-11-16T00:00:00.000Z", "6.2500"),
            ("2026-11-30T23:59:59.999Z", "0.0001"),
            ("2026-12-01T00:00:00.000Z", "0.0000"),
            ("2027-01-01T00:00:00.000Z", "0.0000"),
            ("2026-10-31T00:00:00.000Z", "12.5000"),
        ] {
            assert_eq!(unused_share(Plan::Pro.month_price(), period, at.parse().unwrap()).to_string(), share, "{at}");
        }
    }

    proptest! {
        #[test]
        fn the_share_never_exceeds_the_price_and_never_grows(
            price in 0..=crate::money::MAX_UNITS, start in 0..4_000_000_000_000_i64,
            first in 0..3_000_000_000_i64, later in 0..3_000_000_000_i64,
        ) {
            let price = Credits::from_units(price);
            let period = Period::first(Timestamp::from_millis(start));
            let share = |after: i64| unused_share(price, period, Timestamp::from_millis(start + after));
            let (early, late) = (share(first), share(first + later));
            prop_assert!(late <= early && early <= price);
            // Less than a unit in the customer's favour.
            let exact = i128::from(price.units()) * i128::try_from(period.left(Timestamp::from_millis(start + first)).as_millis()).unwrap();
            let length = i128::try_from(period.length().as_millis()).unwrap();
            let error = i128::from(early.units()) * length - exact;
            prop_assert!((0..length).contains(&error));
        }
    }
}
