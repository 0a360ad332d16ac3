//! How often the chain of a coin must confirm a payment before it counts as settled.

use crate::Credits;
use std::time::Duration;

/// How long a confirmation takes at most, nearly always: three times the usual time between blocks of Bitcoin. Gateways do
/// not say how often a payment was confirmed, so more confirmations than they were asked for are waited for.
pub const CONFIRMATION_TAKES: Duration = Duration::from_mins(30);

/// The largest payments that need so many confirmations (docs/rules.md, "Payments").
const STEPS: [(Credits, u32); 2] = [(Credits::from_units(500_000), 1), (Credits::from_units(5_000_000), 2)];
/// The confirmations of larger payments.
const MOST: u32 = 6;

/// The confirmations that a payment of these credits needs, counted in blocks of Bitcoin. A payment that is in no block
/// yet never counts, because its sender can still take it back.
pub fn confirmations(credits: Credits) -> u32 {
    STEPS.iter().find(|(largest, _)| credits <= *largest).map_or(MOST, |(_, confirmations)| *confirmations)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn more_money_needs_more_confirmations_and_none_counts_without() {
        for (credits, needed) in [
            ("0.0001", 1),
            ("2.5000", 1),
            ("50.0000", 1),
            ("50.0001", 2),
            ("500.0000", 2),
            ("500.0001", 6),
            ("5000.0000", 6),
        ] {
            assert_eq!(confirmations(credits.parse().unwrap()), needed, "{credits}");
        }
        assert_eq!(confirmations(Credits::ZERO), 1);
    }

    proptest! {
        #[test]
        fn more_credits_never_need_fewer_confirmations(units in 0_i64..100_000_000, more in 0_i64..10_000_000) {
            let (less, more) = (Credits::from_units(units), Credits::from_units(units + more));
            prop_assert!(confirmations(less) >= 1);
            prop_assert!(confirmations(less) <= confirmations(more));
            prop_assert!(confirmations(more) <= MOST);
        }
    }
}
