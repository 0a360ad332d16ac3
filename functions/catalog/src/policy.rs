//! `GET /api/v1/policy` - when money comes back, and what plans allow: the rules as data.

use api::{
    Problem, Visitor,
    axum::{Json, response::IntoResponse},
};
use domain::{
    Plan,
    order::{CANCEL_AFTER, GIVE_UP_AFTER, LONGEST_WAIT},
    policy::{RefundRule, RefundTerms},
};
use http::header::CACHE_CONTROL;
use serde::Serialize;
use utoipa::ToSchema;

/// The rules.
#[derive(Serialize, ToSchema)]
pub struct PolicyView {
    /// When money comes back; entries and timelines name these ids.
    refunds: Vec<RefundTerms>,
    /// A number can be given back so many seconds after it was bought.
    cancel_after_s: u64,
    /// No verification waits longer than so many seconds.
    longest_wait_s: u64,
    /// If the supplier can't be reached, the money comes back so many seconds after the deadline.
    supplier_unreachable_after_s: u64,
    /// What each plan allows.
    plans: Vec<PlanView>,
}

/// What a plan allows.
#[derive(Serialize, ToSchema)]
pub struct PlanView {
    plan: Plan,
    /// Taken off every price, in percent.
    discount_percent: u8,
    requests_per_minute: u32,
    /// Of which purchases.
    buys_per_minute: u32,
    /// Orders that may be open at once.
    open_orders: u32,
    /// Long-polls that may wait at once.
    concurrent_waits: u32,
    /// How long message texts are kept, in hours.
    messages_kept_h: u64,
}

impl From<Plan> for PlanView {
    fn from(plan: Plan) -> Self {
        let terms = plan.terms();
        Self {
            plan,
            discount_percent: terms.discount_percent,
            requests_per_minute: terms.requests_per_minute,
            buys_per_minute: terms.buys_per_minute,
            open_orders: terms.open_orders,
            concurrent_waits: terms.concurrent_waits,
            messages_kept_h: terms.messages_kept.as_secs() / 3600,
        }
    }
}

/// The rules
///
/// When money comes back, and what plans allow. Every refund's ledger entry names its rule.
#[utoipa::path(
    get, path = "/api/v1/policy", operation_id = "get_policy", tag = "catalog",
    responses((status = 200, body = PolicyView)),
)]
pub async fn policy(_visitor: Visitor) -> Result<impl IntoResponse, Problem> {
    let view = PolicyView {
        refunds: RefundRule::ALL.into_iter().map(RefundRule::terms).collect(),
        cancel_after_s: CANCEL_AFTER.as_secs(),
        longest_wait_s: LONGEST_WAIT.as_secs(),
        supplier_unreachable_after_s: GIVE_UP_AFTER.as_secs(),
        plans: [Plan::Starter, Plan::Pro, Plan::Enterprise].into_iter().map(PlanView::from).collect(),
    };
    Ok(([(CACHE_CONTROL, "public, max-age=3600")], Json(view)))
}
