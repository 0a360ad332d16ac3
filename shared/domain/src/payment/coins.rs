//! What coins are worth, and how many go back.

use super::Minor;
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};

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

/// The coins that a refund of this money sends, rounded down to `decimals`; `None` if there are none. The higher of the
/// payment's rate and the rate of now counts. So nobody gets more coins than were paid, and none that are worth more than
/// the money: otherwise a payment would be a free bet on the coin.
pub fn coins_back(money: Minor, then: Decimal, now: Decimal, decimals: u32) -> Option<Decimal> {
    let rate = then.max(now);
    if then.is_sign_negative() || now <= Decimal::ZERO {
        return None;
    }
    let money = Decimal::from(money.get()).checked_div(MINOR_PER_UNIT)?;
    let coins = money.checked_div(rate)?.round_dp_with_strategy(decimals, RoundingStrategy::ToZero);
    (coins > Decimal::ZERO).then_some(coins.normalize())
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

    #[test]
    fn coins_go_back_at_the_higher_rate() {
        for (minor, then, now, decimals, coins) in [
            (5_000, "60000", "60000", 8, Some("0.00083333")),
            // The coin rose: fewer coins of the same worth. It fell: no more coins than were paid.
            (5_000, "60000", "120000", 8, Some("0.00041666")),
            (5_000, "60000", "30000", 8, Some("0.00083333")),
            (5_000, "0", "60000", 8, Some("0.00083333")),
            (5_000, "1.0001", "1", 6, Some("49.995")),
            (1, "60000", "60000", 8, Some("0.00000016")),
            (1, "60000", "60000", 6, None),
            (0, "60000", "60000", 8, None),
            (5_000, "60000", "0", 8, None),
            (5_000, "-1", "1", 8, None),
            (5_000, "1", "-1", 8, None),
        ] {
            let decimal = |text: &str| text.parse().unwrap();
            let found = coins_back(Minor::new(minor), decimal(then), decimal(now), decimals);
            assert_eq!(found, coins.map(decimal), "{minor} {then} {now}");
        }
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

    proptest! {
        #[test]
        fn no_refund_sends_more_coins_than_were_paid(
            satoshis in 1..10_000_000_000_u64, then in 1..20_000_000_u64, now in 1..20_000_000_u64,
        ) {
            let decimal = |number: u64, scale| Decimal::from_i128_with_scale(i128::from(number), scale);
            let (paid, then, now) = (decimal(satoshis, 8), decimal(then, 2), decimal(now, 2));
            let money = worth(paid, then, None, false).expect("small numbers");
            let back = coins_back(money, then, now, 8).unwrap_or_default();
            prop_assert!(back <= paid);
            prop_assert!(back * now * MINOR_PER_UNIT <= Decimal::from(money.get()));
        }
    }
}
