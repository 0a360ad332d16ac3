//! `POST /api/v1/verifications/{id}/cancel` - returns the number to the supplier.

use crate::{
    access::ActOnOrder,
    problems,
    view::{self, VerificationView},
};
use api::{
    Caller, Owned, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::OrderId;
use runtime::Context;

/// Cancel a verification
///
/// Returns the number to the supplier, which decides the outcome: 200 with `refunded` if it accepts the
/// number, 200 with `completed` if the code arrived first, 202 with `cancelling` if it has not answered yet.
/// Safe to repeat.
#[utoipa::path(
    post, path = "/api/v1/verifications/{id}/cancel", operation_id = "cancel_verification", tag = "verifications",
    params(("id" = OrderId, Path)),
    responses(
        (status = 200, description = "`refunded`, or `completed` if the code arrived first.", body = VerificationView),
        (status = 202, description = "`cancelling`: the supplier has not answered yet.", body = VerificationView),
    ),
)]
pub async fn cancel(
    State(context): State<Context>,
    Caller { beside: Owned(order), .. }: Caller<ActOnOrder>,
) -> Result<impl IntoResponse, Problem> {
    let order = orders::cancel(&context, order).await.map_err(problems::of_action)?;
    Ok(view::after_action(&order, context.now()))
}
