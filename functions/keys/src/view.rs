//! The public form of a key.

use accounts::keys::MadeKey;
use api::{
    Balances, Problem,
    axum::{
        Json,
        response::{IntoResponse, Response},
    },
};
use domain::{
    ApiKeyId, Credits, NetworkRange, ServiceName, Timestamp,
    access::{ApiKey, KeyName, KeyStatus, Keyring, Mode, Permission},
};
use http::{StatusCode, header::LOCATION};
use runtime::Context;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// An API key, without its secret.
#[derive(Serialize, ToSchema)]
pub struct KeyView {
    id: ApiKeyId,
    /// Your name for it.
    name: KeyName,
    /// Last characters of the key; null for old keys.
    #[schema(examples("7F3K"))]
    last_four: Option<String>,
    /// Whether it uses real money and numbers.
    mode: Mode,
    /// Whether it can be used. A stopped key reads, but buys nothing.
    status: KeyStatus,
    /// Permissions.
    #[schema(value_type = Vec<String>, examples(json!(["orders:read", "orders:write"])))]
    scopes: Vec<Permission>,
    /// Networks from which it can be used; empty for all.
    networks: Vec<NetworkRange>,
    /// Services that it can buy; empty for all.
    services: Vec<ServiceName>,
    /// What it can spend in a UTC day, less refunds of the day; null for no cap.
    daily_spend_cap: Option<Credits>,
    /// What it spent today (UTC), together with the key that it replaced.
    spent_today: Credits,
    /// Orders in a row without a message after which it stops; null for never.
    stop_after_failures: Option<u32>,
    /// Its own limit of requests per minute; null for none.
    requests_per_minute: Option<u32>,
    /// Orders in a row that ended without a message, as far as they are counted.
    failures: usize,
    created_at: Timestamp,
    /// When it ends, or ended; null for never.
    expires_at: Option<Timestamp>,
    /// When it was deleted; null if it was not.
    revoked_at: Option<Timestamp>,
    /// When it was stopped; null unless it is.
    stopped_at: Option<Timestamp>,
    /// Key that replaces it, after a rotation.
    replaced_by: Option<ApiKeyId>,
    /// Last use, to the hour; null for never.
    last_used_at: Option<Timestamp>,
}

/// A new API key. Its secret is shown only here.
#[derive(Serialize, ToSchema)]
pub struct MadeKeyView {
    #[serde(flatten)]
    api_key: KeyView,
    /// The complete key. Store it now; we keep only its hash.
    #[schema(examples("nsk_live_01JD7Q3XKZ9V0C4T8W2M6N5B1A00000000000000000000000000000000"))]
    key: String,
}

/// Makes the views of one customer's keys.
pub(crate) struct Views<'a> {
    pub(crate) keyring: &'a Keyring,
    pub(crate) wallets: &'a Balances,
    pub(crate) uses: HashMap<ApiKeyId, Timestamp>,
    pub(crate) now: Timestamp,
}

impl<'a> Views<'a> {
    /// The views of these keys, whose last uses are read.
    pub(crate) async fn read(
        context: &Context,
        keyring: &'a Keyring,
        wallets: &'a Balances,
        keys: &[ApiKeyId],
    ) -> Result<Self, Problem> {
        let uses = context.store().limits().last_uses(keys).await?;
        Ok(Self { keyring, wallets, uses, now: context.now() })
    }

    /// The public form of a key.
    pub(crate) fn of(&self, key: &ApiKey) -> KeyView {
        let key = key.clone();
        KeyView {
            status: key.status(self.now),
            spent_today: self.wallets.of(key.mode).usage.spent_by_key(key.family(), self.now),
            failures: self.keyring.failures_of(&key),
            last_used_at: self.uses.get(&key.key_id).copied(),
            scopes: key.scopes.iter().collect(),
            id: key.key_id,
            name: key.name,
            last_four: key.last_four,
            mode: key.mode,
            networks: key.limits.networks,
            services: key.limits.services,
            daily_spend_cap: key.limits.daily_spend_cap,
            stop_after_failures: key.limits.stop_after_failures,
            requests_per_minute: key.limits.requests_per_minute,
            created_at: key.created_at,
            expires_at: key.expires_at,
            revoked_at: key.revoked_at,
            stopped_at: key.stopped_at,
            replaced_by: key.replaced_by,
        }
    }
}

/// The answer with a new key, which nobody has used yet.
pub(crate) fn made(MadeKey { key, text, keyring }: &MadeKey, wallets: &Balances, now: Timestamp) -> Response {
    let views = Views { keyring, wallets, uses: HashMap::new(), now };
    let view = MadeKeyView { api_key: views.of(key), key: text.expose().to_owned() };
    let location = format!("/api/v1/api-keys/{}", key.key_id);
    (StatusCode::CREATED, [(LOCATION, location)], Json(view)).into_response()
}
