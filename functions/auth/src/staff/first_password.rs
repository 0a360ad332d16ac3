//! `POST /api/v1/admin/auth/first-password` - replaces the first password of a person of the staff.

use crate::{client::Client, codes::LinkNotValid, problems};
use api::{
    AttemptLimit, Json, Parse, Problem, StaffNetwork,
    axum::{extract::State, response::IntoResponse},
};
use domain::account::{OneTimeText, Password};
use http::StatusCode;
use runtime::Context;
use utoipa::ToSchema;

/// A password in place of the first one.
#[derive(Parse, ToSchema)]
#[parse(problems(LinkNotValid))]
pub struct FirstPassword {
    /// The `challenge` of the first step.
    #[schema(value_type = String)]
    pub challenge: OneTimeText,
    /// New password: at least ten characters, and not easy to guess.
    #[schema(value_type = String, format = "password")]
    pub new_password: Password,
}

/// Replace the first password
///
/// Sign in with the new one afterwards.
#[utoipa::path(
    post, path = "/api/v1/admin/auth/first-password", operation_id = "staff_first_password", tag = "auth",
    request_body = FirstPassword, responses((status = 204, description = "The password is set.")),
)]
pub async fn replace(
    State(context): State<Context>,
    _network: StaffNetwork,
    _limit: AttemptLimit,
    Client(client): Client,
    Json(FirstPassword { challenge, new_password }): Json<FirstPassword>,
) -> Result<impl IntoResponse, Problem> {
    let replaced = accounts::replace_first_password(&context, &challenge, new_password, &client).await;
    replaced.map_err(|reason| problems::of_reset("new_password", reason))?;
    Ok(StatusCode::NO_CONTENT)
}
