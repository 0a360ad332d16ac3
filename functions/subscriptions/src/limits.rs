//! The limits of a plan, with the use of each.

use api::Balances;
use domain::{
    Credits, Plan, Timestamp,
    access::{Keyring, Mode},
    ledger::{Allowance, OrderKind},
};
use serde::Serialize;
use utoipa::ToSchema;

/// The included verifications of the paid period.
#[derive(Serialize, ToSchema)]
pub struct IncludedView {
    /// How many the period has.
    verifications: u32,
    /// How many are used. Those of open orders count, and come back if they are refunded.
    used: u32,
    /// How many are left.
    left: u32,
    /// The end of the period. What is left then is gone.
    until: Timestamp,
}

/// The limits of the plan, each with its use.
#[derive(Serialize, ToSchema)]
pub struct PlanLimitsView {
    /// Orders that may be open at the same time. New customers may open fewer (`GET /api/v1/wallet`).
    open_orders: LimitView,
    /// API keys that can be used. A key and the one that it replaces count once.
    api_keys: LimitView,
    /// Test orders in a UTC day.
    test_orders_per_day: LimitView,
    /// Requests in a minute. The header `RateLimit` of each answer tells how many are left.
    requests_per_minute: u32,
    /// Purchases in a minute. They are requests, too.
    buys_per_minute: u32,
    /// Long polls (`wait`) that may wait at the same time.
    concurrent_waits: u32,
    /// Hours after which texts of messages are deleted.
    messages_kept_h: u64,
    /// Whether a purchase may name the operator of its number.
    chooses_operator: bool,
    /// Discount on every price, in percent.
    discount_percent: u8,
}

/// A limit with its use.
#[derive(Serialize, ToSchema)]
pub struct LimitView {
    /// The limit.
    most: u32,
    /// How much of it is used. After a change to a lower plan it may be more than the limit.
    used: u32,
}

/// How the usage over the included verifications is billed.
#[derive(Serialize, ToSchema)]
pub struct UsageBillingView {
    /// Whether it is on.
    pub(crate) enabled: bool,
    /// The budget of a UTC month; null if it is off.
    pub(crate) budget: Option<Credits>,
    /// Whether purchases above the budget are refused.
    pub(crate) hard_stop: bool,
    /// What orders of this month cost, less refunds, without what included verifications paid.
    pub(crate) spent: Credits,
    /// What is left of the budget; null if it is off.
    pub(crate) left: Option<Credits>,
    /// The end of the month.
    pub(crate) until: Timestamp,
}

impl IncludedView {
    /// The included verifications now; `None` before the first period and after the end of the last.
    pub(crate) fn of(allowance: Option<Allowance>, now: Timestamp) -> Option<Self> {
        let running = allowance.filter(|allowance| allowance.is_running(now))?;
        let Allowance { units, used, until, .. } = running;
        Some(Self { verifications: units, used, left: running.left(now), until })
    }
}

impl PlanLimitsView {
    /// The limits of this plan, and what the customer uses of them.
    pub(crate) fn of(plan: Plan, mode: Mode, balances: &Balances, keyring: &Keyring, now: Timestamp) -> Self {
        let terms = plan.terms();
        let keys = u32::try_from(keyring.open_families(mode, now)).unwrap_or(u32::MAX);
        let tests = balances.test.usage.opened_on_day_of(OrderKind::Verification, now);
        Self {
            open_orders: LimitView {
                most: terms.open_orders,
                used: balances.of(mode).usage.open(OrderKind::Verification),
            },
            api_keys: LimitView { most: terms.api_keys, used: keys },
            test_orders_per_day: LimitView { most: terms.test_orders_per_day, used: tests },
            requests_per_minute: terms.requests_per_minute,
            buys_per_minute: terms.buys_per_minute,
            concurrent_waits: terms.concurrent_waits,
            messages_kept_h: terms.messages_kept.as_secs() / 3600,
            chooses_operator: terms.chooses_operator,
            discount_percent: terms.discount_percent,
        }
    }
}
