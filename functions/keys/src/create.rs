//! `POST /api/v1/api-keys` - makes an API key.

use crate::{
    access::ChangeKeys,
    codes::{TooManyKeys, TooManyNewKeys},
    fresh::must_be_fresh,
    limits::{Networks, PerMinute, Scope, Services, StopAfter, check_end},
    problems,
    view::{self, MadeKeyView},
};
use accounts::keys::NewKey;
use api::{
    Between, Caller, Json, List, Parse, Problem, Requested,
    axum::{extract::State, response::Response},
    codes::{Busy, SignInAgain},
};
use domain::{
    Credits, NetworkRange, ServiceName, Timestamp,
    access::{KeyLimits, KeyName, Mode},
};
use runtime::Context;
use utoipa::ToSchema;

/// An API key to make.
#[derive(Parse, ToSchema)]
#[parse(problems(SignInAgain, TooManyKeys, TooManyNewKeys, Busy))]
#[schema(example = json!({"name": "CRM", "scopes": ["orders:read", "orders:write"], "networks": ["198.51.100.0/24"],
    "daily_spend_cap": "10", "stop_after_failures": 5}))]
pub struct NewApiKey {
    /// Your name for it.
    pub name: KeyName,
    /// `test` for a key that uses play money and simulated numbers. Defaults to `live`.
    #[schema(required = false, value_type = Option<Mode>)]
    #[parse(default)]
    pub mode: Mode,
    /// Permissions.
    #[schema(value_type = Vec<Scope>, min_items = 1, max_items = 5)]
    pub scopes: List<Scope, 1, 5>,
    /// When it ends. Defaults to never.
    #[schema(required = false)]
    pub expires_at: Option<Timestamp>,
    /// Networks from which it can be used. Defaults to all.
    #[schema(required = false, value_type = Option<Vec<NetworkRange>>, max_items = 20)]
    #[parse(default)]
    pub networks: Networks,
    /// Services that it can buy. Defaults to all.
    #[schema(required = false, value_type = Option<Vec<ServiceName>>, max_items = 50)]
    #[parse(default)]
    pub services: Services,
    /// What it can spend in a UTC day, less refunds of the day. Defaults to no cap.
    #[schema(required = false, value_type = Option<String>, pattern = r"^[0-9]{1,6}(\.[0-9]{1,4})?$", examples("10"))]
    pub daily_spend_cap: Option<Credits>,
    /// Orders in a row without a message after which it stops. Defaults to never.
    #[schema(required = false, inline)]
    pub stop_after_failures: Option<StopAfter>,
    /// Requests per minute, together with the key that it replaces. Your plan's limit holds as well. Defaults to no
    /// limit of its own.
    #[schema(required = false, inline)]
    pub requests_per_minute: Option<PerMinute>,
}

/// Create an API key
///
/// The answer shows the complete key, once. A mail tells you about it. The key does all that its scopes allow, but it
/// never changes the account or its keys. The session must have begun within the last ten minutes: otherwise sign in
/// again.
///
/// A test key (`nsk_test_…`) has a world of its own: it buys simulated numbers with play money, and sees only what test
/// keys bought. `POST /api/v1/verifications` lists what it can simulate. The plan limits test keys and live keys each
/// by themselves.
#[utoipa::path(
    post, path = "/api/v1/api-keys", operation_id = "create_api_key", tag = "keys", request_body = NewApiKey,
    responses((status = 201, description = "The new key.", body = MadeKeyView,
        headers(("Location" = String, description = "Path of the key.")))),
)]
pub async fn create(
    State(context): State<Context>,
    Caller { principal, beside: wallets, .. }: Caller<ChangeKeys>,
    Requested(source): Requested,
    Json(new): Json<NewApiKey>,
) -> Result<Response, Problem> {
    let now = context.now();
    must_be_fresh(&principal, now)?;
    check_end(new.expires_at, now)?;
    let owner = (&principal.user, principal.plan);
    let made = accounts::keys::create(&context, owner, new.into(), &source.into()).await;
    Ok(view::made(&made.map_err(|reason| problems::of(reason, now))?, &wallets, now))
}

impl From<NewApiKey> for NewKey {
    fn from(new: NewApiKey) -> Self {
        Self {
            name: new.name,
            mode: new.mode,
            scopes: new.scopes.into_inner().into_iter().map(|scope| scope.0).collect(),
            expires_at: new.expires_at,
            limits: KeyLimits {
                networks: new.networks.into_inner(),
                services: new.services.into_inner(),
                daily_spend_cap: new.daily_spend_cap,
                stop_after_failures: new.stop_after_failures.map(Between::get),
                requests_per_minute: new.requests_per_minute.map(Between::get),
            },
        }
    }
}
