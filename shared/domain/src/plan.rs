//! Plans and what each allows. The figures are the defaults of the price list (docs/rules.md: "Plans").

use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// What a customer subscribed to.
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

/// What a plan allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanTerms {
    /// Taken off every order's price, in percent.
    pub discount_percent: u8,
    /// Requests in a minute.
    pub requests_per_minute: u32,
    /// Of which purchases.
    pub buys_per_minute: u32,
    /// Orders whose price may be held at once.
    pub open_orders: u32,
    /// Long-polls that may wait at once.
    pub concurrent_waits: u32,
    /// How long message texts are kept.
    pub messages_kept: Duration,
}

impl Plan {
    /// What this plan allows.
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
