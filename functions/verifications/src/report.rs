//! `POST /api/v1/verifications/{id}/report` - say that the number does not work.

use crate::{
    access::ActOnOrder,
    cancel::{answer, close},
    settle,
};
use api::{
    Caller, Owned, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::{
    OrderId,
    order::{CloseReason, Status, TimelineEvent},
};
use runtime::Context;

/// The number does not work
///
/// Before a message came: the number is reported to the supplier and the price comes back. After that it is remembered as a
/// sign of quality, and no money moves.
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
    let noted = order.timeline.iter().any(|item| item.event == TimelineEvent::Reported);
    let order = match order.status {
        Status::Completed if noted => order,
        Status::Completed => settle::write(&context, order.reported_late(context.now())?).await?,
        _ => close(&context, order, CloseReason::Reported).await?,
    };
    Ok(answer(&context, &order))
}
