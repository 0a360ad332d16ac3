//! The edge: the API behind the distribution, and what a client can't forge around it.
//!
//! The local cloud has the distribution, but no firewall and no cache, and the API answers directly, too
//! (`Edge=on`). `tests/tests/offline/edge.rs` tests the API that requires the edge.

use domain::Plan;
use namaskah_tests::Cloud;
use reqwest::{Client, StatusCode, header::HeaderMap};
use serde_json::Value;

const WALLET: &str = "/api/v1/wallet";

/// The body of an answer, which must be JSON.
async fn json(answer: reqwest::Response) -> Value {
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

#[tokio::test]
async fn the_api_answers_behind_the_distribution() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "1").await;
    let site = |path: &str| format!("{}{path}", cloud.site());

    let wallet = cloud.http.get(site(WALLET)).header("x-api-key", &customer.key).header("x-request-id", "edge-0001");
    let wallet = wallet.send().await.unwrap();
    assert_eq!((wallet.status(), &wallet.headers()["x-request-id"]), (StatusCode::OK, &"edge-0001".parse().unwrap()));
    assert_eq!(json(wallet).await["available"], "1.0000");

    // Nothing of a request is lost on a path that is never cached: method, query, body, and the API's own refusals.
    let list = cloud.http.get(site("/api/v1/verifications?limmit=2")).header("x-api-key", &customer.key);
    assert_eq!(list.send().await.unwrap().status(), StatusCode::UNPROCESSABLE_ENTITY);
    let order = cloud.http.post(site("/api/v1/verifications")).header("x-api-key", &customer.key);
    let order = order.header("idempotency-key", "edge").header("content-type", "application/json");
    let order = order.body(r#"{"service_name": "whatsapp", "country_code": "GH", "typo": 1}"#).send().await.unwrap();
    assert_eq!(order.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(order.headers()["content-type"], "application/problem+json");
    assert_eq!(json(order).await["errors"][0]["field"], "typo");

    // What may be cached still has the prices of its caller, and no limits of a single client.
    let services = site("/api/v1/services");
    let anonymous = cloud.http.get(&services).send().await.unwrap();
    assert_eq!(anonymous.headers()["cache-control"], "public, max-age=3600");
    assert!(!anonymous.headers().contains_key("ratelimit"));
    let own = cloud.http.get(&services).header("x-api-key", &customer.key).send().await.unwrap();
    assert_eq!(own.headers()["cache-control"], "private, no-store");
    let wrong = cloud.http.get(&services).header("authorization", "Bearer nsk").send().await.unwrap();
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED, "the distribution forwards the credential");
}

#[tokio::test]
async fn preflights_reach_the_functions() {
    let cloud = Cloud::shared().await;
    for base in [cloud.api(), cloud.site()] {
        for path in [WALLET, "/api/v1/services", "/api/v1/verifications/vrf_x/cancel", "/no/such/thing"] {
            let asked = cloud.http.request(reqwest::Method::OPTIONS, format!("{base}{path}"));
            let asked =
                asked.header("origin", "https://app.example.com").header("access-control-request-method", "POST");
            let answer = asked.send().await.unwrap();
            // No page may call the local stage, so it is an ordinary request of a method without a route.
            let status = if path == "/no/such/thing" { StatusCode::NOT_FOUND } else { StatusCode::METHOD_NOT_ALLOWED };
            assert_eq!(answer.status(), status, "{base}{path}");
            assert!(!answer.headers().contains_key("access-control-allow-origin"));
            assert!(answer.headers().contains_key("x-request-id"), "{base}{path}: a function answered");
        }
    }
}

/// The requests that are left for the client's address.
fn left(headers: &HeaderMap) -> u32 {
    let limit = headers["ratelimit"].to_str().unwrap();
    limit.split(';').find_map(|part| part.strip_prefix("r=")).unwrap().parse().unwrap()
}

/// Only Linux has more than one address of its own without setting it up.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_client_has_one_address_whatever_it_sends() {
    let cloud = Cloud::shared().await;
    // The gateway always sees 127.0.0.1, so only the distribution can tell the address of this client.
    let client = Client::builder().local_address("127.0.0.77".parse::<std::net::IpAddr>().unwrap()).build().unwrap();
    let ask = async |base: &str, sent: &[(&str, &str)]| {
        let request = client.get(format!("{base}{WALLET}"));
        let request = sent.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.send().await.unwrap()
    };
    let through_site = async |sent: &[(&str, &str)]| {
        let answer = ask(cloud.site(), sent).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{sent:?}");
        left(answer.headers())
    };
    let first = through_site(&[]).await;
    for _ in 0..10 {
        through_site(&[]).await;
    }
    let forged: [&[(&str, &str)]; 4] = [
        &[("x-forwarded-for", "198.51.100.7")],
        &[("x-forwarded-for", "198.51.100.8, 198.51.100.9"), ("x-origin-secret", "guessed")],
        &[("x-forwarded-for", "198.51.100.10, 130.176.1.1"), ("x-origin-secret", "")],
        &[
            ("x-real-ip", "198.51.100.11"),
            ("cloudfront-viewer-address", "198.51.100.11:1"),
            ("forwarded", "for=198.51.100.11"),
        ],
    ];
    let mut last = first;
    for sent in forged {
        last = through_site(sent).await;
        assert!(last + 10 <= first, "{sent:?} has another limit: {last} requests are left, and {first} were at first");
    }
    // Without the distribution, nobody can take the place of this client and use up its limit.
    for secret in ["", "guessed", "x-origin-secret"] {
        for _ in 0..5 {
            let named =
                ask(cloud.api(), &[("x-forwarded-for", "127.0.0.77, 127.0.0.1"), ("x-origin-secret", secret)]).await;
            assert!([401, 429].contains(&named.status().as_u16()), "{}", named.status());
        }
    }
    let now = through_site(&[]).await;
    assert!(now + 5 > last, "{now} requests are left, and {last} were");
}
