//! `POST /api/v1/auth/second-factor` - takes the second step of a sign-in.

use crate::{
    client::Client,
    codes::{ChallengeOver, TooManyAttempts, WrongCode},
    problems,
    tokens::{self, TokensView},
};
use api::{
    AttemptLimit, Json, Parse, Problem,
    axum::{extract::State, response::Response},
    codes::AccountDisabled,
};
use domain::account::{FactorCode, OneTimeText, Realm};
use runtime::Context;
use utoipa::ToSchema;

/// The second step of a sign-in.
#[derive(Parse, ToSchema)]
#[parse(problems(ChallengeOver, WrongCode, TooManyAttempts, AccountDisabled))]
pub struct SecondStep {
    /// The `challenge` that the first step returned.
    #[schema(value_type = String)]
    pub challenge: OneTimeText,
    /// Code of the app, or a backup code.
    #[schema(value_type = String, example = "287082")]
    pub code: FactorCode,
    /// For browsers: the refresh token comes in a cookie that scripts can't read.
    #[schema(required = false)]
    #[parse(default)]
    pub use_cookie: bool,
}

/// Sign in with a code
///
/// Starts a session. The challenge works once, for ten minutes; a wrong code does not use it up. After ten wrong codes,
/// no code is accepted for 15 minutes.
#[utoipa::path(
    post, path = "/api/v1/auth/second-factor", operation_id = "sign_in_with_code", tag = "auth",
    request_body = SecondStep,
    responses((status = 200, description = "The tokens of the session.", body = TokensView,
        headers(("Set-Cookie" = String, description = "The refresh token, with `use_cookie`.")))),
)]
pub async fn sign_in(
    State(context): State<Context>,
    _limit: AttemptLimit,
    Client(client): Client,
    Json(SecondStep { challenge, code, use_cookie }): Json<SecondStep>,
) -> Result<Response, Problem> {
    let now = context.now();
    let issued = accounts::sign_in_with_code(&context, Realm::Customer, &challenge, &code, &client).await;
    Ok(tokens::answer(issued.map_err(|reason| problems::of_sign_in(reason, now))?, use_cookie, now))
}
