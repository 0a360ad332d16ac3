//! Answers that caches may keep: an hour for list prices, with a validator that changes when the catalog does.

use api::{
    Visitor,
    axum::{
        Json,
        response::{IntoResponse, Response},
    },
};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH, VARY},
};
use serde::Serialize;
use store::CatalogVersion;

/// What anybody may keep, and for how long.
const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=3600");
/// A caller's own prices are private and never kept.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");

/// The answer with its validators, or 304 where the client has it.
pub(crate) fn answer<T: Serialize>(
    visitor: &Visitor,
    version: CatalogVersion,
    request: &HeaderMap,
    body: impl FnOnce() -> T,
) -> Response {
    let tag = tag_of(visitor, version);
    let known = visitor.plan.is_none() && knows(request, &tag);
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { Json(body()).into_response() };
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("Authorization, X-API-Key"));
    headers.insert(CACHE_CONTROL, if visitor.plan.is_none() { PUBLIC } else { PRIVATE });
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    response
}

/// The catalog's number and the plan whose prices are shown: weak, since success rates in it may differ a little.
fn tag_of(visitor: &Visitor, version: CatalogVersion) -> String {
    let plan = visitor.plan.map_or_else(|| "list".to_owned(), |plan| format!("{plan:?}").to_lowercase());
    format!("W/\"{}-{plan}\"", version.version)
}

fn knows(request: &HeaderMap, tag: &str) -> bool {
    let given = request.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    given.flat_map(|value| value.split(',')).any(|one| one.trim() == tag || one.trim() == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_version_is_not_sent_again_but_private_prices_always_are() {
        let version = CatalogVersion { version: 7, at: domain::Timestamp::default() };
        let request = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_static("W/\"7-list\""))]);
        let status = |plan| answer(&Visitor { plan }, version, &request, || "body").status();
        assert_eq!(status(None), StatusCode::NOT_MODIFIED);
        assert_eq!(status(Some(domain::Plan::Pro)), StatusCode::OK);
        let other = CatalogVersion { version: 8, ..version };
        assert_eq!(answer(&Visitor { plan: None }, other, &request, || "body").status(), StatusCode::OK);
    }
}
