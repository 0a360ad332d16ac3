//! `GET /api/v1/invoices/{id}/pdf` - answers where the PDF of an invoice can be downloaded.

use crate::{
    access::DownloadInvoice,
    bucket::{Bucket, LINK_LIFETIME},
    codes::InvoiceNotReady,
};
use api::{
    Caller, Owned, Problem, Unstored,
    axum::{extract::State, response::IntoResponse},
};
use domain::{InvoiceId, Timestamp};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// When a client should ask again for a file that is being made, in seconds.
const RETRY_AFTER: u64 = 5;

/// Where the PDF can be downloaded.
#[derive(Serialize, ToSchema)]
pub struct InvoiceFileView {
    /// Address of the PDF. It needs no credential, so whoever has it can download the file.
    url: String,
    /// Until when it works.
    expires_at: Timestamp,
}

/// Download an invoice
///
/// Answers an address that works for 15 minutes. It is no redirect, because clients would send their key along. Seconds
/// after the payment the file may not be ready yet; then the answer is `invoice_not_ready`.
#[utoipa::path(
    get, path = "/api/v1/invoices/{id}/pdf", operation_id = "download_invoice", tag = "invoices",
    params(("id" = InvoiceId, Path)), responses((status = 200, body = InvoiceFileView)),
)]
pub async fn pdf(
    State(context): State<Context>,
    Caller { beside: Owned(issued), .. }: Caller<DownloadInvoice>,
) -> Result<impl IntoResponse, Problem> {
    if issued.stored_at.is_none() {
        return Err(Problem::from(InvoiceNotReady).retry_after(RETRY_AFTER));
    }
    let bucket = context.get::<Bucket>().await.map_err(Problem::unavailable)?;
    let expires_at = context.now().plus(LINK_LIFETIME);
    let url = bucket.link(&issued).await.map_err(Problem::unavailable)?;
    Ok(Unstored(InvoiceFileView { url, expires_at }))
}
