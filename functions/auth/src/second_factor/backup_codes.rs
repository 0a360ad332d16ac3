//! `POST /api/v1/me/2fa/backup-codes` - replaces the backup codes.

use super::BackupCodesView;
use crate::{access::RenewBackupCodes, client::Client, problems, proof::OwnerProof};
use api::{
    Caller, Json, Problem,
    axum::{self, extract::State, response::IntoResponse},
};
use runtime::Context;

/// Replace the backup codes
///
/// Returns ten new codes. The codes before no longer work.
#[utoipa::path(
    post, path = "/api/v1/me/2fa/backup-codes", operation_id = "renew_backup_codes", tag = "auth",
    request_body = OwnerProof, responses((status = 200, description = "The new codes.", body = BackupCodesView)),
)]
pub async fn renew(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<RenewBackupCodes>,
    Client(client): Client,
    Json(proof): Json<OwnerProof>,
) -> Result<impl IntoResponse, Problem> {
    let codes = accounts::renew_backup_codes(&context, &principal.user, &proof.of(&principal), &client).await;
    let codes = codes.map_err(|reason| problems::of_second_factor(reason, context.now()))?;
    Ok(axum::Json(BackupCodesView::from(codes)))
}
