//! `DELETE /api/v1/me/passkeys/{id}` - removes a passkey.

use super::OwnPasskey;
use crate::{access::RemovePasskey, client::Client, problems, proof::OwnerProof};
use api::{
    Caller, Json, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::PasskeyId;
use http::StatusCode;
use runtime::Context;

/// Remove a passkey
///
/// It signs in no more. Sessions stay open. Sends a mail to the owner of the account. Only the owner may do it, in a
/// session.
#[utoipa::path(
    delete, path = "/api/v1/me/passkeys/{id}", operation_id = "remove_passkey", tag = "auth",
    params(("id" = PasskeyId, Path)), request_body = OwnerProof,
    responses((status = 204, description = "The passkey was removed.")),
)]
pub async fn remove(
    State(context): State<Context>,
    Caller { principal, beside: OwnPasskey(passkey), .. }: Caller<RemovePasskey>,
    Client(client): Client,
    Json(proof): Json<OwnerProof>,
) -> Result<impl IntoResponse, Problem> {
    let (user, id) = (&principal.user, &passkey.passkey_id);
    let removed = accounts::remove_passkey(&context, user, id, &proof.of(&principal), &client).await;
    removed.map_err(|reason| problems::of_passkey(reason, context.now()))?;
    Ok(StatusCode::NO_CONTENT)
}
