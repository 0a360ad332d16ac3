//! `DELETE /api/v1/me/google` - ends the link with an account at Google.

use crate::{
    access::ChangeGoogle,
    client::Client,
    codes::{GoogleNotLinked, TooManyAttempts, WrongPassword},
    problems,
};
use api::{
    Caller, Json, Parse, Problem,
    axum::{extract::State, response::IntoResponse},
    codes::Busy,
};
use domain::account::Password;
use http::StatusCode;
use runtime::Context;
use utoipa::ToSchema;

/// An end of the link.
#[derive(Parse, ToSchema)]
#[parse(problems(WrongPassword, TooManyAttempts, GoogleNotLinked, Busy))]
pub struct GoogleUnlink {
    /// Password. A person without one sets one first, because it will be the only way to sign in.
    #[schema(value_type = String, format = "password")]
    pub password: Password,
}

/// Unlink the account at Google
///
/// From now on the person signs in with the password. Open sessions stay. A mail tells the person. Only sessions may do
/// it.
#[utoipa::path(
    delete, path = "/api/v1/me/google", operation_id = "unlink_google", tag = "auth", request_body = GoogleUnlink,
    responses((status = 204, description = "The account is not linked any more.")),
)]
pub async fn unlink(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ChangeGoogle>,
    Client(client): Client,
    Json(GoogleUnlink { password }): Json<GoogleUnlink>,
) -> Result<impl IntoResponse, Problem> {
    let now = context.now();
    let unlinked = accounts::unlink_google(&context, &principal.user, &password, &client).await;
    unlinked.map_err(|reason| problems::of_google_link(reason, now))?;
    Ok(StatusCode::NO_CONTENT)
}
