//! `POST /api/v1/admin/prices` - lets a change of the price rules begin at a moment.

use super::view::PriceChangeView;
use crate::{access::ChangePrices, reason::Reason, work::Work};
use api::{
    Json, Parse, Problem,
    axum::{self, extract::State, response::IntoResponse},
    parse::Between,
};
use domain::{Credits, Timestamp, price_change::PriceChange};
use http::StatusCode;
use runtime::Context;
use utoipa::ToSchema;

/// A change of the price rules. What is left out stays as it was.
#[derive(Parse, ToSchema)]
#[schema(example = json!({
    "from": "2027-01-01T00:00:00Z", "sms_list": "0.5500", "reason": "suppliers raised their prices",
}))]
pub struct PricesToChange {
    /// When it begins. Left out, now. Another change that begins then is replaced.
    #[schema(required = false)]
    pub from: Option<Timestamp>,
    /// List price of an SMS verification: at most 100.
    #[schema(required = false)]
    pub sms_list: Option<Credits>,
    /// A price is at least the supplier's cost × this percentage.
    #[schema(required = false, value_type = Option<u32>, minimum = 100, maximum = 1000)]
    pub markup_percent: Option<Between<100, 1000>>,
    /// Factor on the list price of hard services, in per cent.
    #[schema(required = false, value_type = Option<u32>, minimum = 100, maximum = 1000)]
    pub hard_percent: Option<Between<100, 1000>>,
    /// Prices are rounded up to a multiple of this: at most the list price.
    #[schema(required = false)]
    pub step: Option<Credits>,
    /// Why. It stays in the audit trail.
    #[schema(value_type = String)]
    pub reason: Reason,
}

/// Change prices
///
/// Purchases follow the change from its moment on; what is held keeps its price. Public lists follow within a minute.
#[utoipa::path(
    post, path = "/api/v1/admin/prices", operation_id = "change_prices", tag = "backoffice",
    request_body = PricesToChange, responses((status = 201, description = "The change.", body = PriceChangeView)),
)]
pub async fn change(
    State(context): State<Context>,
    work: Work<ChangePrices>,
    Json(asked): Json<PricesToChange>,
) -> Result<impl IntoResponse, Problem> {
    let PricesToChange { from, sms_list, markup_percent, hard_percent, step, reason } = asked;
    let (markup_percent, hard_percent) = (markup_percent.map(Between::get), hard_percent.map(Between::get));
    let change = PriceChange { sms_list, markup_percent, hard_percent, step };
    let changed = work.staff(&context).change_prices(from, change, reason.as_str()).await;
    let changed = changed.map_err(super::problem)?;
    Ok((StatusCode::CREATED, axum::Json(PriceChangeView::from(changed))))
}
