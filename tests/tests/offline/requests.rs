//! What all endpoints have in common: compression, HEAD, limits without a credential, the order of refusals.

use crate::{Answer, call, call_router, context};
use api::{Endpoint, axum::Json, catch_all};
use futures_util::future::join_all;
use lambda_http::http::{Method, Request, StatusCode};
use namaskah_tests::{matrix::MATRIX, surface};

/// All endpoints but the one for unknown paths.
fn endpoints() -> Vec<Endpoint> {
    surface::endpoints().filter(|endpoint| endpoint.name != "not_found").collect()
}

/// A request that accepts this coding; none if it is empty.
fn request(method: &Method, path: &str, coding: &str) -> Request<String> {
    let request = Request::builder().method(method).uri(path);
    let request = if coding.is_empty() { request } else { request.header("accept-encoding", coding) };
    request.body(String::new()).unwrap()
}

async fn get(path: &str, coding: &str) -> Answer {
    call(system::DOMAIN.endpoints, request(&Method::GET, path, coding)).await
}

#[tokio::test]
async fn documents_are_compressed_for_those_that_accept_it() {
    for path in ["/api/v1/openapi.json", "/api/docs", "/api/docs/docs.css", "/api/docs/try.js"] {
        let (plain, compressed) = (get(path, "").await, get(path, "br, gzip").await);
        assert!(!plain.headers.contains_key("content-encoding"), "{path}");
        assert_eq!(compressed.headers["content-encoding"], "gzip", "{path}");
        assert!(plain.body == compressed.body && compressed.size * 2 < plain.size, "{path}: {}", compressed.size);
        for answer in [&plain, &compressed] {
            assert_eq!(
                (&answer.headers["vary"], &answer.headers["etag"]),
                (&"Accept-Encoding".parse().unwrap(), &plain.headers["etag"])
            );
        }
        assert!(!get(path, "gzip;q=0, *").await.headers.contains_key("content-encoding"), "{path}");
        let mut known = request(&Method::GET, path, "gzip");
        known.headers_mut().insert("if-none-match", plain.headers["etag"].clone());
        let known = call(system::DOMAIN.endpoints, known).await;
        assert_eq!(
            (known.status, known.size, &known.headers["vary"]),
            (StatusCode::NOT_MODIFIED, 0, &plain.headers["vary"])
        );
    }
    let document = get("/api/v1/openapi.json", "gzip").await;
    assert!(document.size < 80_000, "{} bytes", document.size);
}

/// An endpoint with a large answer.
async fn large() -> Json<Vec<&'static str>> {
    Json(vec!["whatsapp"; 500])
}

#[tokio::test]
async fn any_large_answer_is_compressed() {
    let endpoints = [catch_all!("large", large)];
    let of = async |coding| call(&endpoints, request(&Method::GET, "/any", coding)).await;
    let (plain, compressed) = (of("").await, of("gzip").await);
    assert!(!plain.headers.contains_key("content-encoding"));
    assert_eq!(compressed.headers["content-encoding"], "gzip");
    assert!(plain.body == compressed.body && compressed.size * 2 < plain.size);
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let endpoints = endpoints();
    let document: serde_json::Value = serde_json::from_str(&surface::document(api::Api::Public)).unwrap();
    let routes = surface::routes_of(&document);
    let paths: Vec<_> = routes.iter().filter_map(|route| route.strip_prefix("GET ")).collect();
    assert!(paths.len() > 10, "{routes:?}");
    for path in paths {
        let path = path.replace("{asset}", "docs.css").replace("{service_name}", "whatsapp").replace("{id}", "vrf_x");
        let (get, head) = (request(&Method::GET, &path, "gzip"), request(&Method::HEAD, &path, "gzip"));
        let (get, head) = (call(&endpoints, get).await, call(&endpoints, head).await);
        assert_eq!((head.status, head.size), (get.status, 0), "{path}");
        let own = ["x-request-id", "x-process-time", "content-length"];
        let names = |answer: &Answer| {
            let headers = answer.headers.iter().filter(|(name, _)| !own.contains(&name.as_str()));
            let mut pairs: Vec<_> = headers.map(|(name, value)| (name.clone(), value.clone())).collect();
            pairs.sort_by_key(|(name, _)| name.to_string());
            pairs
        };
        assert_eq!(names(&head), names(&get), "{path}");
    }
    let cancel = request(&Method::HEAD, "/api/v1/verifications/vrf_x/cancel", "");
    assert_eq!(call(&endpoints, cancel).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn anonymous_requests_share_a_budget_of_the_process() {
    let endpoints: Vec<_> = surface::endpoints().collect();
    // One router, because a slow test would refill the bucket meanwhile.
    let router = api::router(context(), endpoints);
    let paths = ["/api/v1/health", "/api/v1/no/such/thing", "/api/docs", "/api/v1/openapi.json", "/api/v1/policy"];
    let requests = paths.iter().cycle().take(1000).map(async |path| {
        let answer = call_router(router.clone(), request(&Method::GET, path, "")).await;
        let rejected = answer.status == StatusCode::TOO_MANY_REQUESTS;
        if rejected {
            assert_eq!(answer.json()["code"], "rate_limited");
            assert_eq!(answer.headers["retry-after"], "1");
        }
        (*path, rejected)
    });
    let answers = join_all(requests).await;
    let passed = answers.iter().filter(|(_, rejected)| !rejected).count();
    assert!((100..900).contains(&passed), "{passed}");
    for path in paths {
        assert!(answers.contains(&(path, true)), "{path}");
    }
}

#[tokio::test]
async fn a_missing_key_is_reported_before_a_wrong_parameter() {
    let endpoints = endpoints();
    for (method, path, ..) in MATRIX {
        let path = format!("{}?limmit=2", path.replace("{id}", "vrf_x"));
        let answer = call(&endpoints, request(&method.parse().unwrap(), &path, "")).await;
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (StatusCode::UNAUTHORIZED, &"unauthenticated".into()),
            "{path}"
        );
    }
}
