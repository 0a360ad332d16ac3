//! `POST /api/v1/auth/register` - keeps a registration, and sends the mail that proves its address.

use crate::{
    client::Client,
    codes::TooManyAttempts,
    problems,
    robots::{NoRobot, Registration},
    terms,
};
use accounts::NewRegistration;
use api::{
    AttemptLimit, Json, Parse, Problem,
    axum::{self, extract::State, response::IntoResponse},
};
use domain::{
    EmailAddress, Language, Timestamp,
    account::{Password, ReferralCode, TermsVersion},
};
use http::StatusCode;
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// A registration.
#[derive(Parse, ToSchema)]
#[parse(problems(TooManyAttempts))]
#[schema(example = json!({"email": "kofi@example.com", "password": "correct horse battery", "terms": "2026-11-01"}))]
pub struct NewAccount {
    /// Email address. It gets a link that proves it.
    #[schema(value_type = String, format = "email")]
    pub email: EmailAddress,
    /// Password: at least ten characters, and not easy to guess.
    #[schema(value_type = String, format = "password")]
    pub password: Password,
    /// Version of the terms that the person accepts.
    #[schema(value_type = String, format = "date")]
    pub terms: TermsVersion,
    /// Referral code of the customer who invited the person.
    #[schema(required = false, value_type = Option<String>)]
    pub referral_code: Option<ReferralCode>,
    /// Language of mails; English if it is left out.
    #[schema(required = false)]
    pub language: Option<Language>,
}

/// What is known of an asked letter.
#[derive(Serialize, ToSchema)]
pub struct LetterView {
    /// The address that the mail is sent to.
    email: String,
    /// Until when the link in the mail works.
    expires_at: Timestamp,
}

/// Register
///
/// Sends a link to the address. The account exists once the link was opened. The answer is the same for an address
/// that has an account; its owner then gets a mail that says so.
#[utoipa::path(
    post, path = "/api/v1/auth/register", operation_id = "register", tag = "auth", request_body = NewAccount,
    params(("Proof-Of-Work" = Option<String>, Header, description = "A proof of work, if the problem `proof_of_work_required` asks for one.")),
    responses((status = 202, description = "A mail is on its way.", body = LetterView)),
)]
pub async fn register(
    State(context): State<Context>,
    _limit: AttemptLimit,
    _no_robot: NoRobot<Registration>,
    Client(client): Client,
    Json(new): Json<NewAccount>,
) -> Result<impl IntoResponse, Problem> {
    let new = accepted(new, &context)?;
    let now = context.now();
    let registration =
        accounts::register(&context, new, &client).await.map_err(|reason| problems::of_asking(reason, now))?;
    let view = LetterView { email: registration.email.to_string(), expires_at: registration.ends_at() };
    Ok((StatusCode::ACCEPTED, axum::Json(view)))
}

/// The registration, if its password is strong and its terms are the current ones.
fn accepted(new: NewAccount, context: &Context) -> Result<NewRegistration, Problem> {
    let NewAccount { email, password, terms, referral_code, language } = new;
    let language = language.unwrap_or_default();
    let password = problems::strong("password", password, &email);
    match (password, terms::outdated(&terms, context)) {
        (Ok(password), None) => Ok(NewRegistration { email, password, terms, referral: referral_code, language }),
        (password, outdated) => Err(Problem::fields(password.err().into_iter().chain(outdated).collect())),
    }
}
