//! `POST /api/v1/auth/google/start` - begins a sign-in with Google.

use super::{AuthorizationView, cookie};
use crate::{
    codes::GoogleNotConfigured,
    problems,
    robots::{NoRobot, Registration},
    terms,
};
use accounts::{BegunSignIn, GoogleNewcomer};
use api::{
    AttemptLimit, Json, Parse, Problem,
    axum::{
        self,
        extract::State,
        response::{AppendHeaders, IntoResponse},
    },
};
use domain::{
    Language,
    account::{LocalPath, ReferralCode, TermsVersion},
};
use http::header::SET_COOKIE;
use runtime::Context;
use utoipa::ToSchema;

/// A sign-in with Google.
#[derive(Parse, ToSchema)]
#[parse(problems(GoogleNotConfigured))]
#[schema(example = json!({"terms": "2026-11-01", "redirect": "/account"}))]
pub struct GoogleStart {
    /// Version of the terms that the person accepts, if the sign-in makes an account.
    #[schema(value_type = String, format = "date")]
    pub terms: TermsVersion,
    /// Referral code of the customer who invited the person, if the sign-in makes an account.
    #[schema(required = false, value_type = Option<String>)]
    pub referral_code: Option<ReferralCode>,
    /// Language of mails, if the sign-in makes an account; English if it is left out.
    #[schema(required = false)]
    pub language: Option<Language>,
    /// Path of this site at which the page goes on afterwards. The last step returns it.
    #[schema(required = false, value_type = Option<String>)]
    pub redirect: Option<LocalPath>,
}

/// Sign in with Google
///
/// Returns the page at Google to which the browser goes. The person must be back within ten minutes, in the same
/// browser: a cookie binds the sign-in to it. Then send code and state to `POST /api/v1/auth/google/finish`.
#[utoipa::path(
    post, path = "/api/v1/auth/google/start", operation_id = "start_google", tag = "auth", request_body = GoogleStart,
    params(("Proof-Of-Work" = Option<String>, Header, description = "A proof of work, if the problem `proof_of_work_required` asks for one.")),
    responses((status = 200, description = "The way to Google.", body = AuthorizationView,
        headers(("Set-Cookie" = String, description = "The secret of the browser.")))),
)]
pub async fn start(
    State(context): State<Context>,
    _limit: AttemptLimit,
    _no_robot: NoRobot<Registration>,
    Json(GoogleStart { terms, referral_code, language, redirect }): Json<GoogleStart>,
) -> Result<impl IntoResponse, Problem> {
    if let Some(outdated) = terms::outdated(&terms, &context) {
        return Err(Problem::fields(vec![outdated]));
    }
    let new = GoogleNewcomer { terms, referral: referral_code, language: language.unwrap_or_default() };
    let begun = accounts::begin_google(&context, new, redirect).await;
    let BegunSignIn { begun, browser } = begun.map_err(problems::of_google)?;
    let cookie = cookie::set(&browser, begun.ends_at.since(context.now()));
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), axum::Json(AuthorizationView::from(begun))))
}
