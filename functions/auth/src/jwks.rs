//! `GET /.well-known/jwks.json` - the public keys of access tokens.

use api::{
    AddressLimit, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::access::PublicKey;
use http::header::CACHE_CONTROL;
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// The public keys of access tokens (RFC 7517).
#[derive(Serialize, ToSchema)]
pub struct KeySet {
    keys: Vec<Jwk>,
}

/// A public key (RFC 8037).
#[derive(Serialize, ToSchema)]
pub struct Jwk {
    /// Always `OKP`.
    #[schema(examples("OKP"))]
    kty: &'static str,
    /// Always `Ed25519`.
    #[schema(examples("Ed25519"))]
    crv: &'static str,
    /// Always `EdDSA`.
    #[schema(examples("EdDSA"))]
    alg: &'static str,
    /// Always `sig`.
    #[serde(rename = "use")]
    #[schema(examples("sig"))]
    purpose: &'static str,
    /// The name of the key, as in the header of a token.
    kid: String,
    /// The key in base64url.
    x: String,
}

/// Get the public keys
///
/// The keys that verify access tokens (JWK set). Each day the
/// next key becomes the one that signs, and a new next one is added; the old one stays for an hour.
#[utoipa::path(
    get, path = "/.well-known/jwks.json", operation_id = "get_jwks", tag = "auth",
    responses((status = 200, body = KeySet)),
)]
pub async fn jwks(State(context): State<Context>, _limit: AddressLimit) -> Result<impl IntoResponse, Problem> {
    let now = context.now();
    let keys = context.store().accounts().public_keys().await?.keys;
    let keys = keys.into_iter().filter(|key| key.is_valid(now)).map(Jwk::from).collect();
    Ok(([(CACHE_CONTROL, "public, max-age=300")], Json(KeySet { keys })))
}

impl From<PublicKey> for Jwk {
    fn from(key: PublicKey) -> Self {
        Self { kty: "OKP", crv: "Ed25519", alg: "EdDSA", purpose: "sig", kid: key.kid.to_string(), x: key.x }
    }
}
