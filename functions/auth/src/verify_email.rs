//! `POST /api/v1/auth/verify-email` - proves an address, which makes the account.

use crate::{
    client::Client,
    codes::{AlreadyVerified, LinkNotValid},
    problems,
};
use api::{
    AttemptLimit, Json, Parse, Problem,
    axum::{self, extract::State, response::IntoResponse},
};
use domain::{Plan, UserId, account::OneTimeText};
use http::StatusCode;
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// The token of a link.
#[derive(Parse, ToSchema)]
#[parse(problems(LinkNotValid, AlreadyVerified))]
pub struct EmailToken {
    /// The token in the link of the mail.
    #[schema(value_type = String)]
    pub token: OneTimeText,
}

/// A new account.
#[derive(Serialize, ToSchema)]
pub struct NewAccountView {
    /// The account.
    user_id: UserId,
    /// Its address.
    email: String,
    /// Its plan.
    plan: Plan,
}

/// Verify the email address
///
/// Makes the account, with the credit for its included verification. Sign in afterwards.
#[utoipa::path(
    post, path = "/api/v1/auth/verify-email", operation_id = "verify_email", tag = "auth", request_body = EmailToken,
    responses((status = 201, description = "The account exists.", body = NewAccountView)),
)]
pub async fn verify_email(
    State(context): State<Context>,
    _limit: AttemptLimit,
    Client(client): Client,
    Json(EmailToken { token }): Json<EmailToken>,
) -> Result<impl IntoResponse, Problem> {
    let profile = accounts::verify_email(&context, &token, &client).await.map_err(problems::of_verification)?;
    let view = NewAccountView { user_id: profile.user_id, email: profile.email.to_string(), plan: profile.plan };
    Ok((StatusCode::CREATED, axum::Json(view)))
}
