//! `DELETE /api/v1/api-keys/{id}` - ends an API key.

use crate::{access::EndKey, problems};
use api::{
    Caller, PathId, Problem, Requested,
    axum::{extract::State, response::IntoResponse},
};
use domain::ApiKeyId;
use http::StatusCode;
use runtime::Context;

/// Delete an API key
///
/// It ends at once: the next request with it is answered 401. Open orders settle as usual. Deleting it again has no
/// effect.
#[utoipa::path(
    delete, path = "/api/v1/api-keys/{id}", operation_id = "delete_api_key", tag = "keys",
    params(("id" = ApiKeyId, Path)), responses((status = 204, description = "The key has ended.")),
)]
pub async fn end(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<EndKey>,
    PathId(id): PathId<ApiKeyId>,
    Requested(source): Requested,
) -> Result<impl IntoResponse, Problem> {
    let ended = accounts::keys::revoke(&context, &principal.user, &id, &source.into()).await;
    ended.map_err(|reason| problems::of(reason, context.now()))?;
    Ok(StatusCode::NO_CONTENT)
}
