//! `DELETE /api/v1/subscription` - lets the paid plan end with its period.

use crate::{access::ChoosePlan, problems, view::SubscriptionView};
use api::{
    Caller, Problem,
    axum::{Json, extract::State, response::IntoResponse},
    codes::LiveOnly,
};
use domain::{access::Mode, subscription::Subscription};
use runtime::Context;

/// Cancel the subscription
///
/// The plan goes on until the end of the paid period, and nothing is refunded. To keep it after all, choose it again before
/// then. In the days of grace the plan ends at once. Deleting again has no effect.
#[utoipa::path(
    delete, path = "/api/v1/subscription", operation_id = "delete_subscription", tag = "subscriptions",
    responses((status = 200, body = SubscriptionView)),
)]
pub async fn end(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ChoosePlan>,
) -> Result<impl IntoResponse, Problem> {
    if principal.mode == Mode::Test {
        return Err(LiveOnly.into());
    }
    let subscription = billing::unsubscribe(&context, &principal.user).await.map_err(problems::of)?;
    // Without a subscription, the plan stays what it was.
    let plan = subscription.as_ref().map_or(principal.plan, Subscription::plan_held);
    Ok(Json(SubscriptionView::of(subscription, plan)))
}
