//! `POST /api/v1/api-keys/{id}/rotate` - replaces an API key by a new one.

use crate::{
    access::ChangeKeys,
    codes::{KeyEnded, KeyReplaced, TooManyNewKeys},
    fresh::must_be_fresh,
    problems,
    view::{self, MadeKeyView},
};
use api::{
    Between, Caller, Json, Parse, PathId, Problem, Requested,
    axum::{extract::State, response::Response},
    codes::{Busy, SignInAgain},
};
use domain::ApiKeyId;
use runtime::Context;
use std::time::Duration;
use utoipa::ToSchema;

/// The hours for which the old key stays valid, unless the request says otherwise.
const OVERLAP: u32 = 24;

/// A rotation.
#[derive(Parse, ToSchema)]
#[parse(problems(SignInAgain, KeyEnded, KeyReplaced, TooManyNewKeys, Busy))]
pub struct Rotation {
    /// Hours for which the old key stays valid, up to 168. Defaults to 24; 0 ends it now.
    #[schema(required = false, inline)]
    pub overlap_hours: Option<Between<0, 168>>,
}

/// Rotate an API key
///
/// Makes a new key with the same name, scopes and limits, and shows it once. The old key stays valid for the overlap.
/// Both count as one key of the plan, share the cap of the day and the count of failures, and stop together. Rotating
/// again ends the key before the last at once. The session must have begun within the last ten minutes: otherwise sign
/// in again.
#[utoipa::path(
    post, path = "/api/v1/api-keys/{id}/rotate", operation_id = "rotate_api_key", tag = "keys",
    params(("id" = ApiKeyId, Path)), request_body = Rotation,
    responses((status = 201, description = "The new key.", body = MadeKeyView,
        headers(("Location" = String, description = "Path of the key.")))),
)]
pub async fn rotate(
    State(context): State<Context>,
    Caller { principal, beside: wallets, .. }: Caller<ChangeKeys>,
    PathId(id): PathId<ApiKeyId>,
    Requested(source): Requested,
    Json(Rotation { overlap_hours }): Json<Rotation>,
) -> Result<Response, Problem> {
    let now = context.now();
    must_be_fresh(&principal, now)?;
    let overlap = Duration::from_hours(overlap_hours.map_or(OVERLAP, Between::get).into());
    let made = accounts::keys::rotate(&context, &principal.user, &id, overlap, &source.into()).await;
    Ok(view::made(&made.map_err(|reason| problems::of(reason, now))?, &wallets, now))
}
