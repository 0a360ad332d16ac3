//! `GET /api/v1/api-keys/{id}` - returns an API key of the caller's account.

use crate::{
    access::ReadKeys,
    view::{KeyView, Views},
};
use api::{
    Caller, PathId, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::ApiKeyId;
use runtime::Context;

/// Get an API key
#[utoipa::path(
    get, path = "/api/v1/api-keys/{id}", operation_id = "get_api_key", tag = "keys",
    params(("id" = ApiKeyId, Path)), responses((status = 200, body = KeyView)),
)]
pub async fn get(
    State(context): State<Context>,
    Caller { principal, beside: wallets, .. }: Caller<ReadKeys>,
    PathId(id): PathId<ApiKeyId>,
) -> Result<impl IntoResponse, Problem> {
    let keyring = accounts::keys::keyring(&context, &principal.user).await?;
    let key = keyring.find(&id).filter(|key| key.is_kept(context.now())).ok_or_else(Problem::not_found)?;
    let views = Views::read(&context, &keyring, &wallets, &[id]).await?;
    Ok(Json(views.of(key)))
}
