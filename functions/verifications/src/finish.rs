//! `POST /api/v1/verifications/{id}/finish` - stops fetching messages.

use crate::{access::ActOnOrder, problems, view};
use api::{
    Caller, Owned, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::OrderId;
use runtime::Context;

/// Finish a verification
///
/// After the code arrives, further messages are fetched until the number expires. This stops it now. No
/// money moves. Safe to repeat.
#[utoipa::path(
    post, path = "/api/v1/verifications/{id}/finish", operation_id = "finish_verification", tag = "verifications",
    params(("id" = OrderId, Path)), responses((status = 200, body = crate::VerificationView)),
)]
pub async fn finish(
    State(context): State<Context>,
    Caller { beside: Owned(order), .. }: Caller<ActOnOrder>,
) -> Result<impl IntoResponse, Problem> {
    let order = orders::finish(&context, order).await.map_err(problems::of_action)?;
    Ok(view::after_action(&order, context.now()))
}
