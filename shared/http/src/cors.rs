//! Cross-origin requests: which pages of other origins may call the API from a browser (`CORS_ORIGINS`), and the
//! answers to their preflights (decision 0035).
//!
//! Such a page has a key or a token that it sends in a header. Cookies are only for pages of the API's own
//! origin, so no answer allows credentials.

use crate::compress::varies_by;
use axum::response::{IntoResponse, Response};
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
        ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
    },
};

/// The methods that a page may use.
const METHODS: &str = "GET, HEAD, POST, PUT, PATCH, DELETE";
/// The request headers that a page may set, apart from those that every page may.
const HEADERS: &str = "Authorization, Content-Type, Idempotency-Key, If-None-Match, Proof-Of-Work, \
                       X-API-Key, X-Request-ID";
/// The headers of an answer that a page may read, apart from those that every page may.
const EXPOSED: &str = "Deprecation, ETag, Idempotent-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, \
                       Sunset, WWW-Authenticate, X-Process-Time, X-Request-ID";
/// How long a browser may keep the answer to a preflight, in seconds: the most that Chrome accepts.
const MAX_AGE: &str = "7200";

/// What the answer to a request says to browsers about other origins.
pub(crate) struct CrossOrigin {
    /// Whether an answer depends on the origin of the page. Caches must know it even where no page asks.
    varies: bool,
    /// The origin of the page, if it may call the API.
    allowed: Option<HeaderValue>,
    is_preflight: bool,
}

impl CrossOrigin {
    /// Judges a request by the allowed origins, separated by commas. An origin must be equal, byte by byte.
    pub(crate) fn of(origins: &str, method: &Method, request: &HeaderMap) -> Self {
        let mut listed = origins.split(',').map(str::trim).filter(|origin| !origin.is_empty()).peekable();
        let varies = listed.peek().is_some();
        let allowed = request.get(ORIGIN).filter(|given| listed.any(|origin| origin.as_bytes() == given.as_bytes()));
        let is_preflight = *method == Method::OPTIONS && request.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
        Self { varies, allowed: allowed.cloned(), is_preflight }
    }

    /// The answer to the preflight of an allowed page. Any other `OPTIONS` is an ordinary request, which has no route.
    ///
    /// It is the same for every path, because the gateway sends the preflight of a path without `GET` to the function
    /// for unknown paths.
    pub(crate) fn preflight(&self) -> Option<Response> {
        (self.is_preflight && self.allowed.is_some()).then(|| {
            let headers = [
                (ACCESS_CONTROL_ALLOW_METHODS, METHODS),
                (ACCESS_CONTROL_ALLOW_HEADERS, HEADERS),
                (ACCESS_CONTROL_MAX_AGE, MAX_AGE),
            ];
            (StatusCode::NO_CONTENT, headers).into_response()
        })
    }

    /// Writes the headers of an answer.
    pub(crate) fn write(self, headers: &mut HeaderMap) {
        if self.varies {
            varies_by("Origin", headers);
        }
        if let Some(origin) = self.allowed {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            if !self.is_preflight {
                headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::VARY;

    const TWO: &str = "https://app.example.com, http://localhost:3000";

    fn request(origin: &str) -> HeaderMap {
        HeaderMap::from_iter([(ORIGIN, HeaderValue::from_str(origin).unwrap())])
    }

    #[test]
    fn only_an_equal_origin_is_allowed() {
        for (origins, given, allowed) in [
            (TWO, "https://app.example.com", true),
            (TWO, "http://localhost:3000", true),
            (TWO, "http://app.example.com", false),
            (TWO, "https://app.example.com:443", false),
            (TWO, "https://APP.example.com", false),
            (TWO, "https://app.example.com.evil.example", false),
            (TWO, "https://evil.example/https://app.example.com", false),
            (TWO, "null", false),
            (TWO, TWO, false),
            (TWO, "", false),
            ("", "https://app.example.com", false),
            ("", "", false),
            ("*", "https://app.example.com", false),
        ] {
            let mut answer = HeaderMap::new();
            CrossOrigin::of(origins, &Method::GET, &request(given)).write(&mut answer);
            let named = answer.get(ACCESS_CONTROL_ALLOW_ORIGIN).map(HeaderValue::as_bytes);
            assert_eq!(named, allowed.then_some(given.as_bytes()), "{origins} {given}");
            assert_eq!(answer.contains_key(ACCESS_CONTROL_EXPOSE_HEADERS), allowed, "{given}");
            assert_eq!(answer.contains_key(VARY), !origins.is_empty(), "{origins}");
            assert!(!answer.contains_key("access-control-allow-credentials"));
        }
    }

    #[test]
    fn a_preflight_is_answered_for_allowed_pages_only() {
        let answer = |method: &Method, origin: &str, asks: bool| {
            let mut request = request(origin);
            if asks {
                request.insert(ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("POST"));
            }
            CrossOrigin::of(TWO, method, &request).preflight()
        };
        let found = answer(&Method::OPTIONS, "http://localhost:3000", true).unwrap();
        assert_eq!(found.status(), StatusCode::NO_CONTENT);
        assert_eq!(found.headers()[ACCESS_CONTROL_MAX_AGE], "7200");
        for (method, origin, asks) in [
            (Method::OPTIONS, "http://localhost:3000", false),
            (Method::OPTIONS, "https://evil.example", true),
            (Method::POST, "http://localhost:3000", true),
        ] {
            assert!(answer(&method, origin, asks).is_none(), "{method} {origin} {asks}");
        }
    }

    #[test]
    fn the_headers_of_limits_and_retries_are_exposed() {
        for name in ["ratelimit", "ratelimit-policy", "retry-after", "x-request-id", "location", "idempotent-replayed"]
        {
            assert!(EXPOSED.split(", ").any(|exposed| exposed.eq_ignore_ascii_case(name)), "{name}");
        }
    }
}
