//! `POST /api/v1/me/2fa/backup-codes` - replaces the backup codes.

use super::{BackupCodesView, disable::PasswordAndCode};
use crate::{access::ChangeSecondFactor, client::Client, problems, proof::owner_proof};
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
    request_body = PasswordAndCode, responses((status = 200, description = "The new codes.", body = BackupCodesView)),
)]
pub async fn renew(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ChangeSecondFactor>,
    Client(client): Client,
    Json(PasswordAndCode { password, code }): Json<PasswordAndCode>,
) -> Result<impl IntoResponse, Problem> {
    let proof = owner_proof(&principal, password, Some(code));
    let codes = accounts::renew_backup_codes(&context, &principal.user, &proof, &client).await;
    let codes = codes.map_err(|reason| problems::of_second_factor(reason, context.now()))?;
    Ok(axum::Json(BackupCodesView::from(codes)))
}
