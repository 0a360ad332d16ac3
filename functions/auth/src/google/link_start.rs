//! `POST /api/v1/me/google/start` - begins a link with an account at Google.

use super::AuthorizationView;
use crate::{access::BeginGoogleLink, client::Client, problems, proof::OwnerProof};
use api::{
    Caller, Json, Problem,
    axum::{self, extract::State, response::IntoResponse},
};
use runtime::Context;

/// Link an account at Google
///
/// Returns the page at Google to which the browser goes. The person must be back within ten minutes. Then send code and
/// state to `POST /api/v1/me/google/finish`. Only sessions may do it.
#[utoipa::path(
    post, path = "/api/v1/me/google/start", operation_id = "start_google_link", tag = "auth",
    request_body = OwnerProof,
    responses((status = 200, description = "The way to Google.", body = AuthorizationView)),
)]
pub async fn start(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<BeginGoogleLink>,
    Client(client): Client,
    Json(proof): Json<OwnerProof>,
) -> Result<impl IntoResponse, Problem> {
    let now = context.now();
    let begun = accounts::begin_google_link(&context, &principal.user, &proof.of(&principal), &client).await;
    Ok(axum::Json(AuthorizationView::from(begun.map_err(|reason| problems::of_google_link(reason, now))?)))
}
