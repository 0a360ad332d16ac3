//! Where the edge is required, no endpoint answers a request without its secret, and a client can't forge its way.

use crate::{Answer, call_in, context_with};
use api::Endpoint;
use lambda_http::http::{Method, Request, StatusCode};
use namaskah_tests::surface;

const REQUIRED: [(&str, &str); 2] = [("ORIGIN_SECRET", "old-secret,new-secret"), ("EDGE_REQUIRED", "on")];

async fn send(endpoints: &[Endpoint], method: &Method, path: &str, sent: &[(&str, &str)]) -> Answer {
    let request = sent
        .iter()
        .fold(Request::builder().method(method).uri(path), |request, (name, value)| request.header(*name, *value));
    call_in(context_with(REQUIRED), endpoints, request.body(String::new()).unwrap()).await
}

/// Every route of the document, with values in its path, and a path that no endpoint has.
fn routes() -> Vec<(Method, String)> {
    let document: serde_json::Value = serde_json::from_str(&surface::document(api::Api::Public)).unwrap();
    let routes = surface::routes_of(&document).into_iter().map(|route| {
        let (method, path) = route.split_once(' ').unwrap();
        (method.parse().unwrap(), path.replace("{asset}", "docs.css").replace(['{', '}'], ""))
    });
    routes.chain([(Method::GET, "/no/such/thing".to_owned()), (Method::OPTIONS, "/api/v1/wallet".to_owned())]).collect()
}

#[tokio::test]
async fn without_the_secret_every_endpoint_is_closed() {
    let endpoints: Vec<_> = surface::endpoints().collect();
    let forged: [&[(&str, &str)]; 5] = [
        &[],
        &[("x-origin-secret", "")],
        &[("x-origin-secret", "guessed"), ("x-forwarded-for", "127.0.0.1, 130.176.1.1")],
        &[("x-origin-secret", "old-secret,new-secret")],
        // Headers of CloudFront, which any client can send.
        &[
            ("via", "2.0 x.cloudfront.net (CloudFront)"),
            ("x-amz-cf-id", "x"),
            ("cloudfront-viewer-address", "127.0.0.1:1"),
        ],
    ];
    let routes = routes();
    assert!(routes.len() > 20, "{routes:?}");
    for (method, path) in &routes {
        for sent in forged {
            let found = send(&endpoints, method, path, sent).await;
            assert_eq!(found.status, StatusCode::FORBIDDEN, "{method} {path} {sent:?}");
            assert_eq!(found.json()["code"], "origin_required", "{method} {path} {sent:?}");
            assert!(!found.headers.contains_key("ratelimit"), "{path}: it was counted");
            assert_eq!(found.headers["cache-control"], "no-store");
        }
    }
}

#[tokio::test]
async fn both_secrets_of_a_rotation_open_it() {
    let endpoints = system::DOMAIN.endpoints;
    for secret in ["old-secret", "new-secret"] {
        for path in ["/api/docs", "/api/v1/openapi.json"] {
            let found = send(endpoints, &Method::GET, path, &[("x-origin-secret", secret)]).await;
            assert_eq!(found.status, StatusCode::OK, "{secret} {path}");
        }
        let found = send(endpoints, &Method::GET, "/no/such/thing", &[("x-origin-secret", secret)]).await;
        assert_eq!((found.status, &found.json()["code"]), (StatusCode::NOT_FOUND, &"not_found".into()));
    }
}
