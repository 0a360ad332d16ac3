//! `POST /api/v1/me/email` - begins a change of the address.

use crate::{
    access::ChangeEmail,
    client::Client,
    codes::{CodeRequired, TooManyAttempts, WrongCode, WrongPassword},
    problems,
    proof::owner_proof,
};
use api::{
    Caller, Json, Parse, Problem,
    axum::{self, extract::State, response::IntoResponse},
    codes::SignInAgain,
};
use domain::{
    EmailAddress, Timestamp,
    account::{FactorCode, Password},
};
use http::StatusCode;
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// A change of the address.
#[derive(Parse, ToSchema)]
#[parse(problems(WrongPassword, SignInAgain, CodeRequired, WrongCode, TooManyAttempts))]
#[schema(example = json!({"new_email": "kofi@example.org", "password": "correct horse battery"}))]
pub struct NewEmail {
    /// New address.
    #[schema(value_type = String, format = "email")]
    pub new_email: EmailAddress,
    /// Current password. Required if the account has one; otherwise sign in again at most ten minutes before.
    #[schema(value_type = Option<String>, format = "password", required = false)]
    pub password: Option<Password>,
    /// Code of the app, or a backup code. Required if the account has a second factor.
    #[schema(value_type = Option<String>, required = false, example = "287082")]
    pub code: Option<FactorCode>,
}

/// A change that waits for its confirmations.
#[derive(Serialize, ToSchema)]
pub struct EmailChangeView {
    /// The new address.
    new_email: String,
    /// Until when the links in both mails work.
    expires_at: Timestamp,
}

/// Change the email address
///
/// Sends a link to the new and to the present address. The address changes once both were opened, within 24 hours. A
/// newer request replaces this one. The answer is the same for an address that has an account; its owner then gets a
/// mail that says so. Only sessions may do it.
#[utoipa::path(
    post, path = "/api/v1/me/email", operation_id = "change_email", tag = "auth", request_body = NewEmail,
    responses((status = 202, description = "Two mails are on their way.", body = EmailChangeView)),
)]
pub async fn change_email(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ChangeEmail>,
    Client(client): Client,
    Json(NewEmail { new_email, password, code }): Json<NewEmail>,
) -> Result<impl IntoResponse, Problem> {
    let now = context.now();
    let proof = owner_proof(&principal, password, code);
    let change = accounts::change_email(&context, &principal.user, new_email, &proof, &client).await;
    let change = change.map_err(|reason| problems::of_new_email(reason, now))?;
    let view = EmailChangeView { new_email: change.new.to_string(), expires_at: change.ends_at };
    Ok((StatusCode::ACCEPTED, axum::Json(view)))
}
