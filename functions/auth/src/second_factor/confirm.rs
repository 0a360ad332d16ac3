//! `POST /api/v1/me/2fa/confirm` - turns the second factor on with the first code of the app.

use super::BackupCodesView;
use crate::{
    access::ConfirmSecondFactor,
    client::Client,
    codes::{NoSecondFactorProposed, TooManyAttempts, WrongCode},
    problems,
};
use api::{
    Caller, Json, Parse, Problem,
    axum::{self, extract::State, response::IntoResponse},
    codes::Busy,
};
use domain::account::FactorCode;
use runtime::Context;
use utoipa::ToSchema;

/// The first code of an app.
#[derive(Parse, ToSchema)]
#[parse(problems(NoSecondFactorProposed, WrongCode, TooManyAttempts, Busy))]
pub struct FirstCode {
    /// Code of the app: six digits.
    #[schema(value_type = String, example = "287082")]
    pub code: FactorCode,
}

/// Confirm the second factor
///
/// Turns it on, and returns ten backup codes. Other sessions stay open.
#[utoipa::path(
    post, path = "/api/v1/me/2fa/confirm", operation_id = "confirm_second_factor", tag = "auth", request_body = FirstCode,
    responses((status = 200, description = "The second factor is on.", body = BackupCodesView)),
)]
pub async fn confirm(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ConfirmSecondFactor>,
    Client(client): Client,
    Json(FirstCode { code }): Json<FirstCode>,
) -> Result<impl IntoResponse, Problem> {
    let codes = accounts::confirm_second_factor(&context, &principal.user, &code, &client).await;
    let codes = codes.map_err(|reason| problems::of_second_factor(reason, context.now()))?;
    Ok(axum::Json(BackupCodesView::from(codes)))
}
