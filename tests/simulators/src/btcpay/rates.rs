//! Exchange rates of the store: what one unit costs in another currency.

use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// Prices of coins, in hundredths of a dollar.
const COINS: [(&str, i64); 4] = [("BTC", 6_000_000), ("ETH", 250_000), ("SOL", 15_000), ("USDT", 100)];

/// Hundredths of a unit that a dollar costs.
const FIAT: [(&str, i64); 16] = [
    ("USD", 100),
    ("BRL", 540),
    ("CAD", 137),
    ("EUR", 92),
    ("GBP", 79),
    ("GHS", 1_550),
    ("INR", 8_400),
    ("JPY", 15_000),
    ("KES", 12_950),
    ("NGN", 155_000),
    ("RWF", 135_000),
    ("TZS", 270_000),
    ("UGX", 370_000),
    ("XAF", 60_500),
    ("XOF", 60_500),
    ("ZAR", 1_820),
];

/// Digits after the point of a rate that is calculated from two others.
const DIGITS: u32 = 10;

/// The rates: those that were set, and those that follow from them.
#[derive(Debug, Default)]
pub struct Rates {
    /// By pair. A pair without a rate is one that no exchange answers for.
    set: BTreeMap<(String, String), Option<Decimal>>,
}

impl Rates {
    /// Sets the rate of a pair. Pairs that are calculated from it move, too.
    pub fn set(&mut self, left: &str, right: &str, rate: Option<Decimal>) {
        self.set.insert((left.to_owned(), right.to_owned()), rate);
    }

    /// The price of one unit of `left` in `right`.
    pub fn of(&self, left: &str, right: &str) -> Option<Decimal> {
        if let Some(rate) = self.set.get(&(left.to_owned(), right.to_owned())) {
            return *rate;
        }
        if left == right {
            return Some(Decimal::ONE);
        }
        let rate = self.in_dollars(left)?.checked_div(self.in_dollars(right)?)?;
        Some(rate.round_dp_with_strategy(DIGITS, RoundingStrategy::MidpointNearestEven).normalize())
    }

    fn in_dollars(&self, currency: &str) -> Option<Decimal> {
        let set = |left: &str, right: &str| self.set.get(&(left.to_owned(), right.to_owned())).copied();
        if let Some((_, price)) = COINS.iter().find(|(coin, _)| *coin == currency) {
            return set(currency, "USD").unwrap_or(Some(Decimal::new(*price, 2)));
        }
        let (_, per_dollar) = FIAT.iter().find(|(fiat, _)| *fiat == currency)?;
        Decimal::ONE.checked_div(set("USD", currency).unwrap_or(Some(Decimal::new(*per_dollar, 2)))?)
    }
}

/// The two currencies of a pair, such as `BTC_USD`.
pub fn pair(text: &str) -> Option<(String, String)> {
    let (left, right) = text.trim().split_once(['_', '-'])?;
    let is_code = |code: &str| (2..=10).contains(&code.len()) && code.chars().all(|sign| sign.is_ascii_alphanumeric());
    (is_code(left) && is_code(right)).then(|| (left.to_ascii_uppercase(), right.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_follow_those_that_were_set() {
        let mut rates = Rates::default();
        let of = |rates: &Rates, left, right| rates.of(left, right).map(|rate| rate.to_string());
        assert_eq!(of(&rates, "BTC", "USD").as_deref(), Some("60000"));
        assert_eq!(of(&rates, "BTC", "KES").as_deref(), Some("7770000"));
        rates.set("BTC", "USD", Some(Decimal::from(50_000)));
        assert_eq!(of(&rates, "BTC", "KES").as_deref(), Some("6475000"));
        assert_eq!(of(&rates, "USDT", "BTC").as_deref(), Some("0.00002"));
        rates.set("BTC", "KES", Some(Decimal::from(7_000_000)));
        assert_eq!(of(&rates, "BTC", "KES").as_deref(), Some("7000000"));
        rates.set("BTC", "USD", None);
        assert_eq!((of(&rates, "BTC", "USD"), of(&rates, "BTC", "EUR")), (None, None));
        assert_eq!(of(&rates, "BTC", "XYZ"), None);
    }

    #[test]
    fn pairs() {
        assert_eq!(pair("btc_usd"), Some(("BTC".to_owned(), "USD".to_owned())));
        for wrong in ["BTCUSD", "BTC_", "B_USD", "BTC_US$"] {
            assert_eq!(pair(wrong), None, "{wrong}");
        }
    }
}
