//! Tests of `/userinfo` and `/revoke`.

use super::{Answer, Fields, Provider};
use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::json;

impl Provider {
    pub async fn userinfo(&self, token: &str) -> Answer {
        let request = Request::get("/userinfo").header("authorization", format!("Bearer {token}"));
        self.send(request.body(Body::empty()).unwrap()).await
    }
}

#[tokio::test]
async fn an_access_token_opens_the_claims_for_an_hour() {
    let provider = Provider::approving().await;
    let told = provider.tokens().await;
    let token = told["access_token"].as_str().unwrap();
    let seen = provider.userinfo(token).await;
    let claims = provider.verified(told["id_token"].as_str().unwrap()).await.unwrap();
    let expected =
        json!({ "sub": claims["sub"], "email": "ama@example.com", "email_verified": true, "name": "Ama Owusu" });
    assert_eq!((seen.status, seen.json()), (StatusCode::OK, expected));
    provider.control("clock", json!({ "advance_s": 3601 })).await;
    let late = provider.userinfo(token).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    assert!(late.header("www-authenticate").contains("invalid_token"));
}

#[tokio::test]
async fn a_fault_is_in_both_places() {
    let provider = Provider::approving().await;
    provider.plan("another_subject").await;
    let told = provider.tokens().await;
    let claims = provider.verified(told["id_token"].as_str().unwrap()).await.unwrap();
    assert_eq!(provider.userinfo(told["access_token"].as_str().unwrap()).await.json()["sub"], claims["sub"]);
    provider.plan("email_unverified").await;
    let told = provider.tokens().await;
    let seen = provider.userinfo(told["access_token"].as_str().unwrap()).await.json();
    assert_eq!(seen["email_verified"], json!(false));
}

#[tokio::test]
async fn a_revoked_token_opens_nothing() {
    let provider = Provider::approving().await;
    let told = provider.tokens().await;
    let token = told["access_token"].as_str().unwrap();
    let fields = Fields::new(&[("token", token)]);
    assert_eq!(provider.form("/revoke", &[], &fields).await.status, StatusCode::OK);
    assert_eq!(provider.userinfo(token).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(provider.form("/revoke", &[], &fields).await.status, StatusCode::BAD_REQUEST);
}
