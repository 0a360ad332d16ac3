//! What an access token is good for: `/userinfo`, and `/revoke`, which ends it.

use super::{parameters::Parameters, world::Shared};
use axum::{
    Form, Json, Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::{
    HeaderMap, StatusCode,
    header::{AUTHORIZATION, CACHE_CONTROL, WWW_AUTHENTICATE},
};
use serde_json::json;

pub fn routes() -> Router<Shared> {
    Router::new().route("/userinfo", get(userinfo).post(userinfo)).route("/revoke", post(revoke))
}

/// The claims of the scopes that were granted (OpenID Connect Core, section 5.3).
async fn userinfo(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    let world = shared.lock();
    let Some(session) = world.grants.session(token, world.now_ms()) else {
        let body = Json(json!({ "error": "invalid_token", "error_description": "Invalid Credentials" }));
        return (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")], body)
            .into_response();
    };
    let mut claims = json!({ "sub": session.subject });
    if session.scopes.iter().any(|scope| scope == "email") {
        claims["email"] = json!(session.email);
        claims["email_verified"] = json!(session.email_verified);
    }
    if session.scopes.iter().any(|scope| scope == "profile") {
        claims["name"] = json!(session.name);
    }
    ([(CACHE_CONTROL, "no-store")], Json(claims)).into_response()
}

/// Unlike RFC 7009, Google answers 400 to a token that it does not know.
async fn revoke(State(shared): State<Shared>, Form(pairs): Form<Vec<(String, String)>>) -> Response {
    let form = Parameters::new(pairs);
    let token = form.as_ref().ok().and_then(|form| form.get("token")).unwrap_or_default();
    if shared.lock().grants.revoke(token) {
        return Json(json!({})).into_response();
    }
    let body = json!({ "error": "invalid_token", "error_description": "Token expired or revoked" });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}
