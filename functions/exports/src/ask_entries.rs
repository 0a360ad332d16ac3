//! `POST /api/v1/wallet/entries/export` - asks for a copy of the wallet's entries of a period.

use crate::{
    access::AskExport,
    ask::{ExportView, asked},
    codes::ExportTooSoon,
};
use api::{
    Caller, Json, Parse, Problem, Requested,
    axum::{extract::State, response::IntoResponse},
};
use domain::{Timestamp, account::ExportContents};
use runtime::Context;
use utoipa::ToSchema;

/// The period of an export.
#[derive(Parse, ToSchema)]
#[parse(problems(ExportTooSoon))]
#[schema(example = json!({"from": "2026-01-01T00:00:00Z", "to": "2027-01-01T00:00:00Z"}))]
pub struct EntriesExport {
    /// Export the entries at or after this time.
    pub from: Timestamp,
    /// Export the entries before this time.
    pub to: Timestamp,
}

/// Export wallet entries
///
/// Writes the entries of a period as CSV and JSON into a zip, and sends a link by mail, usually within minutes. Once in an
/// hour; a newer export ends the link of the one before. The link works like that of `POST /api/v1/me/export`. Only
/// sessions may do it. For a short period, list the entries instead.
#[utoipa::path(
    post, path = "/api/v1/wallet/entries/export", operation_id = "export_wallet_entries", tag = "exports",
    request_body = EntriesExport,
    responses((status = 202, description = "A mail follows once the file is ready.", body = ExportView)),
)]
pub async fn ask_entries(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<AskExport>,
    Requested(source): Requested,
    Json(EntriesExport { from, to }): Json<EntriesExport>,
) -> Result<impl IntoResponse, Problem> {
    asked(&context, &principal.user, ExportContents::Entries { from, to }, source).await
}
