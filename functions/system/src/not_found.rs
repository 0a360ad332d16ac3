//! `$default` - answers requests that match no route: 404, or 405 if only the method is wrong.
//!
//! Counting such a request by address would cost as much as answering it.

use crate::openapi::DOCUMENT;
use api::{Problem, ProcessLimit, codes::MethodNotAllowed};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, Method, Uri, header::ALLOW};
use matchit::Router;
use serde::{Deserialize, de::IgnoredAny};
use std::{collections::BTreeMap, sync::LazyLock};

/// The part of the document that is read: methods by path.
#[derive(Default, Deserialize)]
#[expect(clippy::zero_sized_map_values, reason = "the operations are skipped, only their methods count")]
struct Document {
    paths: BTreeMap<String, BTreeMap<String, IgnoredAny>>,
}

/// The methods of each path. Where `GET` is one, so is `HEAD`.
static ROUTES: LazyLock<Router<Vec<String>>> = LazyLock::new(|| {
    // A test parses the document. If it could not be parsed, every answer would be 404.
    let document: Document = serde_json::from_str(DOCUMENT.plain).unwrap_or_default();
    let mut routes = Router::new();
    for (path, operations) in document.paths {
        let mut methods: Vec<_> = operations.into_keys().map(|method| method.to_ascii_uppercase()).collect();
        if let Some(get) = methods.iter().position(|method| method == "GET") {
            methods.insert(get + 1, "HEAD".to_owned());
        }
        if let Err(error) = routes.insert(path, methods) {
            tracing::error!(%error, "a path of the document can't be a route");
        }
    }
    routes
});

/// Answers a request that matches no route.
pub async fn not_found(_limit: ProcessLimit, method: Method, uri: Uri) -> Response {
    let allowed = allowed(uri.path());
    if allowed.is_empty() || allowed.contains(&method.as_str().to_owned()) {
        return Problem::not_found().into_response();
    }
    let mut response = Problem::from(MethodNotAllowed).into_response();
    if let Ok(value) = HeaderValue::from_str(&allowed.join(", ")) {
        response.headers_mut().insert(ALLOW, value);
    }
    response
}

/// The methods that the path supports. A path parameter must not be empty.
fn allowed(path: &str) -> &'static [String] {
    let route = ROUTES.at(path).ok().filter(|route| route.params.iter().all(|(_, value)| !value.is_empty()));
    route.map_or(&[], |route| route.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_of_the_document_is_a_route() {
        let document: Document = serde_json::from_str(DOCUMENT.plain).unwrap();
        assert!(document.paths.len() > 10);
        for (path, operations) in document.paths {
            let methods: Vec<_> = operations.into_keys().map(|method| method.to_ascii_uppercase()).collect();
            let known: Vec<_> = allowed(&path).iter().filter(|method| *method != "HEAD").cloned().collect();
            assert_eq!(known, methods, "{path}");
        }
    }

    #[test]
    fn methods_of_known_paths_are_known() {
        assert_eq!(allowed("/api/v1/health"), ["GET", "HEAD"]);
        assert_eq!(allowed("/api/v1/verifications"), ["GET", "HEAD", "POST"]);
        assert_eq!(allowed("/api/v1/verifications/vrf_x/cancel"), ["POST"]);
        for unknown in ["/", "/api/v1/health/", "/api/v1/verifications//cancel", "/api/v1"] {
            assert!(allowed(unknown).is_empty(), "{unknown}");
        }
    }
}
