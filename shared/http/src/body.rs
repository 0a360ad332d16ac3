//! Extractors of JSON bodies, query parameters, path identifiers and idempotency keys.

use crate::{
    codes::{BadRequest, BodyTooLarge, IdempotencyKeyRequired, NotJson},
    parse::{self, Fields, Object, Parse, Source},
    problem::Problem,
};
use axum::extract::{FromRequest, FromRequestParts, MatchedPath, Request};
use domain::access::{Mode, Principal};
use http::{HeaderName, Uri, header::CONTENT_TYPE, request::Parts};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::IdempotencyKey;

/// The largest accepted body, in bytes.
const LARGEST_BODY: usize = 256 * 1024;
/// The longest `Idempotency-Key`, in characters.
const LONGEST_KEY: usize = 128;

/// Marks the answer to a repeated request with an `Idempotency-Key`: `true`.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// A JSON body, parsed into the endpoint's type. A missing body counts as an empty object.
#[derive(Debug)]
pub struct Json<T>(pub T);

/// The query parameters, parsed into the endpoint's type.
#[derive(Debug)]
pub struct Params<T>(pub T);

/// An identifier in the path. A malformed one is answered with 404, like a record of another customer.
#[derive(Debug)]
pub struct PathId<T>(pub T);

impl<S: Send + Sync, T: std::str::FromStr> FromRequestParts<S> for PathId<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = axum::extract::Path::<String>::from_request_parts(parts, state).await;
        path.ok().and_then(|path| path.0.parse().ok()).map(Self).ok_or_else(Problem::not_found)
    }
}

/// Two identifiers in the path, in its order. Like [`PathId`].
#[derive(Debug)]
pub struct PathIds<A, B>(pub A, pub B);

impl<S: Send + Sync, A: std::str::FromStr, B: std::str::FromStr> FromRequestParts<S> for PathIds<A, B> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = axum::extract::Path::<(String, String)>::from_request_parts(parts, state).await;
        let ids = path.ok().and_then(|path| Some(Self(path.0.0.parse().ok()?, path.0.1.parse().ok()?)));
        ids.ok_or_else(Problem::not_found)
    }
}

/// A JSON body with an `Idempotency-Key`; required wherever money moves.
#[derive(Debug)]
pub struct Idempotent<T> {
    /// The parsed body.
    pub body: T,
    operation: String,
    key: String,
    fingerprint: String,
}

impl<T> Idempotent<T> {
    /// The key under which the effect of this request is stored. Each route has its own keys, and so has each mode.
    pub fn key(&self, principal: &Principal) -> IdempotencyKey {
        let operation = match principal.mode {
            Mode::Live => self.operation.clone(),
            Mode::Test => format!("test {}", self.operation),
        };
        let (key, fingerprint) = (self.key.clone(), self.fingerprint.clone());
        IdempotencyKey { user: principal.user.clone(), operation, key, fingerprint }
    }
}

impl<S: Send + Sync, T: Fields> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        parse::whole(read_object(request).await?, Source::Body).map(Self)
    }
}

impl<S: Send + Sync, T: Fields> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        parse::whole(read_query(&parts.uri)?, Source::Query).map(Self)
    }
}

/// The query of an endpoint that takes no parameters.
#[derive(Parse)]
struct NoParameters {}

/// A request extension that marks an endpoint without parameters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WithoutQuery;

/// Rejects query parameters at endpoints that take none, so that a misspelt one is not ignored. The caller is known
/// before, as at endpoints with parameters.
pub(crate) fn refuse_query(parts: &Parts) -> Result<(), Problem> {
    if parts.extensions.get::<WithoutQuery>().is_some() {
        let NoParameters {} = parse::whole(read_query(&parts.uri)?, Source::Query)?;
    }
    Ok(())
}

fn read_query(uri: &Uri) -> Result<Object, Problem> {
    let mut parameters = Object::new();
    let pairs: axum::extract::Query<Vec<(String, String)>> =
        axum::extract::Query::try_from_uri(uri).map_err(|_| BadRequest::QueryUnreadable)?;
    for (name, value) in pairs.0 {
        if parameters.insert(name, value.into()).is_some() {
            return Err(BadRequest::ParameterRepeated.into());
        }
    }
    Ok(parameters)
}

impl<S: Send + Sync, T: Fields + Serialize> FromRequest<S> for Idempotent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        let key = idempotency_key(request.headers())?;
        let path = request.uri().path().to_owned();
        let route = request.extensions().get::<MatchedPath>().map_or(path.as_str(), MatchedPath::as_str);
        let operation = format!("{} {route}", request.method());
        let body: T = parse::whole(read_object(request).await?, Source::Body)?;
        // Hash the parsed body, so that whitespace and the order of fields do not matter.
        let parsed = serde_json::to_vec(&body).map_err(Problem::internal)?;
        let fingerprint =
            hex::encode(Sha256::new().chain_update(path).chain_update([0]).chain_update(parsed).finalize());
        Ok(Self { body, operation, key, fingerprint })
    }
}

fn idempotency_key(headers: &http::HeaderMap) -> Result<String, Problem> {
    let mut given = headers.get_all("idempotency-key").iter();
    let key = given.next().ok_or(IdempotencyKeyRequired)?;
    let key = key.to_str().unwrap_or_default();
    // The gateway joins two headers by a comma, and two keys are no key.
    let sane =
        (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic() && byte != b',');
    if sane && given.next().is_none() { Ok(key.to_owned()) } else { Err(BadRequest::KeyMalformed.into()) }
}

async fn read_object(request: Request) -> Result<Object, Problem> {
    let is_json = |value: &http::HeaderValue| {
        let kind = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        kind == "application/json" || kind.ends_with("+json")
    };
    let declared_json = request.headers().get(CONTENT_TYPE).is_none_or(is_json);
    let body = axum::body::to_bytes(request.into_body(), LARGEST_BODY).await.map_err(|_| BodyTooLarge)?;
    if body.is_empty() {
        return Ok(Object::new());
    }
    if !declared_json {
        return Err(NotJson.into());
    }
    let refused = |error: serde_json::Error| {
        let (line, column) = (error.line(), error.column());
        let refused = if error.is_data() {
            BadRequest::NotAnObject { line, column }
        } else {
            BadRequest::InvalidJson { line, column }
        };
        refused.into()
    };
    parse::read_object(&body).map_err(refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;

    #[test]
    fn a_request_has_one_idempotency_key() {
        let read = |keys: &[&str]| {
            let keys = keys.iter().map(|key| (http::HeaderName::from_static("idempotency-key"), key.parse().unwrap()));
            idempotency_key(&keys.collect::<HeaderMap>()).ok()
        };
        assert_eq!(read(&["3f1c1f0e-6f0a"]).as_deref(), Some("3f1c1f0e-6f0a"));
        assert_eq!(read(&[&"k".repeat(128)]), Some("k".repeat(128)));
        for wrong in
            [&[][..], &[""], &["a b"], &["é"], &[&"k".repeat(129)], &["one", "two"], &["one,two"], &["one, two"]]
        {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
    }
}
