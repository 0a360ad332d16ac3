//! What anybody may read: the description of the provider, and its public keys.

use super::{
    plan::{self, Moment},
    world::Shared,
};
use axum::{
    Json, Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{StatusCode, header::CACHE_CONTROL};
use serde_json::{Value, json};

/// How long clients may keep both.
const CACHED: &str = "public, max-age=3600, must-revalidate";

pub fn routes() -> Router<Shared> {
    Router::new().route("/.well-known/openid-configuration", get(describe)).route("/jwks", get(jwks))
}

/// Lists only what the simulator does.
async fn describe(State(shared): State<Shared>) -> Response {
    let issuer = &shared.issuer;
    let description = json!({
        "issuer": &**issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "revocation_endpoint": format!("{issuer}/revoke"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "email", "profile"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "claims_supported":
            ["aud", "azp", "at_hash", "email", "email_verified", "exp", "iat", "iss", "name", "nonce", "sub"],
        "code_challenge_methods_supported": ["S256"],
    });
    cached(description)
}

async fn jwks(State(shared): State<Shared>) -> Response {
    let mut world = shared.lock();
    if plan::take_fault(&mut world.plans, Moment::Jwks, "").is_some() {
        return (StatusCode::INTERNAL_SERVER_ERROR, "Internal error").into_response();
    }
    cached(world.keys.jwks())
}

fn cached(content: Value) -> Response {
    ([(CACHE_CONTROL, CACHED)], Json(content)).into_response()
}
