//! Tests of the public documents and of `/_sim`.

use super::{ISSUER, Provider};
use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::json;

#[tokio::test]
async fn the_description_names_what_exists() {
    let provider = Provider::new();
    let answer = provider.get("/.well-known/openid-configuration").await;
    assert!(answer.header("cache-control").contains("max-age="));
    let told = answer.json();
    assert_eq!(told["issuer"], ISSUER);
    for name in ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "revocation_endpoint", "jwks_uri"] {
        let path = told[name].as_str().unwrap().strip_prefix(ISSUER).unwrap();
        assert_ne!(provider.get(path).await.status, StatusCode::NOT_FOUND, "{name}");
    }
}

#[tokio::test]
async fn the_keys_may_be_kept_and_may_fail() {
    let provider = Provider::new();
    let answer = provider.get("/jwks").await;
    assert_eq!((answer.status, answer.header("cache-control").contains("max-age=3600")), (StatusCode::OK, true));
    let key = &answer.json()["keys"][0];
    assert_eq!((&key["kty"], &key["alg"], &key["e"]), (&json!("RSA"), &json!("RS256"), &json!("AQAB")));
    assert_eq!(key["d"], json!(null), "only the public part");
    provider.control("plan", json!({ "fault": "jwks_500", "times": 2 })).await;
    for status in [500, 500, 200] {
        assert_eq!(provider.get("/jwks").await.status.as_u16(), status);
    }
    let calls = provider.get("/_sim/calls?path=/jwks").await.json();
    assert_eq!(calls.as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_plan_is_for_its_person() {
    let provider = Provider::approving().await;
    provider.control("plan", json!({ "fault": "wrong_issuer", "email": "kofi@example.com" })).await;
    let told = provider.tokens().await;
    assert!(provider.verified(told["id_token"].as_str().unwrap()).await.is_ok());
    assert_eq!(provider.get("/_sim/state").await.json()["plans"][0]["fault"], "wrong_issuer");
}

#[tokio::test]
async fn a_wrong_plan_is_refused() {
    let provider = Provider::new();
    for body in [json!({ "fault": "no_such_fault" }), json!({ "fault": "alg_none", "person": "ama" })] {
        let request = Request::post("/_sim/plan").header("content-type", "application/json");
        let answer = provider.send(request.body(Body::from(body.to_string())).unwrap()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_reset_forgets_everything() {
    let provider = Provider::approving().await;
    let fresh = Provider::new().get("/_sim/state").await.json();
    provider.plan("rotate_keys").await;
    provider.tokens().await;
    provider.code_for("new@example.com").await;
    provider.plan("alg_none").await;
    provider.control("clock", json!({ "set_offset_s": 9 })).await;
    let state = provider.get("/_sim/state").await.json();
    assert_eq!(
        (&state["open_codes"], &state["offset_s"], &state["persons"][2]["name"]),
        (&json!(1), &json!(9), &json!("new"))
    );
    provider.control("reset", json!({})).await;
    assert_eq!(provider.get("/_sim/state").await.json(), fresh);
}
