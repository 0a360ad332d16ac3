//! Money outside of the house: whole minor units of a currency, and the price of a credit in it.

use crate::{CountryCode, Credits, money::UNITS_PER_CREDIT};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};
use strum::VariantArray;
use thiserror::Error;
use utoipa::ToSchema;

/// A currency in which customers pay (docs/rules.md, "Payments"). Each has two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, VariantArray)]
#[serde(rename_all = "UPPERCASE")]
pub enum PayCurrency {
    /// Ghanaian cedi.
    Ghs,
    /// Nigerian naira.
    Ngn,
    /// Kenyan shilling.
    Kes,
    /// South African rand.
    Zar,
    /// US dollar.
    Usd,
}

/// Nobody can pay in this currency here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a currency to pay in is GHS, NGN, KES, ZAR or USD")]
pub struct UnknownCurrency;

impl PayCurrency {
    /// Every currency.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The ISO 4217 code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ghs => "GHS",
            Self::Ngn => "NGN",
            Self::Kes => "KES",
            Self::Zar => "ZAR",
            Self::Usd => "USD",
        }
    }

    /// The country whose currency it is; `None` if people everywhere pay in it.
    pub fn country(self) -> Option<CountryCode> {
        let code = match self {
            Self::Ghs => "GH",
            Self::Ngn => "NG",
            Self::Kes => "KE",
            Self::Zar => "ZA",
            Self::Usd => return None,
        };
        code.parse().ok()
    }
}

impl fmt::Display for PayCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for PayCurrency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        Self::ALL.iter().find(|currency| currency.as_str() == code).copied().ok_or(UnknownCurrency)
    }
}

/// The minor units in a unit of a currency.
const MINOR_PER_UNIT: u64 = 100;
/// The most digits before the point: every amount that the type holds can be read again, also an absurd one of a
/// gateway. What a customer may pay is the business of the limits.
const MOST_DIGITS: usize = 18;

/// An amount in minor units (hundredths) of a currency. In JSON and in storage it is a text: `25.00`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minor(u64);

/// The text is not an amount of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an amount is written like \"25.00\": digits, and at most two decimals")]
pub struct NotAnAmount;

impl Minor {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount of this many minor units.
    pub const fn new(minor: u64) -> Self {
        Self(minor)
    }

    /// The minor units.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The sum, at most what the type can hold.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference, at least nothing.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Minor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / MINOR_PER_UNIT, self.0 % MINOR_PER_UNIT)
    }
}

impl FromStr for Minor {
    type Err = NotAnAmount;

    /// Parses `25`, `25.5`, `25.00`: no sign, no exponent, no spaces.
    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        let (units, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(units, MOST_DIGITS) || !digits(decimals, 2) {
            return Err(NotAnAmount);
        }
        let number = |part: &str| part.parse::<u64>().map_err(|_| NotAnAmount);
        let minor = number(units)?.checked_mul(MINOR_PER_UNIT).ok_or(NotAnAmount)?;
        minor.checked_add(number(&format!("{decimals:0<2}"))?).map(Self).ok_or(NotAnAmount)
    }
}

impl Serialize for Minor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Minor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl utoipa::PartialSchema for Minor {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some(r"^[0-9]{1,18}(\.[0-9]{1,2})?$"))
            .description(Some("An amount of a currency as a decimal string, at most two decimals."))
            .examples(["25.00"])
            .into()
    }
}

impl ToSchema for Minor {}

/// An amount of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Amount {
    /// How much.
    pub minor: Minor,
    /// Of which currency.
    pub currency: PayCurrency,
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.minor, self.currency)
    }
}

/// The price of one credit in a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CreditPrice(Minor);

impl CreditPrice {
    /// A price; `None` if it is zero.
    pub fn new(price: Minor) -> Option<Self> {
        (price > Minor::ZERO).then_some(Self(price))
    }

    /// The price in minor units.
    pub const fn minor(self) -> Minor {
        self.0
    }

    /// The credits for an amount, rounded down; `None` if there are more than can be counted.
    pub fn credits_for(self, paid: Minor) -> Option<Credits> {
        let units = u128::from(paid.0) * u128::from(UNITS_PER_CREDIT.unsigned_abs()) / u128::from(self.0.0);
        i64::try_from(units).ok().map(Credits::from_units)
    }

    /// The smallest amount that is worth these credits.
    pub fn amount_for(self, credits: Credits) -> Minor {
        let minor = self.parts_for(credits).div_ceil(u128::from(UNITS_PER_CREDIT.unsigned_abs()));
        Minor(u64::try_from(minor).unwrap_or(u64::MAX))
    }

    /// The largest amount that these credits are worth.
    pub fn worth_of(self, credits: Credits) -> Minor {
        let minor = self.parts_for(credits) / u128::from(UNITS_PER_CREDIT.unsigned_abs());
        Minor(u64::try_from(minor).unwrap_or(u64::MAX))
    }

    /// The worth of these credits in ten-thousandths of a minor unit.
    fn parts_for(self, credits: Credits) -> u128 {
        u128::from(credits.units().max(0).unsigned_abs()) * u128::from(self.0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_exact_texts_of_minor_units() {
        for (text, minor) in
            [("25", 2500), ("25.5", 2550), ("0.01", 1), ("25.00", 2500), ("184467440737095516.15", u64::MAX)]
        {
            assert_eq!(text.parse(), Ok(Minor(minor)), "{text}");
        }
        for text in [
            "",
            ".5",
            "5.",
            "1.234",
            "-1",
            "+1",
            "1e3",
            " 1",
            "1,5",
            "٣",
            "184467440737095516.16",
            "1000000000000000000",
            "NaN",
        ] {
            assert_eq!(text.parse::<Minor>(), Err(NotAnAmount), "{text:?}");
        }
        assert_eq!(Minor(5).to_string(), "0.05");
        assert_eq!("ghs".parse::<PayCurrency>(), Err(UnknownCurrency), "one text for each currency");
        for &currency in PayCurrency::ALL {
            assert_eq!(currency.as_str().parse(), Ok(currency));
            assert_eq!(serde_json::to_value(currency).unwrap(), currency.as_str());
        }
    }

    #[test]
    fn a_price_of_zero_is_no_price() {
        assert_eq!(CreditPrice::new(Minor::ZERO), None);
    }

    proptest! {
        #[test]
        fn nobody_gets_more_credits_than_were_paid(paid in 0_u64..10_000_000_000, price in 1_u64..10_000_000) {
            let price = CreditPrice::new(Minor(price)).unwrap();
            let credits = price.credits_for(Minor(paid)).unwrap();
            prop_assert!(price.amount_for(credits) <= Minor(paid));
            let worth = price.worth_of(credits);
            prop_assert!(worth <= price.amount_for(credits) && price.amount_for(credits).get() - worth.get() <= 1);
            let more = Credits::from_units(credits.units() + 1);
            prop_assert!(u128::from(paid) * 10_000 < u128::from(more.units().unsigned_abs()) * u128::from(price.0.0));
        }
    }
}
