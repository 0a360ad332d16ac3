//! `POST /api/v1/admin/auth/refresh` - exchanges a refresh token of staff for new tokens.

use crate::{
    client::Client,
    problems,
    refresh::Refresh,
    refresh_token::Given,
    tokens::{self, TokensView},
};
use api::{
    AddressLimit, Json, Problem, StaffNetwork,
    axum::{extract::State, response::Response},
};
use domain::account::Realm;
use http::HeaderMap;
use runtime::Context;

/// Refresh the tokens of staff
///
/// Do it only while somebody works: a session that is not refreshed for 30 minutes ends.
#[utoipa::path(
    post, path = "/api/v1/admin/auth/refresh", operation_id = "staff_refresh_tokens", tag = "auth",
    request_body = Refresh,
    responses((status = 200, description = "The next tokens of the session.", body = TokensView,
        headers(("Set-Cookie" = String, description = "The refresh token, if it came in the cookie.")))),
)]
pub async fn refresh(
    State(context): State<Context>,
    _network: StaffNetwork,
    _limit: AddressLimit,
    Client(client): Client,
    headers: HeaderMap,
    Json(Refresh { refresh_token }): Json<Refresh>,
) -> Result<Response, Problem> {
    let Given { token, place } = Given::of(Realm::Staff, refresh_token, &headers)?;
    let issued = accounts::refresh(&context, Realm::Staff, &token, &client).await.map_err(problems::of_refresh)?;
    Ok(tokens::answer(issued, place, context.now()))
}
