//! `POST /api/v1/me/password` - changes the password of a person who is signed in.

use crate::{
    access::ChangePassword,
    client::Client,
    codes::{CodeRequired, CsrfHeaderRequired, TooManyAttempts, WrongCode, WrongPassword},
    problems,
    proof::owner_proof,
    refresh_token::RefreshTokenPlace,
    tokens::{self, TokensView},
};
use api::{
    Caller, Json, Parse, Problem,
    axum::{extract::State, response::Response},
    codes::Busy,
};
use domain::account::{FactorCode, Password};
use http::HeaderMap;
use runtime::Context;
use utoipa::ToSchema;

/// A change of the password.
#[derive(Parse, ToSchema)]
#[parse(problems(CsrfHeaderRequired, WrongPassword, CodeRequired, WrongCode, TooManyAttempts, Busy))]
pub struct PasswordChange {
    /// Current password.
    #[schema(value_type = String, format = "password")]
    pub current_password: Password,
    /// New password: at least ten characters, and not easy to guess.
    #[schema(value_type = String, format = "password")]
    pub new_password: Password,
    /// Code of the app, or a backup code. Required if the account has a second factor.
    #[schema(value_type = Option<String>, required = false, example = "287082")]
    pub code: Option<FactorCode>,
    /// For browsers: the refresh token comes in a cookie that scripts can't read. Send `X-CSRF-Protection: 1`, too.
    #[schema(value_type = Option<bool>, required = false)]
    #[parse(default)]
    pub use_cookie: bool,
}

/// Change the password
///
/// Ends all sessions, and answers with the tokens of a new one. API keys stay valid.
#[utoipa::path(
    post, path = "/api/v1/me/password", operation_id = "change_password", tag = "auth",
    request_body = PasswordChange,
    responses((status = 200, description = "The tokens of a new session.", body = TokensView,
        headers(("Set-Cookie" = String, description = "The refresh token, with `use_cookie`.")))),
)]
pub async fn change_password(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ChangePassword>,
    Client(client): Client,
    headers: HeaderMap,
    Json(PasswordChange { current_password, new_password, code, use_cookie }): Json<PasswordChange>,
) -> Result<Response, Problem> {
    let now = context.now();
    let place = RefreshTokenPlace::of(use_cookie, &headers)?;
    let proof = owner_proof(&principal, Some(current_password), code);
    let issued = accounts::change_password(&context, &principal.user, &proof, new_password, &client).await;
    Ok(tokens::answer(issued.map_err(|reason| problems::of_change(reason, now))?, place, now))
}
