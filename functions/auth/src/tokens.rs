//! The public form of a session's tokens.

use crate::refresh_token::{self, RefreshTokenPlace};
use accounts::IssuedTokens;
use api::axum::{
    Json,
    response::{AppendHeaders, IntoResponse, Response},
};
use domain::{SessionId, Timestamp, UserId, account::ACCESS_LIFETIME};
use http::{HeaderValue, header::SET_COOKIE};
use serde::Serialize;
use utoipa::ToSchema;

/// The tokens of a session.
#[derive(Serialize, ToSchema)]
pub struct TokensView {
    /// Send it as `Authorization: Bearer`. It is valid for 15 minutes, unless the session ends before.
    access_token: String,
    /// Always `Bearer`.
    #[schema(examples("Bearer"))]
    token_type: &'static str,
    /// Seconds until the access token ends.
    #[schema(examples(900))]
    expires_in: u64,
    /// Send it once to `POST /api/v1/auth/refresh`, which returns the next one. Null if it is in the cookie.
    refresh_token: Option<String>,
    /// End of the session, unless it is refreshed before.
    refresh_expires_at: Timestamp,
    /// The session.
    session_id: SessionId,
    /// The person.
    user_id: UserId,
}

/// Answers with the tokens; the refresh token is in the body or in a cookie.
pub(crate) fn answer(issued: IssuedTokens, place: RefreshTokenPlace, now: Timestamp) -> Response {
    let (cookie, view) = of(issued, place, now);
    with_cookie(cookie, view)
}

/// The tokens, and the cookie that has the refresh token in place of the body.
pub(crate) fn of(issued: IssuedTokens, place: RefreshTokenPlace, now: Timestamp) -> (Option<HeaderValue>, TokensView) {
    let IssuedTokens { access, refresh, session, .. } = issued;
    let view = TokensView {
        access_token: access,
        token_type: "Bearer",
        expires_in: ACCESS_LIFETIME.as_secs(),
        refresh_token: (place == RefreshTokenPlace::Body).then(|| refresh.expose().to_owned()),
        refresh_expires_at: session.ends_at,
        session_id: session.session_id.clone(),
        user_id: session.user_id,
    };
    let cookie = (place == RefreshTokenPlace::Cookie)
        .then(|| refresh_token::set_cookie(session.realm, &refresh, now, session.ends_at));
    (cookie, view)
}

/// An answer with this body, and a cookie if there is one.
pub(crate) fn with_cookie(cookie: Option<HeaderValue>, body: impl Serialize) -> Response {
    let cookie = cookie.map(|cookie| AppendHeaders([(SET_COOKIE, cookie)]));
    (cookie, Json(body)).into_response()
}
