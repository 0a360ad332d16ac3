//! How much may be topped up at once (docs/rules.md, "Payments").

use super::{Amount, CreditPrice, Minor};
use crate::Credits;
use thiserror::Error;

/// The smallest top-up.
pub const SMALLEST_TOP_UP: Credits = Credits::from_units(25_000);
/// The largest top-up.
pub const LARGEST_TOP_UP: Credits = Credits::from_units(50_000_000);

/// The most payments of a customer that may be open at once: each is asked about for a day, and promises its price.
pub const MOST_OPEN: usize = 10;

/// The amount is worth too little or too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an amount from {least} to {most} can be paid")]
pub struct NotInLimits {
    /// The smallest amount in this currency.
    pub least: Minor,
    /// The largest one.
    pub most: Minor,
}

/// The credits for an amount at this price, if it is within the limits.
pub fn credits_of(amount: Amount, price: CreditPrice) -> Result<Credits, NotInLimits> {
    let credits = price.credits_for(amount.minor);
    credits
        .filter(|credits| (SMALLEST_TOP_UP..=LARGEST_TOP_UP).contains(credits))
        .ok_or(NotInLimits { least: price.amount_for(SMALLEST_TOP_UP), most: price.amount_for(LARGEST_TOP_UP) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment::PayCurrency;

    #[test]
    fn the_limits_are_those_of_the_price_list_in_every_currency() {
        let price = CreditPrice::new(Minor::new(200)).unwrap();
        let of = |minor| credits_of(Amount { minor: Minor::new(minor), currency: PayCurrency::Usd }, price);
        let limits = NotInLimits { least: Minor::new(500), most: Minor::new(1_000_000) };
        assert_eq!(of(500).map(|credits| credits.to_string()).as_deref(), Ok("2.5000"));
        assert_eq!(of(1_000_000).map(|credits| credits.to_string()).as_deref(), Ok("5000.0000"));
        for outside in [0, 499, 1_000_001, u64::MAX] {
            assert_eq!(of(outside), Err(limits), "{outside}");
        }
        // 31.07 cedis a credit: the smallest amount is rounded up, and is itself within the limits.
        let price = CreditPrice::new(Minor::new(3_107)).unwrap();
        let of = |minor| credits_of(Amount { minor: Minor::new(minor), currency: PayCurrency::Ghs }, price);
        assert_eq!(
            of(0).map_err(|limits| of(limits.least.get()).is_ok() && of(limits.least.get() - 1).is_err()),
            Err(true)
        );
    }
}
