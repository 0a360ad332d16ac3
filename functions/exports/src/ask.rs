//! `POST /api/v1/me/export` - asks for a copy of all data.

use crate::{access::AskExport, codes::ExportTooSoon};
use accounts::NotExported;
use api::{
    Caller, Json, Parse, Problem, Requested,
    axum::{self, extract::State, response::IntoResponse},
};
use domain::{ExportId, Timestamp, UserId, account::ExportContents, audit::Source};
use http::StatusCode;
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// A request for an export; it has no fields yet.
#[derive(Parse, ToSchema)]
#[parse(problems(ExportTooSoon))]
pub struct ExportRequest {}

/// An export that is being written.
#[derive(Serialize, ToSchema)]
pub struct ExportView {
    /// Identifier.
    export_id: ExportId,
    /// From when on the next one may be asked for.
    next_from: Timestamp,
}

/// Export your data
///
/// Collects everything that we hold about you in a zip with JSON and CSV files, and sends a link by mail, usually
/// within minutes. Once in 24 hours. Only sessions may do it.
#[utoipa::path(
    post, path = "/api/v1/me/export", operation_id = "export_data", tag = "exports", request_body = ExportRequest,
    responses((status = 202, description = "A mail follows once the file is ready.", body = ExportView)),
)]
pub async fn ask(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<AskExport>,
    Requested(source): Requested,
    Json(ExportRequest {}): Json<ExportRequest>,
) -> Result<impl IntoResponse, Problem> {
    asked(&context, &principal.user, ExportContents::Everything, source).await
}

/// Asks for an export, and answers it.
pub(crate) async fn asked(
    context: &Context,
    user: &UserId,
    contents: ExportContents,
    source: Source,
) -> Result<impl IntoResponse + use<>, Problem> {
    let asked = accounts::ask_export(context, user, contents, &source.into()).await;
    let export = asked.map_err(|reason| match reason {
        NotExported::TooSoon { from } => {
            Problem::from(ExportTooSoon { from }).retry_after(from.since(context.now()).as_secs() + 1)
        }
        NotExported::Queue(error) => Problem::unavailable(error),
        NotExported::Store(error) => error.into(),
    })?;
    let next_from = export.next_from();
    Ok((StatusCode::ACCEPTED, axum::Json(ExportView { export_id: export.export_id, next_from })))
}
