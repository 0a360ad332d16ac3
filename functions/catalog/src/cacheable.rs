//! Cacheable answers: list prices for an hour, with an ETag that changes when the catalog changes.

use api::{
    Visitor,
    axum::{
        Json,
        response::{IntoResponse, Response},
    },
};
use http::{
    HeaderMap, HeaderValue,
    header::{CACHE_CONTROL, VARY},
};
use serde::Serialize;
use std::fmt::Display;

/// For anonymous answers: any cache may keep them for an hour.
const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=3600");
/// For answers to a key: the caller's own prices are private and never stored.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");
/// The request headers that the answer depends on.
const BY_CALLER: HeaderValue = HeaderValue::from_static("Authorization, X-API-Key");

/// Builds the answer. An anonymous answer has an ETag, or is a 304 where the client already has
/// this edition of the resource.
pub(crate) fn answer<T: Serialize>(
    visitor: &Visitor,
    edition: impl Display,
    request: &HeaderMap,
    body: impl FnOnce() -> T,
) -> Response {
    let body = || Json(body());
    let (kept, mut response) = if visitor.is_anonymous() {
        // A weak ETag: within one edition the success rates may differ a little.
        (PUBLIC, api::conditional(request, &format!("W/\"{edition}\""), body))
    } else {
        (PRIVATE, body().into_response())
    };
    let headers = response.headers_mut();
    headers.insert(VARY, BY_CALLER);
    headers.insert(CACHE_CONTROL, kept);
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        Plan, SessionId, Timestamp, Trust, UserId,
        access::{Grants, Mode, Principal, Via},
    };
    use http::{
        StatusCode,
        header::{ETAG, IF_NONE_MATCH},
    };

    fn customer() -> Visitor {
        let user = UserId::new(Timestamp::from_millis(1), 1);
        Visitor::Customer(Principal {
            user,
            plan: Plan::Pro,
            trust: Trust::Earned,
            metering: None,
            mode: Mode::Live,
            grants: Grants::default(),
            via: Via::Session(SessionId::new(Timestamp::from_millis(1), 1)),
        })
    }

    fn answered(visitor: &Visitor, edition: u64, has: &'static str) -> Response {
        let request = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_static(has))]);
        answer(visitor, edition, &request, || "body")
    }

    #[test]
    fn a_known_edition_is_not_sent_again() {
        let known = answered(&Visitor::Anonymous, 7, "W/\"7\"");
        assert_eq!((known.status(), &known.headers()[CACHE_CONTROL]), (StatusCode::NOT_MODIFIED, &PUBLIC));
        assert_eq!(answered(&Visitor::Anonymous, 8, "W/\"7\"").status(), StatusCode::OK);
    }

    #[test]
    fn list_prices_are_cacheable_and_own_prices_are_not() {
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
