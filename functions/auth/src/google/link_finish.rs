//! `POST /api/v1/me/google/finish` - links the account with the account at Google of the person who came back.

use crate::{
    access::FinishGoogleLink,
    client::Client,
    codes::{GoogleNotConfigured, GoogleRefused, GoogleSignInOver, GoogleTaken},
    problems,
};
use api::{
    Caller, Json, Parse, Problem,
    axum::{extract::State, response::IntoResponse},
    codes::{Busy, Unavailable},
};
use domain::account::{AuthorizationCode, OneTimeText};
use http::StatusCode;
use runtime::Context;
use utoipa::ToSchema;

/// What Google sent a person back with.
#[derive(Parse, ToSchema)]
#[parse(problems(GoogleNotConfigured, GoogleSignInOver, GoogleRefused, GoogleTaken, Busy, Unavailable))]
pub struct GoogleLinkReturn {
    /// `code` of the query.
    #[schema(value_type = String)]
    pub code: AuthorizationCode,
    /// `state` of the query.
    #[schema(value_type = String)]
    pub state: OneTimeText,
}

/// Finish a link with Google
///
/// From now on the person can sign in with this account at Google, whatever its address is. An account has one link,
/// and an account at Google belongs to one account. A mail tells the person. Only the person who began it may finish
/// it.
#[utoipa::path(
    post, path = "/api/v1/me/google/finish", operation_id = "finish_google_link", tag = "auth",
    request_body = GoogleLinkReturn,
    responses((status = 204, description = "The account is linked.")),
)]
pub async fn finish(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<FinishGoogleLink>,
    Client(client): Client,
    Json(GoogleLinkReturn { code, state }): Json<GoogleLinkReturn>,
) -> Result<impl IntoResponse, Problem> {
    let now = context.now();
    let linked = accounts::finish_google_link(&context, &principal.user, &state, &code, &client).await;
    linked.map_err(|reason| problems::of_google_link(reason, now))?;
    Ok(StatusCode::NO_CONTENT)
}
