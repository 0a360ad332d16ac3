//! Decimal amounts, rounded as BTCPay Server rounds them.

use rust_decimal::{Decimal, RoundingStrategy};

/// The most digits after the point that a decimal can have.
const MOST_DIGITS: u32 = 28;

/// An amount of a coin. It is rounded up, so that a payment of it is never too little.
pub fn coins(amount: Decimal, digits: u32) -> Decimal {
    amount.round_dp_with_strategy(digits, RoundingStrategy::ToPositiveInfinity).normalize()
}

/// An amount that was paid, in the currency of an invoice.
pub fn paid(amount: Decimal, currency: &str) -> Decimal {
    amount.round_dp_with_strategy(digits(currency), RoundingStrategy::MidpointNearestEven)
}

/// The price of an invoice. It has more digits than its currency if it would change by one percent or more otherwise.
pub fn price(amount: Decimal, currency: &str) -> Decimal {
    let rounded = |digits| amount.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    let is_near = |rounded: &Decimal| (*rounded - amount).abs() * Decimal::ONE_HUNDRED < amount.abs();
    (digits(currency)..MOST_DIGITS).map(rounded).find(is_near).unwrap_or(amount)
}

/// The digits after the point of a currency.
pub fn digits(currency: &str) -> u32 {
    match currency {
        "JPY" | "RWF" | "UGX" | "XAF" | "XOF" => 0,
        "USDT" => 6,
        "BTC" => 8,
        "SOL" => 9,
        "ETH" => 18,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn coins_are_rounded_up() {
        for (amount, digits, expected) in [("0.000083333333", 8, "0.00008334"), ("0.5", 8, "0.5"), ("1.1", 0, "2")] {
            assert_eq!(coins(decimal(amount), digits).to_string(), expected);
        }
    }

    #[test]
    fn a_price_keeps_what_matters() {
        for (amount, currency, expected) in
            [("5.00", "USD", "5.00"), ("5.005", "USD", "5.01"), ("0.001", "USD", "0.001"), ("99.6", "JPY", "100")]
        {
            assert_eq!(price(decimal(amount), currency).to_string(), expected);
        }
        assert_eq!(price(Decimal::ZERO, "USD"), Decimal::ZERO);
    }
}
