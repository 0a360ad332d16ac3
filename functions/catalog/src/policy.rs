//! `GET /api/v1/policy` - returns the refund rules and the plans as data.

use crate::terms::{IgnoredTerms, RefundTerms};
use api::{
    Language, Params, Parse, Problem, Visitor,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::{
    Plan,
    order::{CANCEL_AFTER, GIVE_UP_AFTER, Ignored, LONGEST_WAIT},
    policy::RefundRule,
};
use http::header::{CACHE_CONTROL, CONTENT_LANGUAGE};
use runtime::Context;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// The language of the answer.
#[derive(Debug, IntoParams, Parse)]
#[into_params(parameter_in = Query)]
pub struct PolicyQuery {
    /// Language of the texts. Caches keep each language by itself, so `Accept-Language` does not choose it.
    #[param(required = false)]
    #[parse(default)]
    language: Language,
}

/// Refund rules and plans.
#[derive(Serialize, ToSchema)]
pub struct PolicyView {
    /// Refund rules; ledger entries and timelines refer to them by id.
    refunds: Vec<RefundTerms>,
    /// Messages that neither complete a verification nor cost anything.
    ignored_messages: Vec<IgnoredTerms>,
    /// Seconds after the purchase from which an order can be cancelled.
    cancel_after_s: u64,
    /// The longest time that a verification waits for its code, in seconds.
    longest_wait_s: u64,
    /// Seconds after the deadline at which the price is refunded if the supplier can't be reached.
    supplier_unreachable_after_s: u64,
    /// The plans.
    plans: Vec<PlanView>,
    /// Version of the terms of service that a new customer accepts: the day from which they apply.
    #[schema(examples("2026-11-01"))]
    terms_version: String,
}

/// Terms of a plan.
#[derive(Serialize, ToSchema)]
pub struct PlanView {
    plan: Plan,
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
    /// Retention of message texts, in hours.
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
            test_orders_per_day: terms.test_orders_per_day,
            messages_kept_h: terms.messages_kept.as_secs() / 3600,
        }
    }
}

/// Get the policy
///
/// Returns the refund rules, the terms of each plan, and the version of the terms of service. The ledger entry of a
/// refund names its rule. The texts are in the language that `language` names.
#[utoipa::path(
    get, path = "/api/v1/policy", operation_id = "get_policy", tag = "catalog",
    params(PolicyQuery), responses((status = 200, body = PolicyView)),
)]
pub async fn policy(
    State(context): State<Context>,
    _visitor: Visitor,
    Params(PolicyQuery { language }): Params<PolicyQuery>,
) -> Result<impl IntoResponse, Problem> {
    let view = PolicyView {
        refunds: RefundRule::ALL.iter().copied().map(|rule| RefundTerms::of(rule, language)).collect(),
        ignored_messages: Ignored::ALL.iter().copied().map(|rule| IgnoredTerms::of(rule, language)).collect(),
        cancel_after_s: CANCEL_AFTER.as_secs(),
        longest_wait_s: LONGEST_WAIT.as_secs(),
        supplier_unreachable_after_s: GIVE_UP_AFTER.as_secs(),
        plans: Plan::ALL.iter().copied().map(PlanView::from).collect(),
        terms_version: context.environment().setting("TERMS_VERSION"),
    };
    Ok(([(CACHE_CONTROL, "public, max-age=3600"), (CONTENT_LANGUAGE, language.code())], Json(view)))
}
