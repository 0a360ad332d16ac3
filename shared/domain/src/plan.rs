//! Plans and their terms. The values are the defaults of the price list (docs/rules.md, "Plans").

use crate::Credits;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use strum::VariantArray;
use utoipa::ToSchema;

/// A customer's plan.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, VariantArray,
)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// Free of charge.
    #[default]
    Starter,
    /// For people who verify every day.
    Pro,
    /// For programs and resellers.
    Enterprise,
}

/// Terms of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanTerms {
    /// Price of a month; zero for a plan that nobody pays for.
    pub month_price: Credits,
    /// Discount on every price, in percent.
    pub discount_percent: u8,
    /// Requests per minute.
    pub requests_per_minute: u32,
    /// Purchases per minute; they count as requests, too.
    pub buys_per_minute: u32,
    /// Limit of open orders.
    pub open_orders: u32,
    /// Orders that may be open before a code was delivered (docs/rules.md, "Who may buy").
    pub first_orders: u32,
    /// Limit of concurrent long polls.
    pub concurrent_waits: u32,
    /// Limit of test orders in a UTC day, of all test keys together.
    pub test_orders_per_day: u32,
    /// Limit of API keys. A key and the one that it replaces count once.
    pub api_keys: u32,
    /// Whether a purchase may name the operator of its number.
    pub chooses_operator: bool,
    /// Included verifications of a paid month. Those of new accounts are promotional credit instead.
    pub included_verifications: u32,
    /// Retention of message texts.
    pub messages_kept: Duration,
}

impl Plan {
    /// Every plan, the cheapest first.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Its name for people, the same in all languages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Starter => "Starter",
            Self::Pro => "Pro",
            Self::Enterprise => "Enterprise",
        }
    }

    /// The terms of this plan.
    pub const fn terms(self) -> PlanTerms {
        match self {
            Self::Starter => PlanTerms {
                month_price: Credits::ZERO,
                discount_percent: 0,
                requests_per_minute: 100,
                buys_per_minute: 20,
                open_orders: 5,
                first_orders: 8,
                concurrent_waits: 2,
                test_orders_per_day: 200,
                api_keys: 1,
                chooses_operator: false,
                included_verifications: 0,
                messages_kept: Duration::from_hours(3 * 24),
            },
            Self::Pro => PlanTerms {
                month_price: Credits::from_units(125_000),
                discount_percent: 10,
                requests_per_minute: 500,
                buys_per_minute: 100,
                open_orders: 50,
                first_orders: 10,
                concurrent_waits: 10,
                test_orders_per_day: 1_000,
                api_keys: 10,
                chooses_operator: true,
                included_verifications: 25,
                messages_kept: Duration::from_hours(30 * 24),
            },
            Self::Enterprise => PlanTerms {
                month_price: Credits::from_units(750_000),
                discount_percent: 25,
                requests_per_minute: 2000,
                buys_per_minute: 600,
                open_orders: 500,
                first_orders: 20,
                concurrent_waits: 50,
                test_orders_per_day: 5_000,
                api_keys: 100,
                chooses_operator: true,
                included_verifications: 200,
                messages_kept: Duration::from_hours(90 * 24),
            },
        }
    }
}
