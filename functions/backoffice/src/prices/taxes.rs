//! `GET /api/v1/admin/taxes` - lists the taxes of countries.

use super::view::TaxRateView;
use crate::{access::ChangePrices, problems, work::Work};
use api::{
    Params, Parse, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::CountryCode;
use runtime::Context;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which taxes.
#[derive(Parse, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TaxQuery {
    /// Only those of this country.
    #[param(required = false)]
    pub country: Option<CountryCode>,
}

/// The taxes of countries.
#[derive(Serialize, ToSchema)]
pub struct TaxRatesView {
    /// By country and beginning.
    items: Vec<TaxRateView>,
}

/// List taxes
///
/// Returns the taxes of each country with their beginnings: those of the default table, and those that staff set.
#[utoipa::path(
    get, path = "/api/v1/admin/taxes", operation_id = "list_taxes", tag = "backoffice", params(TaxQuery),
    responses((status = 200, body = TaxRatesView)),
)]
pub async fn list(
    State(context): State<Context>,
    work: Work<ChangePrices>,
    Params(TaxQuery { country }): Params<TaxQuery>,
) -> Result<impl IntoResponse, Problem> {
    let settings = work.staff(&context).invoicing().await.map_err(problems::of)?;
    let taxes = settings.taxes().map_err(Problem::internal)?;
    let wanted = taxes.rows().iter().filter(|row| country.as_ref().is_none_or(|country| row.country == *country));
    Ok(Json(TaxRatesView { items: wanted.map(TaxRateView::from).collect() }))
}
