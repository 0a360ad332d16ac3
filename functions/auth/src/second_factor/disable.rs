//! `POST /api/v1/me/2fa/disable` - turns the second factor off.

use crate::{access::DisableSecondFactor, client::Client, problems, proof::OwnerProof};
use api::{
    Caller, Json, Problem,
    axum::{extract::State, response::IntoResponse},
};
use http::StatusCode;
use runtime::Context;

/// Turn the second factor off
///
/// Its secret and the backup codes are forgotten. People of the staff can't turn it off.
#[utoipa::path(
    post, path = "/api/v1/me/2fa/disable", operation_id = "disable_second_factor", tag = "auth",
    request_body = OwnerProof, responses((status = 204, description = "The second factor is off.")),
)]
pub async fn disable(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<DisableSecondFactor>,
    Client(client): Client,
    Json(proof): Json<OwnerProof>,
) -> Result<impl IntoResponse, Problem> {
    let disabled = accounts::disable_second_factor(&context, &principal.user, &proof.of(&principal), &client).await;
    disabled.map_err(|reason| problems::of_second_factor(reason, context.now()))?;
    Ok(StatusCode::NO_CONTENT)
}
