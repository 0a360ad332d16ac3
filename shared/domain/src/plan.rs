//! Plans and their terms. The figures are the defaults of the price list (docs/rules.md, "Plans").

use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// A customer's plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
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
    /// Discount on every price, in percent.
    pub discount_percent: u8,
    /// Requests per minute.
    pub requests_per_minute: u32,
    /// How many of these requests may be purchases.
    pub buys_per_minute: u32,
    /// Orders that may be open at the same time.
    pub open_orders: u32,
    /// Long polls that may wait at the same time.
    pub concurrent_waits: u32,
    /// Retention of message texts.
    pub messages_kept: Duration,
}

impl Plan {
    /// The terms of this plan.
    pub const fn terms(self) -> PlanTerms {
        let (discount_percent, requests_per_minute, buys_per_minute, open_orders, concurrent_waits, hours) = match self
        {
            Self::Starter => (0, 100, 20, 5, 2, 72),
            Self::Pro => (10, 500, 100, 50, 10, 30 * 24),
            Self::Enterprise => (25, 2000, 600, 500, 50, 90 * 24),
        };
        PlanTerms {
            discount_percent,
            requests_per_minute,
            buys_per_minute,
            open_orders,
            concurrent_waits,
            messages_kept: Duration::from_hours(hours),
        }
    }
}
