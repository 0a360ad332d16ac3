//! Tests of `/token`.

use super::{OTHER_CALLBACK, Provider, VERIFIER, good_exchange};
use crate::identity::secret::challenge_of;
use http::StatusCode;
use serde_json::json;

#[test]
fn a_challenge_is_that_of_the_standard() {
    // RFC 7636, appendix B.
    let challenge = challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

#[tokio::test]
async fn a_code_is_exchanged_by_post_or_by_basic() {
    let provider = Provider::approving().await;
    let answer = provider.exchange(&good_exchange(&provider.code_for("ama@example.com").await)).await;
    assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, "no-store"));
    let told = answer.json();
    assert_eq!((&told["token_type"], &told["expires_in"]), (&json!("Bearer"), &json!(3599)));

    let fields =
        good_exchange(&provider.code_for("ama@example.com").await).without("client_id").without("client_secret");
    // namaskah-local:local-secret
    let basic = [("authorization", "Basic bmFtYXNrYWgtbG9jYWw6bG9jYWwtc2VjcmV0")];
    assert_eq!(provider.form("/token", &basic, &fields).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_client_must_prove_its_identity() {
    let provider = Provider::approving().await;
    let code = provider.code_for("ama@example.com").await;
    let good = || good_exchange(&code);
    let basic = [("authorization", "Basic bmFtYXNrYWgtbG9jYWw6bG9jYWwtc2VjcmV0")];
    let wrong = [("authorization", "Basic bmFtYXNrYWgtbG9jYWw6d3Jvbmc=")];
    for (headers, fields, status) in [
        (&[][..], good().with("client_secret", "wrong"), 401),
        (&[], good().with("client_id", "somebody"), 401),
        (&[], good().without("client_secret"), 401),
        (&[], good().without("client_id"), 400),
        (&wrong, good().without("client_secret"), 401),
        (&basic, good().without("client_secret").with("client_id", "somebody"), 401),
        (&basic, good(), 400),
    ] {
        let answer = provider.form("/token", headers, &fields).await;
        let error = if status == 401 { "invalid_client" } else { "invalid_request" };
        assert_eq!((answer.status.as_u16(), &answer.json()["error"]), (status, &json!(error)));
        assert_eq!(answer.headers.contains_key("www-authenticate"), status == 401);
    }
    assert_eq!(provider.exchange(&good()).await.status, StatusCode::OK, "strangers do not use the code up");
}

#[tokio::test]
async fn what_does_not_belong_to_a_code_uses_it_up() {
    let provider = Provider::approving().await;
    let other = "another-verifier-of-forty-three-signs-012345";
    for (change, value) in
        [("code_verifier", other), ("code_verifier", "short"), ("code_verifier", ""), ("redirect_uri", OTHER_CALLBACK)]
    {
        let code = provider.code_for("ama@example.com").await;
        for fields in [good_exchange(&code).with(change, value), good_exchange(&code)] {
            let answer = provider.exchange(&fields).await;
            assert_eq!(
                (answer.status, answer.json()["error"].clone()),
                (StatusCode::BAD_REQUEST, json!("invalid_grant"))
            );
        }
    }
}

#[tokio::test]
async fn a_code_is_valid_once() {
    let provider = Provider::approving().await;
    let fields = good_exchange(&provider.code_for("ama@example.com").await);
    let told = provider.exchange(&fields).await.json();
    let again = provider.exchange(&fields).await;
    assert_eq!((again.status, again.json()["error"].clone()), (StatusCode::BAD_REQUEST, json!("invalid_grant")));
    let seen = provider.userinfo(told["access_token"].as_str().unwrap()).await;
    assert_eq!(seen.status, StatusCode::UNAUTHORIZED, "the second use ends what the first one gave");
}

#[tokio::test]
async fn a_code_is_valid_for_a_minute() {
    let provider = Provider::approving().await;
    for (wait, status) in [(58, StatusCode::OK), (60, StatusCode::BAD_REQUEST)] {
        let code = provider.code_for("ama@example.com").await;
        provider.control("clock", json!({ "advance_s": wait })).await;
        assert_eq!(provider.exchange(&good_exchange(&code)).await.status, status, "{wait}");
    }
}

#[tokio::test]
async fn other_exchanges_are_refused() {
    let provider = Provider::approving().await;
    let code = provider.code_for("ama@example.com").await;
    let good = || good_exchange(&code);
    for (fields, error) in [
        (good().without("grant_type"), "invalid_request"),
        (good().with("grant_type", "refresh_token"), "unsupported_grant_type"),
        (good().without("code"), "invalid_request"),
        (good().without("redirect_uri"), "invalid_request"),
        (good().and("code_verifier", VERIFIER), "invalid_request"),
        (good().with("code", "4/0Aunknown"), "invalid_grant"),
    ] {
        let answer = provider.exchange(&fields).await;
        assert_eq!((answer.status, answer.json()["error"].clone()), (StatusCode::BAD_REQUEST, json!(error)));
    }
    let json = http::Request::post("/token").header("content-type", "application/json");
    let answer = provider.send(json.body(axum::body::Body::from("{}")).unwrap()).await;
    assert_eq!((answer.status, answer.json()["error"].clone()), (StatusCode::BAD_REQUEST, json!("invalid_request")));
}

#[tokio::test]
async fn a_failure_leaves_the_code_valid() {
    let provider = Provider::approving().await;
    let fields = good_exchange(&provider.code_for("ama@example.com").await);
    provider.plan("token_500").await;
    assert_eq!(provider.exchange(&fields).await.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(provider.exchange(&fields).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_slow_answer_is_right() {
    let provider = Provider::approving().await;
    let fields = good_exchange(&provider.code_for("ama@example.com").await);
    provider.control("plan", json!({ "fault": "token_slow", "seconds": 1 })).await;
    let began = std::time::Instant::now();
    assert_eq!(provider.exchange(&fields).await.status, StatusCode::OK);
    assert!(began.elapsed().as_secs() >= 1);
}
