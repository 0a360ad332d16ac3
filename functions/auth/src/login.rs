//! `POST /api/v1/auth/login` - signs a person in.

use crate::{
    client::Client,
    codes::{CsrfHeaderRequired, EmailNotVerified, InvalidCredentials, SecondFactorRequired, TooManyAttempts},
    problems,
    refresh_token::RefreshTokenPlace,
    robots::{NoRobot, SignIn},
    tokens::{self, TokensView},
};
use api::{
    AttemptLimit, Json, Parse, Problem,
    axum::{extract::State, response::Response},
    codes::AccountDisabled,
};
use domain::{EmailAddress, account::Password};
use http::HeaderMap;
use runtime::Context;
use utoipa::ToSchema;

/// A sign-in.
#[derive(Parse, ToSchema)]
#[parse(problems(
    CsrfHeaderRequired,
    InvalidCredentials,
    EmailNotVerified,
    SecondFactorRequired,
    TooManyAttempts,
    AccountDisabled
))]
#[schema(example = json!({"email": "kofi@example.com", "password": "correct horse battery"}))]
pub struct Login {
    /// Email address.
    #[schema(value_type = String, format = "email")]
    pub email: EmailAddress,
    /// Password.
    #[schema(value_type = String, format = "password")]
    pub password: Password,
    /// For browsers: the refresh token comes in a cookie that scripts can't read. Send `X-CSRF-Protection: 1`, too.
    #[schema(value_type = Option<bool>, required = false)]
    #[parse(default)]
    pub use_cookie: bool,
}

/// Sign in
///
/// Starts a session. After five failures, a network waits 15 minutes before it can sign in to this address again.
/// If the account has a second factor, the problem `second_factor_required` has a `challenge` for
/// `POST /api/v1/auth/second-factor`.
#[utoipa::path(
    post, path = "/api/v1/auth/login", operation_id = "login", tag = "auth", request_body = Login,
    params(("Proof-Of-Work" = Option<String>, Header, description = "A proof of work, if the problem `proof_of_work_required` asks for one.")),
    responses((status = 200, description = "The tokens of the session.", body = TokensView,
        headers(("Set-Cookie" = String, description = "The refresh token, with `use_cookie`.")))),
)]
pub async fn login(
    State(context): State<Context>,
    _limit: AttemptLimit,
    _no_robot: NoRobot<SignIn>,
    Client(client): Client,
    headers: HeaderMap,
    Json(Login { email, password, use_cookie }): Json<Login>,
) -> Result<Response, Problem> {
    let now = context.now();
    let place = RefreshTokenPlace::of(use_cookie, &headers)?;
    let issued = accounts::sign_in(&context, &email, &password, &client).await;
    Ok(tokens::answer(issued.map_err(|reason| problems::of_sign_in(reason, now))?, place, now))
}
