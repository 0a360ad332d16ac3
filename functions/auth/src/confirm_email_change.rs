//! `POST /api/v1/auth/confirm-email-change` - confirms a change of the address from one of its two mailboxes.

use crate::{
    client::Client,
    codes::{EmailTaken, LinkNotValid},
    problems,
};
use api::{
    AttemptLimit, Json, Parse, Problem,
    axum::{self, extract::State},
};
use domain::account::{Mailbox, OneTimeText};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// The token of a link.
#[derive(Parse, ToSchema)]
#[parse(problems(LinkNotValid, EmailTaken))]
pub struct EmailConfirmation {
    /// The token in the link of the mail.
    #[schema(value_type = String)]
    pub token: OneTimeText,
}

/// What a change of the address still waits for.
#[derive(Serialize, ToSchema)]
pub struct ConfirmationView {
    /// The mailboxes whose links were not opened yet; empty once the address has changed.
    missing: Vec<Mailbox>,
}

/// Confirm a change of the email address
///
/// Each of the two links works once. After the second one, sign in with the new address; open sessions and keys stay
/// valid, and links to a new password that were sent to the old address end.
#[utoipa::path(
    post, path = "/api/v1/auth/confirm-email-change", operation_id = "confirm_email_change", tag = "auth",
    request_body = EmailConfirmation, responses((status = 200, body = ConfirmationView)),
)]
pub async fn confirm_email_change(
    State(context): State<Context>,
    _limit: AttemptLimit,
    Client(client): Client,
    Json(EmailConfirmation { token }): Json<EmailConfirmation>,
) -> Result<axum::Json<ConfirmationView>, Problem> {
    let missing = accounts::confirm_email_change(&context, &token, &client).await;
    let missing = missing.map_err(problems::of_confirmation)?;
    Ok(axum::Json(ConfirmationView { missing: missing.into_iter().collect() }))
}
