//! Changes of the price list that begin at a moment, so that a new price needs no deploy and no person at midnight.

use crate::{Credits, Timestamp, pricing::PriceRules};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use thiserror::Error;
use utoipa::ToSchema;

/// The most changes that are stored, those of the past included: each quote reads them.
pub const MOST_PRICE_CHANGES: usize = 100;
/// The percentages of a supplier's cost that a price may be. Below 100 we would sell below cost.
pub const MARKUPS: RangeInclusive<u32> = 100..=1_000;
/// The percentages of the list price that a hard service may cost.
pub const HARD_FACTORS: RangeInclusive<u32> = 100..=1_000;
/// The highest list price and step.
pub const HIGHEST_LIST_PRICE: Credits = Credits::from_units(1_000_000);

/// A change of the price rules. What it leaves out stays as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PriceChange {
    /// List price of an SMS verification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sms_list: Option<Credits>,
    /// A price is at least the supplier's cost × this percentage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub markup_percent: Option<u32>,
    /// Factor on the list price of hard services, in per cent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hard_percent: Option<u32>,
    /// Prices are rounded up to a multiple of this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<Credits>,
}

/// Why a change of the price rules is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAPriceChange {
    /// It changes nothing.
    #[error("it changes nothing")]
    Empty,
    /// The list price or the step is not positive, or too high, or the step is above the list price.
    #[error("the list price and the step must be positive, and the step at most the list price")]
    Price,
    /// A percentage is outside of its bounds.
    #[error("a percentage is outside of its bounds")]
    Percentage,
    /// It would begin in the past, and change what quotes have said.
    #[error("it begins in the past")]
    Past,
    /// As many changes are stored as may be.
    #[error("at most {MOST_PRICE_CHANGES} changes are stored")]
    TooMany,
}

impl PriceChange {
    /// Checks that the rules make sense after it.
    pub fn check(&self, before: &PriceRules) -> Result<(), NotAPriceChange> {
        if *self == Self::default() {
            return Err(NotAPriceChange::Empty);
        }
        let after = self.clone().applied_to(before.clone());
        let is_price = |price: Credits| price.is_positive() && price <= HIGHEST_LIST_PRICE;
        if !is_price(after.sms_list) || !is_price(after.step) || after.step > after.sms_list {
            return Err(NotAPriceChange::Price);
        }
        let is_in = MARKUPS.contains(&after.markup_percent) && HARD_FACTORS.contains(&after.hard_percent);
        if is_in { Ok(()) } else { Err(NotAPriceChange::Percentage) }
    }

    /// The rules after it.
    #[must_use]
    pub fn applied_to(self, rules: PriceRules) -> PriceRules {
        PriceRules {
            sms_list: self.sms_list.unwrap_or(rules.sms_list),
            markup_percent: self.markup_percent.unwrap_or(rules.markup_percent),
            hard_percent: self.hard_percent.unwrap_or(rules.hard_percent),
            step: self.step.unwrap_or(rules.step),
            rates: rules.rates,
        }
    }
}

/// The rules at a moment: all changes that began by then, oldest first.
#[must_use]
pub fn rules_at<'a>(
    rules: PriceRules,
    changes: impl IntoIterator<Item = (&'a Timestamp, &'a PriceChange)>,
    at: Timestamp,
) -> PriceRules {
    let begun = changes.into_iter().filter(|(from, _)| **from <= at);
    begun.fold(rules, |rules, (_, change)| change.clone().applied_to(rules))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn price(text: &str) -> PriceChange {
        PriceChange { sms_list: Some(text.parse().unwrap()), ..PriceChange::default() }
    }

    #[test]
    fn each_change_begins_at_its_moment_and_keeps_the_rest() {
        let markup = PriceChange { markup_percent: Some(200), ..PriceChange::default() };
        let changes: BTreeMap<_, _> = [
            (at("2027-02-01T00:00:00Z"), price("0.7")),
            (at("2027-01-01T00:00:00Z"), price("0.6")),
            (at("2027-01-15T00:00:00Z"), markup),
        ]
        .into();
        for (now, list, markup) in [
            ("2026-12-31T23:59:59.999Z", "0.5000", 180),
            ("2027-01-01T00:00:00Z", "0.6000", 180),
            ("2027-01-15T00:00:00Z", "0.6000", 200),
            ("2027-02-01T00:00:00Z", "0.7000", 200),
        ] {
            let rules = rules_at(PriceRules::default(), &changes, at(now));
            assert_eq!((rules.sms_list.to_string().as_str(), rules.markup_percent), (list, markup), "{now}");
        }
    }

    #[test]
    fn rules_that_make_no_sense_are_refused() {
        let rules = PriceRules::default();
        let step = |text: &str| PriceChange { step: Some(text.parse().unwrap()), ..PriceChange::default() };
        let percent =
            |markup, hard| PriceChange { markup_percent: markup, hard_percent: hard, ..PriceChange::default() };
        for (change, expected) in [
            (PriceChange::default(), Err(NotAPriceChange::Empty)),
            (price("0.0001"), Err(NotAPriceChange::Price)),
            (price("0"), Err(NotAPriceChange::Price)),
            (price("100"), Ok(())),
            (price("100.0001"), Err(NotAPriceChange::Price)),
            (step("0"), Err(NotAPriceChange::Price)),
            (step("0.5"), Ok(())),
            (step("0.5001"), Err(NotAPriceChange::Price)),
            (percent(Some(99), None), Err(NotAPriceChange::Percentage)),
            (percent(Some(100), Some(100)), Ok(())),
            (percent(None, Some(1_001)), Err(NotAPriceChange::Percentage)),
        ] {
            assert_eq!(change.check(&rules), expected, "{change:?}");
        }
    }
}
