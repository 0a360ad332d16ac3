//! `GET /api/v1/admin/prices` - shows the price rules and their changes.

use super::view::PriceListView;
use crate::{access::ChangePrices, problems, work::Work};
use api::{
    Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use runtime::Context;

/// List prices
///
/// Returns the price rules of this moment, and the changes that began or will begin.
#[utoipa::path(
    get, path = "/api/v1/admin/prices", operation_id = "list_prices", tag = "backoffice",
    responses((status = 200, body = PriceListView)),
)]
pub async fn list(State(context): State<Context>, work: Work<ChangePrices>) -> Result<impl IntoResponse, Problem> {
    let list = work.staff(&context).price_list().await.map_err(problems::of)?;
    Ok(Json(PriceListView::from(list)))
}
