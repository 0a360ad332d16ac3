//! `GET /api/v1/me/2fa` - returns whether the second factor is on.

use crate::access::ReadSecondFactor;
use api::{
    Caller, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::{Timestamp, account::SecondFactor};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// The second factor of an account.
#[derive(Serialize, ToSchema)]
pub struct SecondFactorView {
    /// Whether a sign-in needs a code.
    enabled: bool,
    /// Since when; null if it is off.
    enabled_at: Option<Timestamp>,
    /// Backup codes that were not yet used.
    #[schema(examples(10))]
    backup_codes_left: usize,
}

/// Get the second factor
#[utoipa::path(
    get, path = "/api/v1/me/2fa", operation_id = "get_second_factor", tag = "auth",
    responses((status = 200, body = SecondFactorView)),
)]
pub async fn state(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadSecondFactor>,
) -> Result<impl IntoResponse, Problem> {
    let factor: SecondFactor = context.store().record(&principal.user, &()).await?.unwrap_or_default();
    Ok(Json(SecondFactorView {
        enabled: factor.is_on(),
        enabled_at: factor.since(),
        backup_codes_left: factor.backup_codes_left(),
    }))
}
