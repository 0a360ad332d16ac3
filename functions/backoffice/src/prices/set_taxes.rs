//! `POST /api/v1/admin/taxes` - sets the taxes of a country from a moment on.

use super::view::TaxRateView;
use crate::{
    access::ChangePrices,
    codes::{NotATaxName, NotATaxRate, NotATaxTable},
    problems,
    reason::Reason,
    work::Work,
};
use api::{
    FieldError, Json, List, Parse, Problem,
    axum::{self, extract::State, response::IntoResponse},
    codes::Busy,
};
use domain::{
    CountryCode, Timestamp,
    invoice::{Rate, TaxComponent, TaxEntry, TaxName},
};
use http::StatusCode;
use runtime::Context;
use staff::StaffError;
use std::str::FromStr;
use utoipa::ToSchema;

/// The name of a tax.
#[derive(Clone, Debug)]
pub struct Name(TaxName);

/// The rate of a tax.
#[derive(Clone, Copy, Debug)]
pub struct PerCent(Rate);

impl FromStr for Name {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        text.parse().map(Self).map_err(|_| ())
    }
}

impl FromStr for PerCent {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        text.parse().map(Self).map_err(|_| ())
    }
}

api::text!(Name => NotATaxName, PerCent => NotATaxRate);

/// A tax to charge.
#[derive(Parse, ToSchema)]
pub struct TaxToCharge {
    /// Its name on invoices.
    #[schema(value_type = String, examples("VAT"))]
    pub name: Name,
    /// Per cent of the price without taxes.
    #[schema(value_type = String, examples("15.00"))]
    pub rate: PerCent,
}

/// The taxes of a country from a moment on.
#[derive(Parse, ToSchema)]
#[parse(problems(Busy))]
#[schema(example = json!({
    "country": "GH", "from": "2027-01-01T00:00:00Z", "taxes": [{"name": "VAT", "rate": "15.00"}], "reverse_charge": true,
    "reason": "the law of this year",
}))]
pub struct TaxesToSet {
    /// The country of the buyers.
    pub country: CountryCode,
    /// When they begin: midnight in the country. Others that begin then are replaced.
    pub from: Timestamp,
    /// The taxes; none if no tax is charged from then on.
    #[schema(value_type = Vec<TaxToCharge>, max_items = 5)]
    pub taxes: List<TaxToCharge, 0, 5>,
    /// Whether businesses of the country with a VAT number owe the tax themselves.
    pub reverse_charge: bool,
    /// Why. It stays in the audit trail.
    #[schema(value_type = String)]
    pub reason: Reason,
}

/// Set taxes
///
/// Invoices for money that comes from that moment on have them. Earlier invoices stay as they are.
#[utoipa::path(
    post, path = "/api/v1/admin/taxes", operation_id = "set_taxes", tag = "backoffice",
    request_body = TaxesToSet, responses((status = 201, description = "The taxes.", body = TaxRateView)),
)]
pub async fn set(
    State(context): State<Context>,
    work: Work<ChangePrices>,
    Json(asked): Json<TaxesToSet>,
) -> Result<impl IntoResponse, Problem> {
    let TaxesToSet { country, from, taxes, reverse_charge, reason } = asked;
    let taxes = taxes.into_inner().into_iter().map(|tax| TaxComponent { name: tax.name.0, rate: tax.rate.0 });
    let row = TaxEntry { country, from, taxes: taxes.collect(), reverse_charge };
    let set = work.staff(&context).set_taxes(row.clone(), Some(reason.as_str())).await;
    set.map_err(|error| match error {
        StaffError::Invoicing(_) => Problem::fields(vec![FieldError::new("taxes", NotATaxTable)]),
        error => problems::of(error),
    })?;
    Ok((StatusCode::CREATED, axum::Json(TaxRateView::from(&row))))
}
