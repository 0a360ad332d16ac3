//! `POST /api/v1/auth/passkey/start` - begins a sign-in with a passkey.

use super::OptionsView;
use crate::problems;
use api::{
    AttemptLimit, Problem, Unstored,
    axum::{extract::State, response::IntoResponse},
};
use runtime::Context;

/// Begin to sign in with a passkey
///
/// Returns the options for `navigator.credentials.get`, in the form that
/// `PublicKeyCredential.parseRequestOptionsFromJSON` reads. They name no account: the device offers the passkeys that
/// it has. Send the credential to `POST /api/v1/auth/passkey/finish` within five minutes, or with the `challenge` of a
/// first step to `POST /api/v1/auth/second-factor`.
#[utoipa::path(
    post, path = "/api/v1/auth/passkey/start", operation_id = "start_passkey_sign_in", tag = "auth",
    responses((status = 200, description = "The options.", body = OptionsView)),
)]
pub async fn start(State(context): State<Context>, _limit: AttemptLimit) -> Result<impl IntoResponse, Problem> {
    let options = accounts::start_using(&context).await;
    let options = options.map_err(|reason| problems::of_passkey(reason, context.now()))?;
    Ok(Unstored(OptionsView::from(options)))
}
