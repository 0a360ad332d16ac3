//! `POST /api/v1/subscription` - chooses a plan, and pays it from the wallet.

use crate::{
    access::ChoosePlan,
    codes::AlreadyOnPlan,
    problems,
    view::{ChargeView, SubscriptionView, charge_in},
};
use api::{
    Caller, Idempotent, Parse, Problem, REPLAYED,
    axum::{Json, extract::State, response::IntoResponse},
    codes::{InsufficientFunds, LiveOnly, MoneyOwed},
};
use axum::response::Response;
use billing::Subscribed;
use domain::{Plan, access::Mode};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// A plan to choose.
#[derive(Debug, Parse, Serialize, ToSchema)]
#[parse(problems(InsufficientFunds, MoneyOwed, AlreadyOnPlan))]
#[schema(example = json!({"plan": "pro"}))]
pub struct NewSubscription {
    /// The plan. `starter` ends a paid plan with its period, as DELETE does.
    pub plan: Plan,
}

/// A chosen plan.
#[derive(Serialize, ToSchema)]
pub struct ChosenPlanView {
    /// What this request paid; null if nothing was to pay now.
    charged: Option<ChargeView>,
    subscription: SubscriptionView,
}

/// Choose a plan
///
/// The wallet pays the month at once. A higher plan begins a new month now; `charged` shows its price, less the unused share
/// of the running month by the millisecond. A lower plan follows at the end of the paid period, and nothing is charged or
/// refunded now. In the days of grace the request pays the month that is due.
#[utoipa::path(
    post, path = "/api/v1/subscription", operation_id = "choose_plan", tag = "subscriptions", request_body = NewSubscription,
    responses((status = 200, description = "What was paid, and the subscription.", body = ChosenPlanView)),
)]
pub async fn choose(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ChoosePlan>,
    request: Idempotent<NewSubscription>,
) -> Result<Response, Problem> {
    if principal.mode == Mode::Test {
        return Err(LiveOnly.into());
    }
    let key = request.key(&principal);
    let chosen = billing::subscribe(&context, &principal.user, request.body.plan, &key).await;
    let Subscribed { subscription, charged, is_replay } = chosen.map_err(problems::of)?;
    let plan = subscription.plan_held();
    let view = ChosenPlanView {
        charged: charged.as_ref().and_then(charge_in),
        subscription: SubscriptionView::of(Some(subscription), plan),
    };
    let replayed = is_replay.then_some([(REPLAYED, "true")]);
    Ok((replayed, Json(view)).into_response())
}
