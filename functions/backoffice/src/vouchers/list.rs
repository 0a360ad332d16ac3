//! `GET /api/v1/admin/vouchers` - lists vouchers, newest first.

use super::view::VoucherView;
use crate::{access::MakeVouchers, problems, work::Work};
use api::{
    Listed, PageParams, Params, Problem,
    axum::{extract::State, response::IntoResponse},
};
use runtime::Context;

/// List vouchers
///
/// Returns all vouchers, newest first, with their uses.
#[utoipa::path(
    get, path = "/api/v1/admin/vouchers", operation_id = "list_vouchers", tag = "backoffice", params(PageParams),
    responses((status = 200, body = Listed<VoucherView>)),
)]
pub async fn list(
    State(context): State<Context>,
    work: Work<MakeVouchers>,
    Params(page): Params<PageParams>,
) -> Result<impl IntoResponse, Problem> {
    let vouchers = work.staff(&context).vouchers(page.limit(), page.cursor.as_ref()).await.map_err(problems::of)?;
    Ok(Listed::from(vouchers.map(VoucherView::from)))
}
