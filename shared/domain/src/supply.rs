//! Identifiers of suppliers and their orders, and amounts in supplier currencies.

use crate::{Credits, money::UNITS_PER_CREDIT};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use thiserror::Error;
use utoipa::ToSchema;

/// A supplier, by its name in JSON (`provider`) and in keys: `5sim`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(examples("5sim"))]
pub struct SupplierId(String);

/// The supplier's identifier of an order that it sold us.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SupplierOrderId(String);

/// The currency of a supplier account, by its ISO 4217 code: `RUB`. Price rules have a rate for each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Currency(String);

macro_rules! text {
    ($name:ident) => {
        impl $name {
            /// Makes an identifier from a string.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The identifier as a string.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text!(SupplierId);
text!(SupplierOrderId);
text!(Currency);

/// Millionths in one unit of a currency.
const MICROS_PER_UNIT: i64 = 1_000_000;

/// An amount in a supplier account's currency, in millionths of its unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SupplierMoney(i64);

impl SupplierMoney {
    /// Makes an amount from millionths of the currency's unit.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// The amount in millionths of the currency's unit.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The amount in credits at this rate, rounded up; `None` on overflow.
    pub fn in_credits(self, credits_per_unit: Credits) -> Option<Credits> {
        Credits::from_units(self.0).scale_up(credits_per_unit.units(), MICROS_PER_UNIT)
    }

    /// The amount with this many percent added, rounded down; `None` on overflow.
    pub fn plus_percent(self, percent: i64) -> Option<Self> {
        self.0.checked_mul(percent).and_then(|share| self.0.checked_add(share / 100)).map(Self)
    }

    /// The largest amount that `price` covers at this rate, rounded down, so that its value in
    /// credits never exceeds the price.
    pub fn worth(price: Credits, credits_per_unit: Credits) -> Option<Self> {
        if credits_per_unit.units() <= 0 {
            return None;
        }
        let micros = i128::from(price.units()) * i128::from(MICROS_PER_UNIT) / i128::from(credits_per_unit.units());
        i64::try_from(micros).ok().map(Self)
    }
}

impl fmt::Display for SupplierMoney {
    /// Writes a plain decimal without trailing zeros: `12.5`, `0.000001`, `7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 1_000_000, self.0.unsigned_abs() % 1_000_000);
        if part == 0 {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{}", format!("{part:06}").trim_end_matches('0'))
        }
    }
}

/// The text is not a currency code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a currency is written like USD: three capital letters")]
pub struct NotACurrency;

impl FromStr for Currency {
    type Err = NotACurrency;

    fn from_str(text: &str) -> Result<Self, NotACurrency> {
        let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        if is_code { Ok(Self::new(text)) } else { Err(NotACurrency) }
    }
}

const _: () = assert!(UNITS_PER_CREDIT == 10_000, "rates are stored in ten-thousandths");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_like_the_supplier_writes_them() {
        for (micros, text) in [(7_000_000, "7"), (12_500_000, "12.5"), (1, "0.000001"), (-250_000, "-0.25")] {
            assert_eq!(SupplierMoney::from_micros(micros).to_string(), text);
        }
    }

    #[test]
    fn a_currency_is_three_capital_letters() {
        assert_eq!("USD".parse(), Ok(Currency::new("USD")));
        for text in ["", "usd", "US", "USDT", "U$D"] {
            assert_eq!(text.parse::<Currency>(), Err(NotACurrency), "{text}");
        }
    }

    #[test]
    fn a_cap_is_never_worth_more_than_its_price() {
        let (price, rate) = (Credits::from_units(3_800), Credits::from_units(62));
        let cap = SupplierMoney::worth(price, rate).unwrap();
        assert!(cap.in_credits(rate).unwrap() <= price);
        assert!(SupplierMoney::from_micros(cap.micros() + 20_000).in_credits(rate).unwrap() > price);
    }
}
