//! `PATCH /api/v1/api-keys/{id}` - changes an API key, stops it, or starts it again.

use crate::{
    access::ChangeKeys,
    codes::{KeyEnded, KeyReplaced},
    fresh::must_be_fresh,
    limits::{Networks, PerMinute, Services, StopAfter, check_end},
    problems,
    view::{KeyView, Views},
};
use accounts::keys::Changed;
use api::{
    Between, Caller, Json, List, Parse, PathId, Problem, Requested,
    axum::{self, extract::State, response::IntoResponse},
    codes::{Busy, SignInAgain},
};
use domain::{
    ApiKeyId, Change, Credits, NetworkRange, ServiceName, Timestamp,
    access::{KeyChanges, KeyName},
};
use runtime::Context;
use utoipa::ToSchema;

/// A change of an API key; what is left out stays.
#[derive(Parse, ToSchema)]
#[parse(problems(SignInAgain, KeyEnded, KeyReplaced, Busy))]
#[schema(example = json!({"daily_spend_cap": "20", "stopped": false}))]
pub struct ApiKeyChanges {
    /// Another name.
    #[schema(required = false)]
    pub name: Option<KeyName>,
    /// Other networks; an empty list allows all.
    #[schema(required = false, value_type = Option<Vec<NetworkRange>>, max_items = 20)]
    pub networks: Option<Networks>,
    /// Other services; an empty list allows all.
    #[schema(required = false, value_type = Option<Vec<ServiceName>>, max_items = 50)]
    pub services: Option<Services>,
    /// Another cap of what it can spend in a UTC day; null removes the cap.
    #[schema(required = false, value_type = Option<String>, pattern = r"^[0-9]{1,6}(\.[0-9]{1,4})?$", examples("20"))]
    pub daily_spend_cap: Change<Credits>,
    /// Orders in a row without a message after which it stops; null for never.
    #[schema(required = false, value_type = Option<StopAfter>, inline)]
    pub stop_after_failures: Change<StopAfter>,
    /// Another limit of requests per minute; null for none of its own.
    #[schema(required = false, value_type = Option<PerMinute>, inline)]
    pub requests_per_minute: Change<PerMinute>,
    /// Another end; null for never.
    #[schema(required = false, value_type = Option<Timestamp>)]
    pub expires_at: Change<Timestamp>,
    /// Stops the key, or starts it again. A start forgets the failures before it.
    #[schema(required = false)]
    pub stopped: Option<bool>,
}

/// Change an API key
///
/// The change applies to the next request. After a rotation it applies to the old key as well, as long as that is
/// valid. Every session may rename a key and stop it. For other changes it must have begun within the last ten minutes:
/// otherwise sign in again.
#[utoipa::path(
    patch, path = "/api/v1/api-keys/{id}", operation_id = "change_api_key", tag = "keys",
    params(("id" = ApiKeyId, Path)), request_body = ApiKeyChanges, responses((status = 200, body = KeyView)),
)]
pub async fn change(
    State(context): State<Context>,
    Caller { principal, beside: wallets, .. }: Caller<ChangeKeys>,
    PathId(id): PathId<ApiKeyId>,
    Requested(source): Requested,
    Json(changes): Json<ApiKeyChanges>,
) -> Result<impl IntoResponse, Problem> {
    let now = context.now();
    if let Change::To(end) = changes.expires_at {
        check_end(Some(end), now)?;
    }
    let changes = KeyChanges::from(changes);
    if changes.may_widen() {
        must_be_fresh(&principal, now)?;
    }
    let done = accounts::keys::change(&context, &principal.user, &id, &changes, &source.into()).await;
    let Changed { key, keyring } = done.map_err(|reason| problems::of(reason, now))?;
    let views = Views::read(&context, &keyring, &wallets, &[id]).await?;
    Ok(axum::Json(views.of(&key)))
}

impl From<ApiKeyChanges> for KeyChanges {
    fn from(changes: ApiKeyChanges) -> Self {
        Self {
            name: changes.name,
            networks: changes.networks.map(List::into_inner),
            services: changes.services.map(List::into_inner),
            daily_spend_cap: changes.daily_spend_cap,
            stop_after_failures: changes.stop_after_failures.map(Between::get),
            requests_per_minute: changes.requests_per_minute.map(Between::get),
            expires_at: changes.expires_at,
            stopped: changes.stopped,
        }
    }
}
