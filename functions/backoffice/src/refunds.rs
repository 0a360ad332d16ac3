//! `GET /api/v1/admin/refunds` - lists the refunds of payments that await approval, oldest first.

use crate::{access::DecideRefunds, problems, refund_view::StaffRefundView, work::Work};
use api::{
    Listed, PageParams, Params, Problem,
    axum::{extract::State, response::IntoResponse},
};
use runtime::Context;

/// List refunds that await approval
///
/// Returns the oldest first. Their credits left the wallets already; nothing is sent to a gateway before an approval.
#[utoipa::path(
    get, path = "/api/v1/admin/refunds", operation_id = "list_awaiting_refunds", tag = "backoffice", params(PageParams),
    responses((status = 200, body = Listed<StaffRefundView>)),
)]
pub async fn list(
    State(context): State<Context>,
    work: Work<DecideRefunds>,
    Params(page): Params<PageParams>,
) -> Result<impl IntoResponse, Problem> {
    let found = work.staff(&context).awaiting_refunds(page.limit(), page.cursor.as_ref()).await;
    Ok(Listed::from(found.map_err(problems::of)?.map(StaffRefundView::from)))
}
