//! `POST /api/v1/me/2fa/disable` - turns the second factor off.

use crate::{
    access::DisableSecondFactor,
    client::Client,
    codes::{SecondFactorOff, SignInAgain, TooManyAttempts, WrongCode, WrongPassword},
    problems,
    proof::owner_proof,
};
use api::{
    Caller, Json, Parse, Problem,
    axum::{extract::State, response::IntoResponse},
    codes::Busy,
};
use domain::account::{FactorCode, Password};
use http::StatusCode;
use runtime::Context;
use utoipa::ToSchema;

/// The proof that the owner of the account asks.
#[derive(Parse, ToSchema)]
#[parse(problems(SecondFactorOff, WrongPassword, SignInAgain, WrongCode, TooManyAttempts, Busy))]
pub struct PasswordAndCode {
    /// Current password. Required if the account has one; otherwise sign in again at most ten minutes before.
    #[schema(value_type = Option<String>, format = "password", required = false)]
    pub password: Option<Password>,
    /// Code of the app, or a backup code.
    #[schema(value_type = String, example = "287082")]
    pub code: FactorCode,
}

/// Turn the second factor off
///
/// Its secret and the backup codes are forgotten. People of the staff can't turn it off.
#[utoipa::path(
    post, path = "/api/v1/me/2fa/disable", operation_id = "disable_second_factor", tag = "auth",
    request_body = PasswordAndCode, responses((status = 204, description = "The second factor is off.")),
)]
pub async fn disable(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<DisableSecondFactor>,
    Client(client): Client,
    Json(PasswordAndCode { password, code }): Json<PasswordAndCode>,
) -> Result<impl IntoResponse, Problem> {
    let proof = owner_proof(&principal, password, Some(code));
    let disabled = accounts::disable_second_factor(&context, &principal.user, &proof, &client).await;
    disabled.map_err(|reason| problems::of_second_factor(reason, context.now()))?;
    Ok(StatusCode::NO_CONTENT)
}
