//! `GET /api/v1/invoices` - lists the customer's invoices and credit notes, newest first.

use crate::{access::ReadInvoices, view::InvoiceView};
use api::{
    Between, Caller, Listed, PageParams, Params, Parse, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::access::Mode;
use runtime::Context;
use store::Cursor;
use utoipa::IntoParams;

/// The requested page of the list.
#[derive(Parse, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InvoicesParams {
    /// Only what was issued in this year (UTC).
    #[param(inline, minimum = 2020, maximum = 2100)]
    pub year: Option<Between<2020, 2100>>,
    /// Maximum number of items, 1 to 100. Defaults to 50.
    #[param(inline)]
    pub limit: Option<Between<1, 100>>,
    /// `next_cursor` of the previous page.
    #[param(value_type = Option<String>)]
    pub cursor: Option<Cursor>,
}

/// List invoices
///
/// Returns invoices and credit notes, the newest first; nothing with a test key.
#[utoipa::path(
    get, path = "/api/v1/invoices", operation_id = "list_invoices", tag = "invoices",
    params(InvoicesParams), responses((status = 200, body = Listed<InvoiceView>)),
)]
pub async fn list(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadInvoices>,
    Params(InvoicesParams { year, limit, cursor }): Params<InvoicesParams>,
) -> Result<impl IntoResponse, Problem> {
    if principal.mode == Mode::Test {
        return Ok(Listed { items: Vec::new(), next_cursor: None });
    }
    let year = year.and_then(|year| u16::try_from(year.get()).ok());
    let page = PageParams { limit, cursor };
    let ledger = context.store().ledger();
    let invoices = ledger.invoices(&principal.user, year, page.limit(), page.cursor.as_ref()).await?;
    Ok(Listed::from(invoices).map(InvoiceView::of))
}
