//! `POST /api/v1/admin/auth/confirm-2fa` - turns the second factor on, and starts the first session.

use crate::{
    client::Client,
    codes::{ChallengeOver, CsrfHeaderRequired, NoSecondFactorProposed, TooManyAttempts, WrongCode},
    problems,
    refresh_token::RefreshTokenPlace,
    second_factor::BackupCodesView,
    tokens::{self, TokensView},
};
use api::{
    AttemptLimit, Json, Parse, Problem, StaffNetwork,
    axum::{extract::State, response::Response},
    codes::Busy,
};
use domain::account::{FactorCode, OneTimeText};
use http::HeaderMap;
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// The first code of an app.
#[derive(Parse, ToSchema)]
#[parse(problems(CsrfHeaderRequired, ChallengeOver, NoSecondFactorProposed, WrongCode, TooManyAttempts, Busy))]
pub struct FirstStaffCode {
    /// The `challenge` of the first step.
    #[schema(value_type = String)]
    pub challenge: OneTimeText,
    /// Code of the app: six digits.
    #[schema(value_type = String, example = "287082")]
    pub code: FactorCode,
    /// For browsers: the refresh token comes in a cookie that scripts can't read. Send `X-CSRF-Protection: 1`, too.
    #[schema(value_type = Option<bool>, required = false)]
    #[parse(default)]
    pub use_cookie: bool,
}

/// The tokens of the first session, and the backup codes.
#[derive(Serialize, ToSchema)]
pub struct FirstSessionView {
    /// The tokens.
    #[serde(flatten)]
    tokens: TokensView,
    /// The backup codes.
    #[serde(flatten)]
    codes: BackupCodesView,
}

/// Confirm the second factor
///
/// Turns it on, returns ten backup codes, and starts a session.
#[utoipa::path(
    post, path = "/api/v1/admin/auth/confirm-2fa", operation_id = "staff_confirm_second_factor", tag = "auth",
    request_body = FirstStaffCode,
    responses((status = 200, description = "The tokens of the session, and the backup codes.", body = FirstSessionView,
        headers(("Set-Cookie" = String, description = "The refresh token, with `use_cookie`.")))),
)]
pub async fn confirm(
    State(context): State<Context>,
    _network: StaffNetwork,
    _limit: AttemptLimit,
    Client(client): Client,
    headers: HeaderMap,
    Json(FirstStaffCode { challenge, code, use_cookie }): Json<FirstStaffCode>,
) -> Result<Response, Problem> {
    let now = context.now();
    let place = RefreshTokenPlace::of(use_cookie, &headers)?;
    let confirmed = accounts::confirm_staff(&context, &challenge, &code, &client).await;
    let (issued, codes) = confirmed.map_err(|reason| problems::of_sign_in(reason, now))?;
    let (cookie, tokens) = tokens::of(issued, place, now);
    Ok(tokens::with_cookie(cookie, FirstSessionView { tokens, codes: codes.into() }))
}
