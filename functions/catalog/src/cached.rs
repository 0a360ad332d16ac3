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
use std::fmt::Display;

/// What anybody may keep, and for how long.
const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=3600");
/// A caller's own prices are private and never kept.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");
/// What the answer depends on beside its address.
const BY_CALLER: HeaderValue = HeaderValue::from_static("Authorization, X-API-Key");

/// The answer; without a key with its validator, or 304 where the client has this edition of this address already.
pub(crate) fn answer<T: Serialize>(
    visitor: &Visitor,
    edition: impl Display,
    request: &HeaderMap,
    body: impl FnOnce() -> T,
) -> Response {
    // Weak: within one edition the bytes may differ a little (success rates).
    let tag = visitor.is_anonymous().then(|| format!("W/\"{edition}\""));
    let known = tag.as_deref().is_some_and(|tag| knows(request, tag));
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { Json(body()).into_response() };
    let headers = response.headers_mut();
    headers.insert(VARY, BY_CALLER);
    headers.insert(CACHE_CONTROL, if tag.is_some() { PUBLIC } else { PRIVATE });
    if let Some(tag) = tag.and_then(|tag| HeaderValue::from_str(&tag).ok()) {
        headers.insert(ETAG, tag);
    }
    response
}

/// Whether the client has what this tag names. The comparison is the weak one (RFC 9110, 13.1.2).
fn knows(request: &HeaderMap, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let given = request.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    given.flat_map(|value| value.split(',')).any(|one| one.trim() == "*" || bare(one) == bare(tag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        Plan, Timestamp, UserId,
        access::{Grants, Mode, Principal},
    };

    fn customer() -> Visitor {
        let user = UserId::new(Timestamp::from_millis(1), 1);
        Visitor::Customer(Principal { user, plan: Plan::Pro, mode: Mode::Live, grants: Grants::default() })
    }

    fn answered(visitor: &Visitor, edition: u64, has: &'static str) -> Response {
        let request = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_static(has))]);
        answer(visitor, edition, &request, || "body")
    }

    #[test]
    fn a_known_edition_is_not_sent_again() {
        for (has, status) in [
            ("W/\"7\"", StatusCode::NOT_MODIFIED),
            ("\"7\"", StatusCode::NOT_MODIFIED),
            ("\"x\", W/\"7\"", StatusCode::NOT_MODIFIED),
            ("*", StatusCode::NOT_MODIFIED),
            ("W/\"6\"", StatusCode::OK),
            ("7", StatusCode::OK),
        ] {
            assert_eq!(answered(&Visitor::Anonymous, 7, has).status(), status, "{has}");
        }
    }

    #[test]
    fn list_prices_are_for_caches_and_own_prices_for_nobody() {
        let anonymous = answered(&Visitor::Anonymous, 7, "\"6\"");
        assert_eq!(anonymous.headers()[CACHE_CONTROL], PUBLIC);
        assert_eq!(anonymous.headers()[ETAG], "W/\"7\"");
        let customer = answered(&customer(), 7, "W/\"7\"");
        assert_eq!((customer.status(), &customer.headers()[CACHE_CONTROL]), (StatusCode::OK, &PRIVATE));
        assert!(!customer.headers().contains_key(ETAG));
        for response in [anonymous, customer] {
            assert_eq!(response.headers()[VARY], BY_CALLER);
        }
    }
}
