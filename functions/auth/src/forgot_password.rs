//! `POST /api/v1/auth/forgot-password` - sends a link that sets a new password.

use crate::{client::Client, problems, resend_verification::Asking};
use api::{
    AttemptLimit, Json, Problem,
    axum::{extract::State, response::IntoResponse},
};
use http::StatusCode;
use runtime::Context;

/// Ask for a new password
///
/// Sends a link that is valid for one hour. The answer is the same whether the address has an account or not.
#[utoipa::path(
    post, path = "/api/v1/auth/forgot-password", operation_id = "forgot_password", tag = "auth",
    request_body = Asking, responses((status = 202, description = "If the address has an account, a mail is on its way.")),
)]
pub async fn forgot_password(
    State(context): State<Context>,
    _limit: AttemptLimit,
    Client(client): Client,
    Json(Asking { email }): Json<Asking>,
) -> Result<impl IntoResponse, Problem> {
    let now = context.now();
    accounts::forgot_password(&context, email, &client).await.map_err(|reason| problems::of_asking(reason, now))?;
    Ok(StatusCode::ACCEPTED)
}
