//! Price rules and the quotes made from them (docs/rules.md, "Prices").

use crate::{Credits, Currency, Plan, SupplierMoney, Timestamp, ledger::Line};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;
use utoipa::ToSchema;

/// How a code is delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// A text message.
    #[default]
    Sms,
}

impl Capability {
    /// Its name in JSON, keys and price lines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "sms",
        }
    }
}

/// How hard a service's codes are to deliver; scales the list price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServiceClass {
    /// Sold at the list price.
    #[default]
    Common,
    /// Hard to deliver: list price × 1.5.
    Hard,
    /// Not sold: banks, payments, exchanges, government, health.
    Blocked,
    /// Not sold yet: nobody has given this new service a class.
    Unreviewed,
}

impl ServiceClass {
    /// Whether services of this class are sold.
    pub const fn is_sold(self) -> bool {
        match self {
            Self::Common | Self::Hard => true,
            Self::Blocked | Self::Unreviewed => false,
        }
    }
}

/// The rules that turn supplier costs into prices. The defaults are the price list. Stored rules replace them
/// field by field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PriceRules {
    /// List price of an SMS verification.
    pub sms_list: Credits,
    /// A price before the discount is at least the supplier's cost × this percentage.
    pub markup_percent: u32,
    /// Factor on the list price of hard services, in percent.
    pub hard_percent: u32,
    /// Prices are rounded up to a multiple of this.
    pub step: Credits,
    /// The exchange rates of the currencies of supplier accounts, set by operators. Without a rate, nothing in
    /// this currency is sold.
    pub rates: BTreeMap<Currency, ExchangeRate>,
}

/// The exchange rate of a currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRate {
    /// Credits for one unit of the currency.
    pub credits_per_unit: Credits,
    /// When an operator set it.
    pub as_of: Timestamp,
}

impl Default for PriceRules {
    fn default() -> Self {
        Self {
            sms_list: Credits::from_units(5_000),
            markup_percent: 180,
            hard_percent: 150,
            step: Credits::from_units(100),
            rates: BTreeMap::new(),
        }
    }
}

/// How far a sale's cost may exceed the listed cost. Lists are minutes old, so small changes are usual. A
/// larger difference means that the list or its currency is wrong, even if the price would cover it.
const CAP_MARGIN_PERCENT: i64 = 10;

/// A price for one customer, and the cost cap that prevents a sale below cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The amount that is held, and captured on delivery.
    pub price: Credits,
    /// The part of it that an included verification pays, if the customer has one left: at most the price of a common SMS.
    pub included: Credits,
    /// Line items; their sum is the price.
    pub lines: Vec<Line>,
    /// The supplier's cost, rounded up. Unlike costs in their currencies, two of these can be compared.
    pub cost: Credits,
    /// The highest cost at which the number is bought, in the supplier account's currency: what the price
    /// covers, and at most 10 % above the listed cost.
    pub supplier_cap: SupplierMoney,
}

/// Why there is no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoQuote {
    /// The supplier's price or exchange rate is unknown, so the offer is not sold.
    #[error("the supplier's price is not known")]
    UnknownCost,
    /// The service belongs to a class that is not sold.
    #[error("this service is not sold")]
    Blocked,
    /// The price is above [`Credits::MAX`].
    #[error("the price is out of range")]
    OutOfRange,
}

impl PriceRules {
    /// The price of one verification: max(list, cost × markup) × (1 − discount), never below cost,
    /// rounded up.
    pub fn quote(
        &self,
        plan: Plan,
        class: ServiceClass,
        capability: Capability,
        currency: &Currency,
        supplier_cost: SupplierMoney,
    ) -> Result<Quote, NoQuote> {
        let rate = self.rates.get(currency).ok_or(NoQuote::UnknownCost)?.credits_per_unit;
        let cost = supplier_cost.in_credits(rate).filter(|c| c.is_positive()).ok_or(NoQuote::UnknownCost)?;
        let Capability::Sms = capability;
        let factor = match class {
            ServiceClass::Common => 100,
            ServiceClass::Hard => i64::from(self.hard_percent),
            ServiceClass::Blocked | ServiceClass::Unreviewed => return Err(NoQuote::Blocked),
        };
        let list = self.sms_list.scale_up(factor, 100).ok_or(NoQuote::OutOfRange)?;
        let marked_up = cost.scale_up(i64::from(self.markup_percent), 100).ok_or(NoQuote::OutOfRange)?;
        let discounted = discounted(list.max(marked_up), plan).ok_or(NoQuote::OutOfRange)?;
        let price = discounted.max(cost).round_up_to(self.step);
        let price = price.filter(|price| *price <= Credits::MAX).ok_or(NoQuote::OutOfRange)?;
        let included = self.included_up_to(plan).ok_or(NoQuote::OutOfRange)?.min(price);
        let lines = vec![Line::new(capability.as_str(), price)];
        let covered = SupplierMoney::worth(price, rate).ok_or(NoQuote::OutOfRange)?;
        let supplier_cap = covered.min(supplier_cost.plus_percent(CAP_MARGIN_PERCENT).ok_or(NoQuote::OutOfRange)?);
        Ok(Quote { price, included, lines, cost, supplier_cap })
    }

    /// The most that an included verification pays: the price of a common SMS, with the discount of the plan. `None` if it
    /// is out of range.
    pub fn included_up_to(&self, plan: Plan) -> Option<Credits> {
        discounted(self.sms_list, plan)?.round_up_to(self.step)
    }
}

/// A price with the discount of a plan, not rounded yet; `None` if it is out of range.
fn discounted(price: Credits, plan: Plan) -> Option<Credits> {
    price.scale_up(100 - i64::from(plan.terms().discount_percent), 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rules(currency: &Currency, rate: i64) -> PriceRules {
        let rate = ExchangeRate { credits_per_unit: Credits::from_units(rate), as_of: Timestamp::default() };
        PriceRules { rates: BTreeMap::from([(currency.clone(), rate)]), ..PriceRules::default() }
    }

    fn price(plan: Plan, class: ServiceClass, roubles: i64) -> Result<String, NoQuote> {
        rules(&Currency::new("RUB"), 62)
            .quote(plan, class, Capability::Sms, &Currency::new("RUB"), SupplierMoney::from_micros(roubles * 1_000_000))
            .map(|quote| quote.price.to_string())
    }

    #[test]
    fn the_price_list_holds() {
        for (plan, class, roubles, expected) in [
            (Plan::Starter, ServiceClass::Common, 10, "0.5000"),
            (Plan::Pro, ServiceClass::Common, 10, "0.4500"),
            (Plan::Enterprise, ServiceClass::Common, 10, "0.3800"), // 0.375, rounded up to ₵0.01
            (Plan::Starter, ServiceClass::Hard, 10, "0.7500"),
            (Plan::Starter, ServiceClass::Common, 100, "1.1200"), // 0.62 × 1.8 = 1.116
        ] {
            assert_eq!(price(plan, class, roubles).as_deref(), Ok(expected), "{plan:?} {class:?} {roubles}");
        }
    }

    #[test]
    fn an_included_verification_pays_up_to_the_common_price() {
        let currency = Currency::new("RUB");
        for (plan, class, roubles, included) in [
            (Plan::Pro, ServiceClass::Common, 10, "0.4500"),
            (Plan::Pro, ServiceClass::Hard, 10, "0.4500"),
            (Plan::Enterprise, ServiceClass::Common, 10, "0.3800"),
            (Plan::Enterprise, ServiceClass::Common, 100, "0.3800"),
        ] {
            let cost = SupplierMoney::from_micros(roubles * 1_000_000);
            let quote = rules(&currency, 62).quote(plan, class, Capability::Sms, &currency, cost).unwrap();
            assert_eq!(quote.included.to_string(), included, "{plan:?} {class:?} {roubles}");
            assert!(quote.included <= quote.price);
        }
        let cheap = PriceRules { sms_list: Credits::from_units(100_000), ..rules(&currency, 62) };
        let quote =
            cheap.quote(Plan::Pro, ServiceClass::Common, Capability::Sms, &currency, SupplierMoney::from_micros(1));
        assert_eq!(quote.map(|quote| quote.included), Ok(Credits::from_units(90_000)), "at most the price");
    }

    #[test]
    fn an_offer_without_a_price_is_not_sold() {
        assert_eq!(price(Plan::Pro, ServiceClass::Blocked, 10), Err(NoQuote::Blocked));
        assert_eq!(price(Plan::Pro, ServiceClass::Common, 0), Err(NoQuote::UnknownCost));
        let rules = rules(&Currency::new("RUB"), 62);
        let cost = SupplierMoney::from_micros(1_000_000);
        let quote = rules.quote(Plan::Pro, ServiceClass::Common, Capability::Sms, &Currency::new("XTS"), cost);
        assert_eq!(quote, Err(NoQuote::UnknownCost));
    }

    #[test]
    fn a_price_beyond_the_schema_is_no_price() {
        assert_eq!(price(Plan::Starter, ServiceClass::Common, 89_605_700).as_deref(), Ok("999999.6200"));
        for roubles in [89_606_000, 5_000_000_000, i64::MAX / 1_000_000] {
            assert_eq!(price(Plan::Starter, ServiceClass::Common, roubles), Err(NoQuote::OutOfRange), "{roubles}");
        }
    }

    proptest! {
        #[test]
        fn a_price_fits_the_schema(micros in 1..=i64::MAX, rate in 1..=i64::MAX, plan in 0..3_u8) {
            let currency = Currency::new("XTS");
            let rules = rules(&currency, rate);
            let (plan, cost) = (Plan::ALL[usize::from(plan)], SupplierMoney::from_micros(micros));
            if let Ok(quote) = rules.quote(plan, ServiceClass::Hard, Capability::Sms, &currency, cost) {
                prop_assert!(quote.price.is_positive() && quote.price <= Credits::MAX);
                prop_assert!(quote.price.to_string().parse::<Credits>() == Ok(quote.price));
            }
        }

        #[test]
        fn nothing_is_ever_sold_below_cost(micros in 1..=50_000_000_000_i64, rate in 1..=50_000_i64, plan in 0..3_u8) {
            let plan = Plan::ALL[usize::from(plan)];
            let currency = Currency::new("XTS");
            let (rules, rate) = (rules(&currency, rate), Credits::from_units(rate));
            let cost = SupplierMoney::from_micros(micros);
            if let Ok(quote) = rules.quote(plan, ServiceClass::Common, Capability::Sms, &currency, cost) {
                prop_assert!(cost.in_credits(rate).unwrap() <= quote.price);
                prop_assert!(quote.supplier_cap >= cost);
                prop_assert!(quote.supplier_cap.in_credits(rate).unwrap() <= quote.price);
                prop_assert!(quote.supplier_cap <= cost.plus_percent(10).unwrap());
                prop_assert_eq!(quote.price.units() % 100, 0);
            }
        }
    }
}
