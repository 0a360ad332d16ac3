//! Currencies in which an account of the United States can be paid. GHS is not among Stripe's.

use serde_json::{Value, json};

/// The smallest charge in the account's own currency, in cents.
const LEAST_CENTS: i64 = 50;
/// The largest charge in any currency.
pub const MOST: i64 = 99_999_999;

/// A currency with two decimals.
#[derive(Debug, PartialEq, Eq)]
pub struct Currency {
    pub code: &'static str,
    pub sign: &'static str,
    /// The smallest charge that Stripe lists; without one, the charge must convert to 50 cents.
    listed: Option<i64>,
    /// Dollars for a unit, in millionths.
    rate: u32,
}

/// All currencies, dollars first.
pub static ALL: [Currency; 6] = [
    Currency { code: "usd", sign: "$", listed: Some(50), rate: 1_000_000 },
    Currency { code: "eur", sign: "€", listed: Some(50), rate: 1_100_000 },
    Currency { code: "gbp", sign: "£", listed: Some(30), rate: 1_300_000 },
    Currency { code: "kes", sign: "Ksh", listed: None, rate: 7_700 },
    Currency { code: "ngn", sign: "₦", listed: None, rate: 650 },
    Currency { code: "zar", sign: "R", listed: None, rate: 55_000 },
];

/// The currency with a code in lower case.
pub fn find(code: &str) -> Option<&'static Currency> {
    ALL.iter().find(|currency| currency.code == code)
}

impl Currency {
    /// An amount for people: `$2.50`.
    pub fn shown(&self, amount: i64) -> String {
        format!("{}{}.{:02}", self.sign, amount / 100, amount % 100)
    }

    /// The amount in cents, which the account gets.
    pub fn settled(&self, amount: i64) -> i64 {
        (amount * i64::from(self.rate) + 500_000) / 1_000_000
    }

    /// The rate on a balance transaction; null for dollars.
    pub fn exchange_rate(&self) -> Value {
        if self.code == "usd" { Value::Null } else { json!(f64::from(self.rate) / 1_000_000.0) }
    }

    /// Why an amount of at most [`MOST`] is too small, as the end of a sentence.
    pub fn too_small(&self, amount: i64) -> Option<String> {
        match self.listed {
            Some(least) if amount < least => Some(format!("be at least {} {}", self.shown(least), self.code)),
            None if amount * i64::from(self.rate) < LEAST_CENTS * 1_000_000 => Some(format!(
                "convert to at least {LEAST_CENTS} cents. {} converts to approximately {}",
                self.shown(amount),
                ALL[0].shown(self.settled(amount))
            )),
            _ => None,
        }
    }
}
