//! `GET /api/v1/invoices/{id}` - returns an invoice or a credit note.

use crate::{access::ReadInvoice, view::InvoiceView};
use api::{
    Caller, Owned,
    axum::{Json, response::IntoResponse},
};
use domain::InvoiceId;

/// Get an invoice
///
/// Returns everything that the PDF says. It never changes.
#[utoipa::path(
    get, path = "/api/v1/invoices/{id}", operation_id = "get_invoice", tag = "invoices",
    params(("id" = InvoiceId, Path)), responses((status = 200, body = InvoiceView)),
)]
pub async fn get(Caller { beside: Owned(issued), .. }: Caller<ReadInvoice>) -> impl IntoResponse {
    Json(InvoiceView::of(issued))
}
