//! `POST /api/v1/auth/google/finish` - signs a person in who came back from Google.

use super::cookie;
use crate::{
    client::Client,
    codes::{
        CsrfHeaderRequired, GoogleNotConfigured, GoogleRefused, GoogleSignInOver, LinkAccount, SecondFactorRequired,
    },
    problems,
    refresh_token::RefreshTokenPlace,
    tokens::{self, TokensView},
};
use accounts::Returned;
use api::{
    AttemptLimit, Json, Parse, Problem,
    axum::{extract::State, response::Response},
    codes::{AccountDisabled, Unavailable},
};
use domain::account::{AuthorizationCode, OneTimeText};
use http::HeaderMap;
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// What Google sent a person back with.
#[derive(Parse, ToSchema)]
#[parse(problems(
    CsrfHeaderRequired,
    GoogleNotConfigured,
    GoogleSignInOver,
    GoogleRefused,
    LinkAccount,
    SecondFactorRequired,
    AccountDisabled,
    Unavailable
))]
pub struct GoogleReturn {
    /// `code` of the query.
    #[schema(value_type = String)]
    pub code: AuthorizationCode,
    /// `state` of the query.
    #[schema(value_type = String)]
    pub state: OneTimeText,
    /// For browsers: the refresh token comes in a cookie that scripts can't read. Send `X-CSRF-Protection: 1`, too.
    #[schema(value_type = Option<bool>, required = false)]
    #[parse(default)]
    pub use_cookie: bool,
}

/// The tokens of the session, and where the page goes on.
#[derive(Serialize, ToSchema)]
pub struct GoogleSessionView {
    /// The tokens.
    #[serde(flatten)]
    tokens: TokensView,
    /// `redirect` of the first step; null without one.
    redirect: Option<String>,
}

/// Finish a sign-in with Google
///
/// Starts a session. A person whom we don't know gets an account, if nobody has the address yet; it has no password
/// until the person asks for one with `POST /api/v1/auth/forgot-password`. If the address has an account, its owner
/// must link it first (`link_account`). With a second factor, the problem `second_factor_required` has a `challenge` as
/// after a password, and `redirect`. Code and state work once, in the browser that began; if Google does not answer
/// (503), the same request can be repeated.
#[utoipa::path(
    post, path = "/api/v1/auth/google/finish", operation_id = "finish_google", tag = "auth",
    request_body = GoogleReturn,
    responses((status = 200, description = "The tokens of the session.", body = GoogleSessionView,
        headers(("Set-Cookie" = String, description = "The refresh token, with `use_cookie`.")))),
)]
pub async fn finish(
    State(context): State<Context>,
    _limit: AttemptLimit,
    Client(client): Client,
    headers: HeaderMap,
    Json(GoogleReturn { code, state, use_cookie }): Json<GoogleReturn>,
) -> Result<Response, Problem> {
    let now = context.now();
    let place = RefreshTokenPlace::of(use_cookie, &headers)?;
    let browser = cookie::of(&headers);
    let returned = accounts::finish_google(&context, &state, &code, browser.as_ref(), &client).await;
    let Returned { entered, redirect } = returned.map_err(problems::of_google_entry)?;
    let issued = entered.map_err(|reason| problems::of_sign_in(reason, now).with("redirect", &redirect))?;
    let (cookie, tokens) = tokens::of(issued, place, now);
    Ok(tokens::with_cookie(cookie, GoogleSessionView { tokens, redirect: redirect.map(String::from) }))
}
