//! `POST /api/v1/me/passkey/start` - begins to add a passkey.

use super::OptionsView;
use crate::{access::AddPasskey, client::Client, problems, proof::OwnerProof};
use api::{
    Caller, Json, Problem, Unstored,
    axum::{extract::State, response::IntoResponse},
};
use runtime::Context;

/// Begin to add a passkey
///
/// Returns the options for `navigator.credentials.create`, in the form that
/// `PublicKeyCredential.parseCreationOptionsFromJSON` reads. Send the new credential to
/// `POST /api/v1/me/passkey/finish` within five minutes. Only the owner may do it, in a session.
#[utoipa::path(
    post, path = "/api/v1/me/passkey/start", operation_id = "start_adding_passkey", tag = "auth", request_body = OwnerProof,
    responses((status = 200, description = "The options.", body = OptionsView)),
)]
pub async fn start(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<AddPasskey>,
    Client(client): Client,
    Json(proof): Json<OwnerProof>,
) -> Result<impl IntoResponse, Problem> {
    let options = accounts::start_adding(&context, &principal.user, &proof.of(&principal), &client).await;
    let options = options.map_err(|reason| problems::of_passkey(reason, context.now()))?;
    Ok(Unstored(OptionsView::from(options)))
}
