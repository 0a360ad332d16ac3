//! `POST /api/v1/auth/resend-verification` - sends the mail that proves an address again.

use crate::{client::Client, codes::TooManyAttempts, problems};
use api::{
    AttemptLimit, Json, Parse, Problem,
    axum::{extract::State, response::IntoResponse},
};
use domain::EmailAddress;
use http::StatusCode;
use runtime::Context;
use utoipa::ToSchema;

/// An address that asks for a mail.
#[derive(Parse, ToSchema)]
#[parse(problems(TooManyAttempts))]
pub struct Asking {
    /// Email address.
    #[schema(value_type = String, format = "email")]
    pub email: EmailAddress,
}

/// Send the verification mail again
///
/// The answer is the same whether the address waits for a verification or not.
#[utoipa::path(
    post, path = "/api/v1/auth/resend-verification", operation_id = "resend_verification", tag = "auth",
    request_body = Asking, responses((status = 202, description = "If the address waits for it, a mail is on its way.")),
)]
pub async fn resend_verification(
    State(context): State<Context>,
    _limit: AttemptLimit,
    Client(client): Client,
    Json(Asking { email }): Json<Asking>,
) -> Result<impl IntoResponse, Problem> {
    let now = context.now();
    accounts::resend(&context, &email, &client).await.map_err(|reason| problems::of_asking(reason, now))?;
    Ok(StatusCode::ACCEPTED)
}
