//! `POST /api/v1/admin/auth/second-factor` - takes the second step of a sign-in of staff.

use crate::{
    client::Client,
    codes::{ChallengeOver, CsrfHeaderRequired, TooManyAttempts, WrongCode},
    problems,
    refresh_token::RefreshTokenPlace,
    tokens::{self, TokensView},
};
use api::{
    AttemptLimit, Json, Parse, Problem, StaffNetwork,
    axum::{extract::State, response::Response},
    codes::AccountDisabled,
};
use domain::account::{FactorCode, OneTimeText, Realm};
use http::HeaderMap;
use runtime::Context;
use utoipa::ToSchema;

/// The second step of a sign-in of staff. It takes no passkey.
#[derive(Parse, ToSchema)]
#[parse(problems(CsrfHeaderRequired, ChallengeOver, WrongCode, TooManyAttempts, AccountDisabled))]
pub struct StaffSecondStep {
    /// The `challenge` that the first step returned.
    #[schema(value_type = String)]
    pub challenge: OneTimeText,
    /// Code of the app, or a backup code.
    #[schema(value_type = String, example = "287082")]
    pub code: FactorCode,
    /// For browsers: the refresh token comes in a cookie that scripts can't read. Send `X-CSRF-Protection: 1`, too.
    #[schema(value_type = Option<bool>, required = false)]
    #[parse(default)]
    pub use_cookie: bool,
}

/// Sign in as staff with a code
///
/// Starts a session. It ends 30 minutes after its last refresh, and after twelve hours.
#[utoipa::path(
    post, path = "/api/v1/admin/auth/second-factor", operation_id = "staff_sign_in_with_code", tag = "auth",
    request_body = StaffSecondStep,
    responses((status = 200, description = "The tokens of the session.", body = TokensView,
        headers(("Set-Cookie" = String, description = "The refresh token, with `use_cookie`.")))),
)]
pub async fn sign_in(
    State(context): State<Context>,
    _network: StaffNetwork,
    _limit: AttemptLimit,
    Client(client): Client,
    headers: HeaderMap,
    Json(StaffSecondStep { challenge, code, use_cookie }): Json<StaffSecondStep>,
) -> Result<Response, Problem> {
    let now = context.now();
    let place = RefreshTokenPlace::of(use_cookie, &headers)?;
    let issued = accounts::sign_in_with_code(&context, Realm::Staff, &challenge, &code, &client).await;
    Ok(tokens::answer(issued.map_err(|reason| problems::of_sign_in(reason, now))?, place, now))
}
