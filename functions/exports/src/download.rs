//! `POST /api/v1/me/export/download` - answers where an export can be downloaded.

use crate::{
    access::DownloadExport,
    bucket::{Bucket, LINK_LIFETIME},
    codes::ExportNotAvailable,
};
use api::{
    Caller, Json, Parse, Problem, Requested, Unstored,
    axum::{extract::State, response::IntoResponse},
};
use domain::{Timestamp, account::OneTimeText};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// The token of a link.
#[derive(Parse, ToSchema)]
#[parse(problems(ExportNotAvailable))]
pub struct ExportLink {
    /// The token in the link of the mail.
    #[schema(value_type = String)]
    pub token: OneTimeText,
}

/// Where an export can be downloaded.
#[derive(Serialize, ToSchema)]
pub struct DownloadView {
    /// Address of the zip. Whoever has it can download the file.
    url: String,
    /// Until when it works.
    expires_at: Timestamp,
}

/// Download the export
///
/// Needs the token of the mail and a session of the same account, so neither a stolen session nor a read mailbox is
/// enough. Answers an address that works for five minutes; the token works again until it is three days old.
#[utoipa::path(
    post, path = "/api/v1/me/export/download", operation_id = "download_export", tag = "exports",
    request_body = ExportLink, responses((status = 200, body = DownloadView)),
)]
pub async fn download(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<DownloadExport>,
    Requested(source): Requested,
    Json(ExportLink { token }): Json<ExportLink>,
) -> Result<impl IntoResponse, Problem> {
    let found = accounts::download_export(&context, &principal.user, &token, &source.into()).await?;
    let export = found.ok_or(ExportNotAvailable)?;
    let bucket = context.get::<Bucket>().await.map_err(Problem::unavailable)?;
    let expires_at = context.now().plus(LINK_LIFETIME);
    let url = bucket.link(&export).await.map_err(Problem::unavailable)?;
    Ok(Unstored(DownloadView { url, expires_at }))
}
