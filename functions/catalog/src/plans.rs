//! `GET /api/v1/plans` - lists the plans, with their prices and limits.

use api::{
    Problem, Visitor,
    axum::{Json, response::IntoResponse},
};
use domain::{Credits, Plan};
use http::header::CACHE_CONTROL;
use serde::Serialize;
use utoipa::ToSchema;

/// A plan with its price.
#[derive(Serialize, ToSchema)]
pub struct OfferedPlanView {
    plan: Plan,
    /// Price of a month.
    month_price: Credits,
    /// Discount on every price, in percent.
    discount_percent: u8,
    requests_per_minute: u32,
    /// How many of these requests may be purchases.
    buys_per_minute: u32,
    /// Orders that may be open at the same time.
    open_orders: u32,
    /// Long polls that may wait at the same time.
    concurrent_waits: u32,
    /// Test orders that may be opened in a UTC day, with all test keys together.
    test_orders_per_day: u32,
    /// API keys that may exist at the same time.
    api_keys: u32,
    /// Whether a purchase may name the operator of its number.
    chooses_operator: bool,
    /// Verifications that a paid month includes. Each pays up to the price of a common SMS.
    included_verifications: u32,
    /// Retention of message texts, in hours.
    messages_kept_h: u64,
}

/// The plans, the cheapest first.
#[derive(Serialize, ToSchema)]
pub struct OfferedPlansView {
    items: Vec<OfferedPlanView>,
}

impl From<Plan> for OfferedPlanView {
    fn from(plan: Plan) -> Self {
        let terms = plan.terms();
        Self {
            plan,
            month_price: terms.month_price,
            discount_percent: terms.discount_percent,
            requests_per_minute: terms.requests_per_minute,
            buys_per_minute: terms.buys_per_minute,
            open_orders: terms.open_orders,
            concurrent_waits: terms.concurrent_waits,
            test_orders_per_day: terms.test_orders_per_day,
            api_keys: terms.api_keys,
            chooses_operator: terms.chooses_operator,
            included_verifications: terms.included_verifications,
            messages_kept_h: terms.messages_kept.as_secs() / 3600,
        }
    }
}

/// List plans
///
/// Prices and limits of all plans, the cheapest first. `POST /api/v1/subscription` chooses one.
#[utoipa::path(
    get, path = "/api/v1/plans", operation_id = "list_plans", tag = "catalog",
    responses((status = 200, body = OfferedPlansView)),
)]
pub async fn plans(_visitor: Visitor) -> Result<impl IntoResponse, Problem> {
    let items = Plan::ALL.iter().copied().map(OfferedPlanView::from).collect();
    Ok(([(CACHE_CONTROL, "public, max-age=3600")], Json(OfferedPlansView { items })))
}
