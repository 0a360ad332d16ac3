//! The objects that a path names, and bodies.

use super::{calls::policy, problem::Problem};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request},
};
use http::{header::CONTENT_TYPE, request::Parts};
use std::collections::HashMap;

/// The parameters of a path. Version 2.4 names most objects without their store, older ones within it; both work.
pub struct Named {
    names: HashMap<String, String>,
    policy: &'static str,
}

impl Named {
    /// A parameter.
    pub fn get(&self, name: &str) -> &str {
        self.names.get(name).map_or("", String::as_str)
    }

    /// The answer for an object that does not exist. Without a store, the server can't tell whose it is.
    pub fn missing(&self, in_store: Problem) -> Problem {
        if self.names.contains_key("store") { in_store } else { Problem::MissingPermission(self.policy) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let policy = policy(&parts.method, parts.uri.path());
        let names = Path::from_request_parts(parts, state).await.map_err(|_| Problem::Bare(404))?;
        Ok(Self { names: names.0, policy })
    }
}

/// A body, which must be JSON by its header.
pub struct Body(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_json = kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
        if !is_json {
            return Err(Problem::Bare(415));
        }
        Bytes::from_request(request, state).await.map(Self).map_err(|_| Problem::Bare(400))
    }
}
