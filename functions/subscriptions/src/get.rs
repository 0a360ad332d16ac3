//! `GET /api/v1/subscription` - returns the customer's plan and the paid period.

use crate::{access::ReadSubscription, view::SubscriptionView};
use api::{
    Caller, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use runtime::Context;

/// Get the subscription
///
/// `plan` is the plan whose terms hold now; `GET /api/v1/plans` lists them. `period` is paid, and `next_plan` follows it.
#[utoipa::path(
    get, path = "/api/v1/subscription", operation_id = "get_subscription", tag = "subscriptions",
    responses((status = 200, body = SubscriptionView)),
)]
pub async fn get(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadSubscription>,
) -> Result<impl IntoResponse, Problem> {
    let subscription = context.store().ledger().subscription(&principal.user).await?;
    Ok(Json(SubscriptionView::of(subscription, principal.plan)))
}
