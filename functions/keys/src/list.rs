//! `GET /api/v1/api-keys` - lists the API keys of the caller's account.

use crate::{
    access::ReadKeys,
    view::{KeyView, Views},
};
use api::{
    Caller, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// The API keys.
#[derive(Serialize, ToSchema)]
pub struct KeysView {
    /// The keys, newest first.
    items: Vec<KeyView>,
}

/// List API keys
///
/// Returns the keys of the account without their secrets, newest first. A key that has expired or was deleted is listed
/// for another seven days.
#[utoipa::path(
    get, path = "/api/v1/api-keys", operation_id = "list_api_keys", tag = "keys",
    responses((status = 200, body = KeysView)),
)]
pub async fn list(
    State(context): State<Context>,
    Caller { principal, beside: wallets, .. }: Caller<ReadKeys>,
) -> Result<impl IntoResponse, Problem> {
    let keyring = accounts::keys::keyring(&context, &principal.user).await?;
    let now = context.now();
    let mut keys: Vec<_> = keyring.keys.iter().filter(|key| key.is_kept(now)).collect();
    keys.sort_by(|a, b| b.key_id.cmp(&a.key_id));
    let ids: Vec<_> = keys.iter().map(|key| key.key_id.clone()).collect();
    let views = Views::read(&context, &keyring, &wallets, &ids).await?;
    Ok(Json(KeysView { items: keys.into_iter().map(|key| views.of(key)).collect() }))
}
