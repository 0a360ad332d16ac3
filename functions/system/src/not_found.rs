//! `$default` - the answer to everything that no other function takes: 404, or 405 where only the method is wrong.

use crate::openapi::DOCUMENT;
use api::{Problem, ProblemCode};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, Method, Uri, header::ALLOW};
use serde::{Deserialize, de::IgnoredAny};
use std::{collections::BTreeMap, sync::LazyLock};

/// What is read of the document: methods by path.
#[derive(Default, Deserialize)]
#[expect(clippy::zero_sized_map_values, reason = "the operations are read over, only their methods count")]
struct Routes {
    paths: BTreeMap<String, BTreeMap<String, IgnoredAny>>,
}

static ROUTES: LazyLock<Routes> = LazyLock::new(|| {
    // A test reads the document; without it everything is 404.
    serde_json::from_str(DOCUMENT).unwrap_or_default()
});

/// Nothing is here.
pub async fn not_found(method: Method, uri: Uri) -> Response {
    let allowed = allowed(uri.path());
    if allowed.is_empty() || allowed.contains(&method.as_str().to_owned()) {
        return Problem::not_found().into_response();
    }
    let allowed = allowed.join(", ");
    let detail = format!("Here one of these is possible: {allowed}.");
    let mut response = Problem::new(ProblemCode::MethodNotAllowed, detail).into_response();
    if let Ok(value) = HeaderValue::from_str(&allowed) {
        response.headers_mut().insert(ALLOW, value);
    }
    response
}

/// The methods of the operations at a path.
fn allowed(path: &str) -> Vec<String> {
    let operations = ROUTES.paths.iter().filter(|(template, _)| matches(template, path));
    operations.flat_map(|(_, methods)| methods.keys().map(|method| method.to_ascii_uppercase())).collect()
}

/// Whether a path is one of a template like `/orders/{id}/messages`.
fn matches(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted == given => {}
            (Some(wanted), Some(given)) if wanted.starts_with('{') && !given.is_empty() => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_of_known_paths_are_known() {
        assert_eq!(allowed("/api/v1/health"), ["GET"]);
        assert_eq!(allowed("/api/v1/verifications/vrf_x/cancel"), ["POST"]);
        for unknown in ["/", "/api/v1/health/", "/api/v1/verifications//cancel", "/api/v1"] {
            assert!(allowed(unknown).is_empty(), "{unknown}");
        }
    }
}
