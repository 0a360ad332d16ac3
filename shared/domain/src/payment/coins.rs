//! What coins are worth.

use super::Minor;
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// Gateways round the coins of a payment to the coin's decimals, so that they may be worth a little less than the
/// amount. A worth that lacks at most this part of a minor unit is rounded up, once for a payment: otherwise many small
/// coins would be worth more than a large one.
const ROUNDING: Decimal = Decimal::from_parts(1, 0, 0, false, 1);
const MINOR_PER_UNIT: Decimal = Decimal::from_parts(100, 0, 0, false, 0);

/// The worth of coins at this rate (units of the currency for a coin). For coins that settled after their time was over,
/// `late` is the rate of now, and the lower one counts (docs/rules.md, "Payments"). Only the worth of the first coins of a
/// payment is rounded up. `None` if it can't be counted.
pub fn worth(coins: Decimal, rate: Decimal, late: Option<Decimal>, is_first: bool) -> Option<Minor> {
    let rate = late.map_or(rate, |now| now.min(rate));
    if coins.is_sign_negative() || rate.is_sign_negative() {
        return None;
    }
    let rounding = if is_first { ROUNDING } else { Decimal::ZERO };
    let minor = coins.checked_mul(rate)?.checked_mul(MINOR_PER_UNIT)?.checked_add(rounding)?;
    minor.floor().to_u64().map(Minor::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The units of a coin in the properties, as those of Bitcoin.
    const PER_COIN: u128 = 100_000_000;

    fn of(coins: &str, rate: &str, late: Option<&str>) -> Option<u64> {
        let decimal = |text: &str| text.parse().unwrap();
        worth(decimal(coins), decimal(rate), late.map(decimal), true).map(Minor::get)
    }

    #[test]
    fn coins_are_worth_their_rate_and_late_ones_the_lower_rate() {
        for (coins, rate, late, minor) in [
            ("0.00083334", "60000", None, 5000),
            ("0.00083333", "60000", None, 4999 + 1), // 49.9998: rounded by the gateway
            ("0.00083300", "60000", None, 4998),
            ("0.00083334", "60000", Some("30000"), 2500),
            ("0.00083334", "60000", Some("90000"), 5000),
            ("0.00000001", "60000", None, 0),
            ("0.016666666666666667", "3000", None, 5000),
            ("0", "60000", None, 0),
        ] {
            assert_eq!(of(coins, rate, late), Some(minor), "{coins} × {rate} {late:?}");
        }
        assert_eq!(of("-1", "60000", None), None);
        assert_eq!(of("79228162514264337593543950335", "60000", None), None, "too many to count");
    }

    /// The worth of so many satoshis at a rate in cents.
    fn minor(satoshis: u64, cents: u64, late: Option<u64>) -> u128 {
        let decimal = |number: u64, scale| Decimal::from_i128_with_scale(i128::from(number), scale);
        let minor =
            |is_first| worth(decimal(satoshis, 8), decimal(cents, 2), late.map(|late| decimal(late, 2)), is_first);
        let (minor, later) = (minor(true), minor(false));
        assert!(later <= minor && minor <= later.map(|later| later.plus(Minor::new(1))));
        u128::from(minor.expect("small numbers").get())
    }

    #[test]
    fn many_small_coins_are_never_worth_more_than_a_large_one() {
        // 0.9 cents each: rounded up, each would be worth one.
        let (coins, rate) = (Decimal::new(15, 8), Decimal::from(60_000));
        let worth = |coins, is_first| worth(coins, rate, None, is_first).map(Minor::get);
        assert_eq!((worth(coins, true), worth(coins, false)), (Some(1), Some(0)));
        assert_eq!(worth(coins * Decimal::from(100), true), Some(90));
    }

    proptest! {
        #[test]
        fn coins_are_worth_their_rate_and_at_most_the_rounding_more(
            satoshis in 0_u64..10_000_000_000,
            cents in 0_u64..100_000_000,
        ) {
            let exact = u128::from(satoshis) * u128::from(cents);
            prop_assert_eq!(minor(satoshis, cents, None), (exact + PER_COIN / 10) / PER_COIN);
            prop_assert!(minor(satoshis, cents, None) * PER_COIN <= exact + PER_COIN / 10);
        }

        #[test]
        fn more_coins_and_a_higher_rate_are_worth_at_least_as_much(
            satoshis in 0_u64..10_000_000_000,
            cents in 0_u64..100_000_000,
            more in 0_u64..1_000_000,
            late in 0_u64..200_000_000,
        ) {
            let worth = minor(satoshis, cents, None);
            prop_assert!(minor(satoshis + more, cents, None) >= worth);
            prop_assert!(minor(satoshis, cents + more, None) >= worth);
            let later = minor(satoshis, cents, Some(late));
            prop_assert!(later <= worth && later == minor(satoshis, cents.min(late), None), "the lower rate counts");
            prop_assert!(minor(satoshis, cents, Some(late + more)) >= later);
        }
    }
}
