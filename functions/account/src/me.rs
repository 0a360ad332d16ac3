//! `GET /api/v1/me` - returns the profile of the caller. `PATCH` changes it.

use crate::access::{ChangeProfile, ReadProfile};
use api::{
    Caller, Json, Parse, Problem,
    axum::{self, extract::State, response::IntoResponse},
};
use domain::{Language, Plan, Timestamp, UserId};
use runtime::Context;
use serde::Serialize;
use store::{Profile, ProfileChange};
use utoipa::ToSchema;

/// The profile of a customer.
#[derive(Serialize, ToSchema)]
pub struct ProfileView {
    /// The account.
    user_id: UserId,
    /// Email address.
    email: String,
    /// Plan.
    plan: Plan,
    /// Language of mails.
    language: Language,
    /// Account at Google with which the customer may sign in; null without one.
    google: Option<GoogleView>,
    /// Code with which the customer invites others; null for accounts that staff made.
    referral_code: Option<String>,
    /// Version of the terms that were accepted; null for accounts that staff made.
    terms_version: Option<String>,
    /// Time of the registration.
    created_at: Timestamp,
}

/// An account at Google.
#[derive(Serialize, ToSchema)]
pub struct GoogleView {
    /// Its address at the time of the link.
    email: String,
    /// Time of the link.
    linked_at: Timestamp,
}

/// A change of the profile; what is left out stays.
#[derive(Parse, ToSchema)]
pub struct ProfileChanges {
    /// Language of mails.
    #[schema(required = false)]
    pub language: Option<Language>,
}

/// Get the profile
#[utoipa::path(
    get, path = "/api/v1/me", operation_id = "get_profile", tag = "account", responses((status = 200, body = ProfileView)),
)]
pub async fn get(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ReadProfile>,
) -> Result<impl IntoResponse, Problem> {
    Ok(axum::Json(ProfileView::from(profile(&context, &principal.user).await?)))
}

/// Change the profile
#[utoipa::path(
    patch, path = "/api/v1/me", operation_id = "change_profile", tag = "account", request_body = ProfileChanges,
    responses((status = 200, body = ProfileView)),
)]
pub async fn change(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<ChangeProfile>,
    Json(ProfileChanges { language }): Json<ProfileChanges>,
) -> Result<impl IntoResponse, Problem> {
    let profile = match language {
        Some(language) => {
            let change = ProfileChange::Language(language);
            let before = context.store().accounts().change_profile(&principal.user, change).await?;
            change.of(before.ok_or_else(Problem::not_found)?)
        }
        None => profile(&context, &principal.user).await?,
    };
    Ok(axum::Json(ProfileView::from(profile)))
}

async fn profile(context: &Context, user: &UserId) -> Result<Profile, Problem> {
    context.store().record(user, &()).await?.ok_or_else(Problem::not_found)
}

impl From<Profile> for ProfileView {
    fn from(profile: Profile) -> Self {
        Self {
            user_id: profile.user_id,
            email: profile.email.to_string(),
            plan: profile.plan,
            language: profile.language,
            google: profile.google.map(|link| GoogleView { email: link.email.to_string(), linked_at: link.linked_at }),
            referral_code: profile.referral_code.map(String::from),
            terms_version: profile.terms.map(String::from),
            created_at: profile.created_at,
        }
    }
}
