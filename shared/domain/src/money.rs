//! Credits: the customers' currency, exact to a ten-thousandth.
//!
//! Amounts are stored and added as `i64` ten-thousandths (`DECIMAL(10,4)`) and shown as decimal
//! strings. There are no floats. A value comes from a decimal string or from whole units, and every
//! rounding is explicit.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};
use thiserror::Error;

/// Units (ten-thousandths) in one credit.
pub const UNITS_PER_CREDIT: i64 = 10_000;
/// The largest amount that is accepted as input and shown as a price, in units: ₵999,999.9999 (`DECIMAL(10,4)`).
pub const MAX_UNITS: i64 = 9_999_999_999;

/// An amount of credits in ten-thousandths. Only a difference may be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Credits(i64);

/// Why a string is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Not of the form `12`, `12.5` or `12.3456`.
    #[error("an amount is written like \"12.50\": digits, and at most four decimals")]
    Malformed,
    /// Above the largest accepted amount (`DECIMAL(10,4)`).
    #[error("the amount is too large")]
    TooLarge,
}

impl Credits {
    /// Zero.
    pub const ZERO: Self = Self(0);
    /// The largest amount of the API's schema (see [`MAX_UNITS`]).
    pub const MAX: Self = Self(MAX_UNITS);

    /// Makes an amount from ten-thousandths of a credit.
    pub const fn from_units(units: i64) -> Self {
        Self(units)
    }

    /// The amount in ten-thousandths of a credit.
    pub const fn units(self) -> i64 {
        self.0
    }

    /// The sum, or `None` on overflow.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(units) => Some(Self(units)),
            None => None,
        }
    }

    /// The difference, or `None` if it would be negative.
    pub const fn checked_take(self, other: Self) -> Option<Self> {
        if other.0 < 0 || other.0 > self.0 { None } else { Some(Self(self.0 - other.0)) }
    }

    /// The sum for a counter: at most [`Credits::MAX`].
    #[must_use]
    pub fn counted_up(self, other: Self) -> Self {
        self.checked_add(other).map_or(Self::MAX, |sum| sum.min(Self::MAX))
    }

    /// The difference for a counter: at least zero.
    #[must_use]
    pub fn counted_down(self, other: Self) -> Self {
        self.checked_take(other).unwrap_or(Self::ZERO)
    }

    /// Whether the amount is zero.
    pub const fn is_zero(&self) -> bool {
        self.0 == 0
    }

    /// Whether the amount is above zero.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// `self × numerator / denominator`, rounded up to the next ten-thousandth; `None` on overflow.
    pub fn scale_up(self, numerator: i64, denominator: i64) -> Option<Self> {
        if denominator <= 0 {
            return None;
        }
        let product = i128::from(self.0).checked_mul(i128::from(numerator))?;
        let denominator = i128::from(denominator);
        let quotient = product.div_euclid(denominator) + i128::from(product.rem_euclid(denominator) != 0);
        i64::try_from(quotient).ok().map(Self)
    }

    /// Rounds up to the next multiple of `step` (prices are multiples of ₵0.01).
    pub fn round_up_to(self, step: Self) -> Option<Self> {
        if step.0 <= 0 {
            return None;
        }
        let steps = self.0.div_euclid(step.0) + i64::from(self.0.rem_euclid(step.0) != 0);
        steps.checked_mul(step.0).map(Self)
    }
}

impl fmt::Display for Credits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let units = self.0.unsigned_abs();
        let per = UNITS_PER_CREDIT.unsigned_abs();
        write!(f, "{sign}{}.{:04}", units / per, units % per)
    }
}

impl FromStr for Credits {
    type Err = MoneyError;

    /// Parses `12`, `12.5`, `0.0001`: no sign, no exponent, no spaces, at most four decimals.
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let (whole, decimals) = text.split_once('.').map_or((text, None), |(w, d)| (w, Some(d)));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || decimals.is_some_and(|d| !digits(d) || d.len() > 4) {
            return Err(MoneyError::Malformed);
        }
        if whole.len() > 9 {
            return Err(MoneyError::TooLarge);
        }
        let whole: i64 = whole.parse().map_err(|_| MoneyError::TooLarge)?;
        let fraction: i64 = format!("{:0<4}", decimals.unwrap_or("")).parse().map_err(|_| MoneyError::Malformed)?;
        let units = whole * UNITS_PER_CREDIT + fraction;
        if units > MAX_UNITS { Err(MoneyError::TooLarge) } else { Ok(Self(units)) }
    }
}

/// Amounts are decimal strings with four decimals in JSON.
impl Serialize for Credits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Credits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let (negative, digits) = text.strip_prefix('-').map_or((false, text.as_ref()), |rest| (true, rest));
        let amount: Self = digits.parse().map_err(de::Error::custom)?;
        Ok(if negative { Self(-amount.0) } else { amount })
    }
}

impl utoipa::PartialSchema for Credits {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some(r"^-?[0-9]{1,6}\.[0-9]{4}$"))
            .description(Some("An amount of credits (₵) as a decimal string with four decimals."))
            .examples(["0.5000"])
            .into()
    }
}

impl utoipa::ToSchema for Credits {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_exact_units() {
        for (text, units) in [("0", 0), ("1", 10_000), ("0.5", 5_000), ("12.3456", 123_456), ("999999.9999", MAX_UNITS)]
        {
            assert_eq!(text.parse::<Credits>(), Ok(Credits::from_units(units)), "{text}");
        }
    }

    #[test]
    fn a_malformed_amount_is_rejected() {
        for text in ["", ".", "1.", ".5", "-1", "+1", "1e3", "1.23456", " 1", "1,5", "NaN", "٣", "0x1", "1_000"] {
            assert_eq!(text.parse::<Credits>(), Err(MoneyError::Malformed), "{text:?}");
        }
        for text in ["1000000", "9999999999", "99999999999999999999"] {
            assert_eq!(text.parse::<Credits>(), Err(MoneyError::TooLarge), "{text:?}");
        }
    }

    #[test]
    fn amounts_are_rounded_up() {
        let cent = Credits::from_units(100);
        assert_eq!(Credits::from_units(3_750).round_up_to(cent), Some(Credits::from_units(3_800)));
        assert_eq!(Credits::from_units(3_800).round_up_to(cent), Some(Credits::from_units(3_800)));
        assert_eq!(Credits::from_units(1).scale_up(1, 3), Some(Credits::from_units(1)));
        assert_eq!(Credits::from_units(5_000).scale_up(75, 100), Some(Credits::from_units(3_750)));
        assert_eq!(Credits::from_units(i64::MAX).scale_up(2, 1), None);
    }

    proptest::proptest! {
        #[test]
        fn display_and_parse_are_inverse(units in 0..=MAX_UNITS) {
            let amount = Credits::from_units(units);
            proptest::prop_assert_eq!(amount.to_string().parse::<Credits>(), Ok(amount));
        }
    }
}
