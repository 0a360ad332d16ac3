//! `POST /api/v1/auth/passkey/finish` - signs a person in with a passkey.

use super::Credential;
use crate::{
    client::Client,
    codes::{CsrfHeaderRequired, PasskeyChallengeOver, PasskeyRefused},
    problems,
    refresh_token::RefreshTokenPlace,
    tokens::{self, TokensView},
};
use api::{
    AttemptLimit, Json, Parse, Problem,
    axum::{extract::State, response::Response},
    codes::{AccountDisabled, Busy},
};
use http::HeaderMap;
use runtime::Context;
use utoipa::ToSchema;

/// A sign-in with a passkey.
#[derive(Parse, ToSchema)]
#[parse(problems(CsrfHeaderRequired, PasskeyChallengeOver, PasskeyRefused, AccountDisabled, Busy))]
pub struct PasskeySignIn {
    /// The credential that the browser returned, as its `toJSON()` returns it.
    #[schema(value_type = Object)]
    pub credential: Credential,
    /// For browsers: the refresh token comes in a cookie that scripts can't read. Send `X-CSRF-Protection: 1`, too.
    #[schema(value_type = Option<bool>, required = false)]
    #[parse(default)]
    pub use_cookie: bool,
}

/// Sign in with a passkey
///
/// Starts a session. No code is asked for, because the device has checked its person. The options of
/// `POST /api/v1/auth/passkey/start` work once.
#[utoipa::path(
    post, path = "/api/v1/auth/passkey/finish", operation_id = "sign_in_with_passkey", tag = "auth",
    request_body = PasskeySignIn,
    responses((status = 200, description = "The tokens of the session.", body = TokensView,
        headers(("Set-Cookie" = String, description = "The refresh token, with `use_cookie`.")))),
)]
pub async fn finish(
    State(context): State<Context>,
    _limit: AttemptLimit,
    Client(client): Client,
    headers: HeaderMap,
    Json(PasskeySignIn { credential, use_cookie }): Json<PasskeySignIn>,
) -> Result<Response, Problem> {
    let now = context.now();
    let place = RefreshTokenPlace::of(use_cookie, &headers)?;
    let issued = accounts::sign_in_with_passkey(&context, &credential.0, &client).await;
    Ok(tokens::answer(issued.map_err(|reason| problems::of_sign_in(reason, now))?, place, now))
}
