//! `GET /api/v1/countries` - lists the countries whose numbers can be bought.

use crate::{cacheable, lists};
use api::{
    Listed, Problem, Visitor,
    axum::{extract::State, response::Response},
};
use domain::CountryCode;
use http::HeaderMap;
use runtime::Context;
use serde::Serialize;
use store::CountryRow;
use utoipa::ToSchema;

/// A country.
#[derive(Serialize, ToSchema)]
pub struct CountryView {
    /// ISO 3166-1 alpha-2.
    code: CountryCode,
    /// English name.
    #[schema(examples("Ghana"))]
    name: String,
    /// Calling codes.
    #[schema(examples("+233"))]
    prefixes: Vec<String>,
}

impl From<&CountryRow> for CountryView {
    fn from(row: &CountryRow) -> Self {
        Self { code: row.code.clone(), name: row.name.clone(), prefixes: row.prefixes.clone() }
    }
}

/// List countries
///
/// Lists every country whose numbers can be bought. The list is complete; `next_cursor` is always
/// null.
#[utoipa::path(
    get, path = "/api/v1/countries", operation_id = "list_countries", tag = "catalog",
    responses((status = 200, body = Listed<CountryView>)),
)]
pub async fn countries(
    State(context): State<Context>,
    visitor: Visitor,
    request: HeaderMap,
) -> Result<Response, Problem> {
    let (version, rows) = lists::countries(&context).await?;
    let whole = || Listed { items: rows.iter().map(CountryView::from).collect(), next_cursor: None };
    Ok(cacheable::answer(&visitor, version.version, &request, whole))
}
