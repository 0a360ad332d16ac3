//! `POST /api/v1/auth/reset-password` - sets a new password with the token of a mail.

use crate::{client::Client, codes::LinkNotValid, problems};
use api::{
    AttemptLimit, Json, Parse, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::account::{OneTimeText, Password};
use http::StatusCode;
use runtime::Context;
use utoipa::ToSchema;

/// A new password.
#[derive(Parse, ToSchema)]
#[parse(problems(LinkNotValid))]
pub struct Reset {
    /// The token in the link of the mail.
    #[schema(value_type = String)]
    pub token: OneTimeText,
    /// New password: at least ten characters, and not easy to guess.
    #[schema(value_type = String, format = "password")]
    pub password: Password,
}

/// Set a new password
///
/// Ends all sessions. API keys stay valid.
#[utoipa::path(
    post, path = "/api/v1/auth/reset-password", operation_id = "reset_password", tag = "auth", request_body = Reset,
    responses((status = 204, description = "The password is set. Sign in with it.")),
)]
pub async fn reset_password(
    State(context): State<Context>,
    _limit: AttemptLimit,
    Client(client): Client,
    Json(Reset { token, password }): Json<Reset>,
) -> Result<impl IntoResponse, Problem> {
    accounts::reset_password(&context, &token, password, &client)
        .await
        .map_err(|reason| problems::of_reset("password", reason))?;
    Ok(StatusCode::NO_CONTENT)
}
