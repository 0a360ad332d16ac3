//! `GET /api/v1/subscription` - returns the customer's plan, the paid period, and the limits with their use.

use crate::{
    access::ReadSubscription,
    limits::{IncludedView, PlanLimitsView, UsageBillingView},
    usage_billing::billing_of,
    view::SubscriptionView,
};
use api::{
    Caller, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// The subscription of a customer, with what is used of the plan.
#[derive(Serialize, ToSchema)]
pub struct UsedSubscriptionView {
    #[serde(flatten)]
    subscription: SubscriptionView,
    /// The included verifications of the paid period; null without one.
    included: Option<IncludedView>,
    /// How the usage over them is billed.
    usage_billing: UsageBillingView,
    /// The limits of the plan. `POST /api/v1/subscription` raises them by a higher plan.
    limits: PlanLimitsView,
}

/// Get the subscription
///
/// `plan` is the plan whose terms hold now; `GET /api/v1/plans` lists them. `period` is paid, and `next_plan` follows it.
/// `limits` has what the plan allows and how much of it is used; with a test key, it counts test orders and test keys.
#[utoipa::path(
    get, path = "/api/v1/subscription", operation_id = "get_subscription", tag = "subscriptions",
    responses((status = 200, body = UsedSubscriptionView)),
)]
pub async fn get(
    State(context): State<Context>,
    Caller { principal, beside: balances, .. }: Caller<ReadSubscription>,
) -> Result<impl IntoResponse, Problem> {
    let now = context.now();
    let subscription = context.store().ledger().subscription(&principal.user).await?;
    let keyring = context.store().accounts().keyring(&principal.user).await?;
    Ok(Json(UsedSubscriptionView {
        subscription: SubscriptionView::of(subscription, principal.plan),
        included: IncludedView::of(balances.live.usage.allowance, now),
        usage_billing: billing_of(principal.metering, &balances.live, now),
        limits: PlanLimitsView::of(principal.plan, principal.mode, &balances, &keyring, now),
    }))
}
