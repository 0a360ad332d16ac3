//! `POST /api/v1/admin/prices/withdraw` - withdraws a change of the price rules that has not begun.

use super::view::PriceChangeView;
use crate::{access::ChangePrices, reason::Reason, work::Work};
use api::{
    Json, Parse, Problem,
    axum::{self, extract::State, response::IntoResponse},
    codes::NotFound,
};
use domain::Timestamp;
use runtime::Context;
use utoipa::ToSchema;

/// A change to withdraw.
#[derive(Parse, ToSchema)]
#[parse(problems(NotFound))]
#[schema(example = json!({"from": "2027-01-01T00:00:00Z", "reason": "the supplier took its increase back"}))]
pub struct PricesToWithdraw {
    /// When it would begin.
    pub from: Timestamp,
    /// Why. It stays in the audit trail.
    #[schema(value_type = String)]
    pub reason: Reason,
}

/// Withdraw a change of prices
///
/// A change that has begun can't be withdrawn: make another one.
#[utoipa::path(
    post, path = "/api/v1/admin/prices/withdraw", operation_id = "withdraw_prices", tag = "backoffice",
    request_body = PricesToWithdraw, responses((status = 200, description = "What was withdrawn.", body = PriceChangeView)),
)]
pub async fn withdraw(
    State(context): State<Context>,
    work: Work<ChangePrices>,
    Json(PricesToWithdraw { from, reason }): Json<PricesToWithdraw>,
) -> Result<impl IntoResponse, Problem> {
    let withdrawn = work.staff(&context).withdraw_prices(from, reason.as_str()).await.map_err(super::problem)?;
    Ok(axum::Json(PriceChangeView::from((from, withdrawn))))
}
