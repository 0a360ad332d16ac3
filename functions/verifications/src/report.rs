//! `POST /api/v1/verifications/{id}/report` - reports a number that does not work.

use crate::{access::ActOnOrder, problems, view};
use api::{
    Caller, Owned, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::OrderId;
use runtime::Context;

/// Report a number that does not work
///
/// Before the first message, the number is reported to the supplier and the price is refunded. Later, the
/// report is noted in the timeline, and no money moves.
#[utoipa::path(
    post, path = "/api/v1/verifications/{id}/report", operation_id = "report_verification", tag = "verifications",
    params(("id" = OrderId, Path)),
    responses(
        (status = 200, description = "`refunded`, or noted.", body = crate::VerificationView),
        (status = 202, description = "`cancelling`: the supplier has not answered yet.", body = crate::VerificationView),
    ),
)]
pub async fn report(
    State(context): State<Context>,
    Caller { beside: Owned(order), .. }: Caller<ActOnOrder>,
) -> Result<impl IntoResponse, Problem> {
    let order = orders::report(&context, order).await.map_err(problems::of_action)?;
    Ok(view::after_action(&order, context.now()))
}
