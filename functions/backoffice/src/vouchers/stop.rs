//! `POST /api/v1/admin/vouchers/{id}/stop` - ends a voucher.

use super::view::VoucherView;
use crate::{access::MakeVouchers, problems, reason::Reason, work::Work};
use api::{
    Json, Parse, PathId, Problem,
    axum::{self, extract::State, response::IntoResponse},
    codes::NotFound,
};
use domain::VoucherId;
use runtime::Context;
use utoipa::ToSchema;

/// The end of a voucher.
#[derive(Parse, ToSchema)]
#[parse(problems(NotFound))]
#[schema(example = json!({"reason": "the code is in public"}))]
pub struct VoucherEnd {
    /// Why. It stays in the audit trail.
    #[schema(value_type = String)]
    pub reason: Reason,
}

/// End a voucher
///
/// Nobody can use it any more. What was redeemed stays with its customers. Ending it again changes nothing.
#[utoipa::path(
    post, path = "/api/v1/admin/vouchers/{id}/stop", operation_id = "stop_voucher", tag = "backoffice",
    params(("id" = VoucherId, Path)), request_body = VoucherEnd, responses((status = 200, body = VoucherView)),
)]
pub async fn stop(
    State(context): State<Context>,
    work: Work<MakeVouchers>,
    PathId(voucher): PathId<VoucherId>,
    Json(VoucherEnd { reason }): Json<VoucherEnd>,
) -> Result<impl IntoResponse, Problem> {
    let voucher = work.staff(&context).stop_voucher(&voucher, reason.as_str()).await.map_err(problems::of)?;
    Ok(axum::Json(VoucherView::from(voucher)))
}
