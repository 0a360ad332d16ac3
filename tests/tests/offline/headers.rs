//! Headers of answers: what an environment and a request make of them.

use crate::{Answer, call_in, context_with};
use lambda_http::http::{Method, Request, StatusCode};
use namaskah_tests::surface;

const DOCS: &str = "/api/docs";
const WALLET: &str = "/api/v1/wallet";
const CANCEL: &str = "/api/v1/verifications/vrf_x/cancel";
const PAGE: &str = "https://app.example.com";

/// A setting, or a header with its value.
type Pair = (&'static str, &'static str);

const HTTP: Pair = ("PUBLIC_URL", "http://127.0.0.1:8787");
const NO_URL: Pair = ("PUBLIC_URL", "");
const ONE_PAGE: Pair = ("CORS_ORIGINS", PAGE);
const ORIGIN: Pair = ("origin", PAGE);
const OTHER_ORIGIN: Pair = ("origin", "https://evil.example");
const ASKS: Pair = ("access-control-request-method", "POST");

const NO_METHOD: StatusCode = StatusCode::METHOD_NOT_ALLOWED;

/// The setting of an environment, a request with its headers, its status, and headers of the answer: each has the value
/// as a part, or is missing if the value is empty.
type Case = (Pair, Method, &'static str, &'static [Pair], StatusCode, &'static [Pair]);

/// The answer of all endpoints in an environment with one setting more.
async fn answer(setting: Pair, method: &Method, path: &str, sent: &[Pair]) -> Answer {
    let endpoints: Vec<_> = surface::endpoints().collect();
    let request = sent
        .iter()
        .fold(Request::builder().method(method).uri(path), |request, (name, value)| request.header(*name, *value));
    call_in(context_with([setting]), &endpoints, request.body(String::new()).unwrap()).await
}

async fn check(cases: &[Case]) {
    for (setting, method, path, sent, status, expected) in cases {
        let found = answer(*setting, method, path, sent).await;
        assert_eq!(found.status, *status, "{setting:?} {method} {path} {sent:?}: {}", found.body);
        for (name, value) in *expected {
            let given = found.headers.get(*name).map(|value| value.to_str().unwrap());
            let is_right = given.map_or(value.is_empty(), |given| !value.is_empty() && given.contains(value));
            assert!(is_right, "{setting:?} {method} {path} {sent:?}: {name} is {given:?}, not {value}");
        }
        assert!(found.headers.get_all("vary").iter().count() <= 1, "the gateway keeps one line of a header");
    }
}

#[tokio::test]
async fn a_problem_is_in_the_language_that_is_preferred() {
    const SWAHILI: Pair = ("accept-language", "de, sw;q=0.8, fr;q=0.5");
    const GERMAN: Pair = ("accept-language", "de");
    const ANYWHERE: &str = "/api/v1/no/such/thing";
    check(&[
        (
            HTTP,
            Method::GET,
            ANYWHERE,
            &[SWAHILI],
            StatusCode::NOT_FOUND,
            &[("content-language", "sw"), ("vary", "Accept-Language")],
        ),
        (
            HTTP,
            Method::GET,
            ANYWHERE,
            &[GERMAN],
            StatusCode::NOT_FOUND,
            &[("content-language", "en"), ("vary", "Accept-Language")],
        ),
        (
            HTTP,
            Method::GET,
            ANYWHERE,
            &[],
            StatusCode::NOT_FOUND,
            &[("content-language", "en"), ("vary", "Accept-Language")],
        ),
        (ONE_PAGE, Method::GET, ANYWHERE, &[SWAHILI], StatusCode::NOT_FOUND, &[("vary", "Accept-Language, Origin")]),
        // Nothing but texts depends on it.
        (HTTP, Method::GET, DOCS, &[SWAHILI], StatusCode::OK, &[("content-language", ""), ("vary", "Accept-Encoding")]),
    ])
    .await;
    let swahili = answer(HTTP, &Method::GET, "/api/v1/policy?q=what", &[SWAHILI]).await.json();
    assert_eq!(swahili["code"], "validation_failed");
    assert_eq!(swahili["title"], "Ombi lina sehemu zisizo sahihi");
    assert_eq!(swahili["errors"][0]["detail"], "haijulikani");
}

#[tokio::test]
async fn only_https_is_remembered() {
    let https = ("PUBLIC_URL", "https://namaskah.example");
    let always: &[Pair] = &[("strict-transport-security", "max-age=63072000; includeSubDomains")];
    check(&[
        (https, Method::GET, DOCS, &[], StatusCode::OK, always),
        (NO_URL, Method::GET, DOCS, &[], StatusCode::OK, always),
        (HTTP, Method::GET, DOCS, &[], StatusCode::OK, &[("strict-transport-security", "")]),
    ])
    .await;
}

#[tokio::test]
async fn pages_of_listed_origins_may_read_answers() {
    let allowed: &[Pair] = &[
        ("access-control-allow-origin", PAGE),
        ("access-control-expose-headers", "RateLimit"),
        ("access-control-allow-credentials", ""),
        ("vary", "Origin"),
    ];
    let refused: &[Pair] = &[("access-control-allow-origin", ""), ("vary", "Accept-Encoding, Origin")];
    check(&[
        (ONE_PAGE, Method::GET, DOCS, &[ORIGIN], StatusCode::OK, allowed),
        // A page reads problems, too.
        (ONE_PAGE, Method::GET, WALLET, &[ORIGIN], StatusCode::UNAUTHORIZED, allowed),
        (ONE_PAGE, Method::GET, DOCS, &[], StatusCode::OK, refused),
        (ONE_PAGE, Method::GET, DOCS, &[OTHER_ORIGIN], StatusCode::OK, refused),
        (NO_URL, Method::GET, DOCS, &[ORIGIN], StatusCode::OK, &[("access-control-allow-origin", "")]),
    ])
    .await;
    let without = answer(NO_URL, &Method::GET, DOCS, &[ORIGIN]).await;
    assert_eq!(without.headers["vary"], "Accept-Encoding", "without origins, nothing depends on them");
}

#[tokio::test]
async fn preflights_of_listed_origins_are_answered_on_every_path() {
    let allowed: &[Pair] = &[
        ("access-control-allow-origin", PAGE),
        ("access-control-allow-methods", "DELETE"),
        ("access-control-allow-headers", "Idempotency-Key"),
        ("access-control-max-age", "7200"),
        ("access-control-allow-credentials", ""),
        ("vary", "Origin"),
    ];
    let refused: &[Pair] = &[("access-control-allow-origin", ""), ("access-control-allow-methods", "")];
    let of = |path, sent: &'static [Pair], status, expected: &'static [Pair]| -> Case {
        (ONE_PAGE, Method::OPTIONS, path, sent, status, expected)
    };
    check(&[
        of(WALLET, &[ORIGIN, ASKS], StatusCode::NO_CONTENT, allowed),
        of(CANCEL, &[ORIGIN, ASKS], StatusCode::NO_CONTENT, allowed),
        of("/no", &[ORIGIN, ASKS], StatusCode::NO_CONTENT, allowed),
        of(CANCEL, &[OTHER_ORIGIN, ASKS], NO_METHOD, refused),
        of(CANCEL, &[ORIGIN], NO_METHOD, &[("access-control-allow-methods", "")]),
        (NO_URL, Method::OPTIONS, CANCEL, &[ORIGIN, ASKS], NO_METHOD, refused),
    ])
    .await;
}

#[tokio::test]
async fn a_challenge_names_an_error_if_a_credential_was_sent() {
    let wrong: &[Pair] = &[("www-authenticate", "Bearer error=\"invalid_token\"")];
    let of = |path, sent: &'static [Pair], status, expected: &'static [Pair]| -> Case {
        (NO_URL, Method::GET, path, sent, status, expected)
    };
    check(&[
        of(WALLET, &[("x-api-key", "x")], StatusCode::UNAUTHORIZED, wrong),
        of(WALLET, &[("authorization", "Bearer x")], StatusCode::UNAUTHORIZED, wrong),
        of("/no", &[("authorization", "Bearer x")], StatusCode::NOT_FOUND, &[("www-authenticate", "")]),
    ])
    .await;
    assert_eq!(answer(NO_URL, &Method::GET, WALLET, &[]).await.headers["www-authenticate"], "Bearer");
}

#[tokio::test]
async fn every_answer_protects_browsers_in_every_environment() {
    for setting in [HTTP, NO_URL, ONE_PAGE] {
        for path in [DOCS, "/api/docs/try.js", "/api/v1/openapi.json", "/api/v1/health", WALLET, "/no"] {
            let found = answer(setting, &Method::GET, path, &[ORIGIN]).await.headers;
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("referrer-policy", "no-referrer"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
            ] {
                assert_eq!(found[name], value, "{path}");
            }
            let policy = found["content-security-policy"].to_str().unwrap();
            for part in ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"] {
                assert!(policy.contains(part), "{path}: {policy}");
            }
            assert!(!policy.contains("unsafe"), "{path}: {policy}");
            let denied = found["permissions-policy"].to_str().unwrap();
            assert!(denied.split(", ").all(|feature| feature.ends_with("=()")), "{denied}");
        }
    }
}

/// Without it, a page of an allowed origin could not read what the document promises.
#[tokio::test]
async fn every_header_of_the_document_is_exposed_to_pages() {
    let document: serde_json::Value = serde_json::from_str(&surface::document(api::Api::Public)).unwrap();
    let found = answer(ONE_PAGE, &Method::GET, DOCS, &[ORIGIN]).await;
    let exposed = found.headers["access-control-expose-headers"].to_str().unwrap();
    // Every page may read the language (Fetch standard, "CORS-safelisted response-header name").
    let named = document["components"]["headers"].as_object().unwrap().keys();
    for name in named.filter(|name| *name != "Content-Language") {
        assert!(exposed.split(", ").any(|exposed| exposed.eq_ignore_ascii_case(name)), "{name} is not exposed");
    }
}
