//! `DELETE /api/v1/me/google` - ends the link with an account at Google.

use crate::{access::EndGoogleLink, client::Client, problems, proof::OwnerProof};
use api::{
    Caller, Json, Problem,
    axum::{extract::State, response::IntoResponse},
};
use http::StatusCode;
use runtime::Context;

/// Unlink the account at Google
///
/// From now on the person signs in with the password, which must be set before. Open sessions stay. A mail tells the
/// person. Only sessions may do it.
#[utoipa::path(
    delete, path = "/api/v1/me/google", operation_id = "unlink_google", tag = "auth", request_body = OwnerProof,
    responses((status = 204, description = "The account is not linked any more.")),
)]
pub async fn unlink(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<EndGoogleLink>,
    Client(client): Client,
    Json(proof): Json<OwnerProof>,
) -> Result<impl IntoResponse, Problem> {
    let now = context.now();
    let unlinked = accounts::unlink_google(&context, &principal.user, &proof.of(&principal), &client).await;
    unlinked.map_err(|reason| problems::of_google_link(reason, now))?;
    Ok(StatusCode::NO_CONTENT)
}
