//! `POST /api/v1/auth/refresh` - exchanges a refresh token for new tokens.

use crate::{
    client::Client,
    codes::{CsrfHeaderRequired, SessionEnded},
    problems,
    refresh_token::{Given, is_cookie_refused, remove_cookie},
    tokens::{self, TokensView},
};
use api::{
    AddressLimit, Json, Parse, Problem,
    axum::{
        extract::State,
        response::{AppendHeaders, IntoResponse, Response},
    },
    codes::AccountDisabled,
};
use domain::account::{Realm, RefreshText};
use http::{HeaderMap, header::SET_COOKIE};
use runtime::Context;
use utoipa::ToSchema;

/// A refresh.
#[derive(Parse, ToSchema)]
#[parse(problems(SessionEnded, CsrfHeaderRequired, AccountDisabled))]
pub struct Refresh {
    /// Refresh token; omit it if it is in the cookie.
    #[schema(required = false, value_type = Option<String>)]
    pub refresh_token: Option<RefreshText>,
}

/// Refresh the tokens
///
/// Each refresh token works once. A second use ends the session, because somebody may have a copy. With the token in
/// the cookie, send the header `X-CSRF-Protection: 1`. The cookie of a session that has ended is removed.
#[utoipa::path(
    post, path = "/api/v1/auth/refresh", operation_id = "refresh_tokens", tag = "auth", request_body = Refresh,
    responses((status = 200, description = "The next tokens of the session.", body = TokensView,
        headers(("Set-Cookie" = String, description = "The refresh token, if it came in the cookie.")))),
)]
pub async fn refresh(
    State(context): State<Context>,
    _limit: AddressLimit,
    Client(client): Client,
    headers: HeaderMap,
    Json(Refresh { refresh_token }): Json<Refresh>,
) -> Response {
    let in_body = refresh_token.is_some();
    let refreshed = async {
        let Given { token, place } = Given::of(Realm::Customer, refresh_token, &headers)?;
        let issued = accounts::refresh(&context, Realm::Customer, &token, &client).await;
        Ok(tokens::answer(issued.map_err(problems::of_refresh)?, place, context.now()))
    };
    match refreshed.await {
        Ok(answer) => answer,
        Err(problem) if !in_body && is_cookie_refused(&problem, &headers) => {
            (AppendHeaders([(SET_COOKIE, remove_cookie(Realm::Customer))]), problem).into_response()
        }
        Err(problem) => Problem::into_response(problem),
    }
}
