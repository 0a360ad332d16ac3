//! `POST /api/v1/me/2fa/disable` - turns the second factor off.

use crate::{
    access::ChangeSecondFactor,
    client::Client,
    codes::{SecondFactorOff, TooManyAttempts, WrongCode, WrongPassword},
    problems,
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
#[parse(problems(SecondFactorOff, WrongPassword, WrongCode, TooManyAttempts, Busy))]
pub struct PasswordAndCode {
    /// Current password.
    #[schema(value_type = String, format = "password")]
    pub password: Password,
    /// Code of the app, or a backup code.
    #[schema(value_type = String, example = "287082")]
    pub code: FactorCode,
}

/// Turn the second factor off
///
/// Its secret and the backup codes are forgotten.
#[utoipa::path(
    post, path = "/api/v1/me/2fa/disable", operation_id = "disable_second_factor", tag = "auth",
    request_body = PasswordAndCode, responses((status = 204, description = "The second factor is off.")),
)]
pub async fn disable(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ChangeSecondFactor>,
    Client(client): Client,
    Json(PasswordAndCode { password, code }): Json<PasswordAndCode>,
) -> Result<impl IntoResponse, Problem> {
    let disabled = accounts::disable_second_factor(&context, &principal.user, &password, &code, &client).await;
    disabled.map_err(|reason| problems::of_second_factor(reason, context.now()))?;
    Ok(StatusCode::NO_CONTENT)
}
