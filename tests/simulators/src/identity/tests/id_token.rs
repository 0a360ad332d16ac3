//! Tests of the ID token: a careful client accepts a right one, and every fault is noticed.

use super::{ISSUER, Provider, good_exchange, good_request};
use crate::identity::secret::half_hash;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, errors::ErrorKind};
use serde_json::{Value, json};

fn part(token: &str, at: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(at).unwrap()).unwrap()).unwrap()
}

async fn id_token(provider: &Provider) -> String {
    provider.tokens().await["id_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_right_token_has_all_claims() {
    let provider = Provider::approving().await;
    let told = provider.tokens().await;
    let claims = provider.verified(told["id_token"].as_str().unwrap()).await.unwrap();
    for (name, value) in [
        ("iss", json!(ISSUER)),
        ("aud", json!("namaskah-local")),
        ("azp", json!("namaskah-local")),
        ("email", json!("ama@example.com")),
        ("email_verified", json!(true)),
        ("name", json!("Ama Owusu")),
        ("nonce", json!("a-nonce")),
        ("at_hash", json!(half_hash(told["access_token"].as_str().unwrap()))),
    ] {
        assert_eq!(claims[name], value, "{name}");
    }
    let sub = claims["sub"].as_str().unwrap();
    assert!(sub.len() == 21 && sub.bytes().all(|byte| byte.is_ascii_digit()));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 3600);
    assert_eq!(claims["sub"], part(&id_token(&provider).await, 1)["sub"], "a person keeps their account");
}

#[tokio::test]
async fn the_hash_of_an_access_token_is_that_of_the_standard() {
    // OpenID Connect Core, appendix A.3.
    assert_eq!(half_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"), "77QmUPtjPfzWtF2AnpK9RQ");
}

#[tokio::test]
async fn a_token_has_the_claims_of_its_scopes() {
    let provider = Provider::approving().await;
    let request = good_request().with("scope", "openid").with("login_hint", "ama@example.com");
    let code = provider.get(&request.path()).await.sent_back()["code"].clone();
    let told = provider.exchange(&good_exchange(&code)).await.json();
    let claims = provider.verified(told["id_token"].as_str().unwrap()).await.unwrap();
    assert_eq!((&claims["email"], &claims["name"], &told["scope"]), (&Value::Null, &Value::Null, &json!("openid")));
}

#[tokio::test]
async fn faults_that_a_library_notices() {
    let provider = Provider::approving().await;
    for (fault, noticed) in [
        ("wrong_issuer", ErrorKind::InvalidIssuer),
        ("wrong_audience", ErrorKind::InvalidAudience),
        ("expired_token", ErrorKind::ExpiredSignature),
        ("not_yet_valid", ErrorKind::ImmatureSignature),
        ("wrong_signature", ErrorKind::InvalidSignature),
        ("hs256_with_public_key", ErrorKind::InvalidAlgorithm),
        ("unknown_key", ErrorKind::InvalidKeyFormat),
    ] {
        provider.plan(fault).await;
        let error = provider.verified(&id_token(&provider).await).await.unwrap_err();
        assert_eq!(error.kind(), &noticed, "{fault}");
        assert!(provider.verified(&id_token(&provider).await).await.is_ok(), "{fault} was for one sign-in");
    }
}

#[tokio::test]
async fn faults_that_a_client_must_look_for() {
    let provider = Provider::approving().await;
    let right = provider.verified(&id_token(&provider).await).await.unwrap();
    for (fault, claim) in [
        ("wrong_nonce", "nonce"),
        ("email_unverified", "email_verified"),
        ("another_subject", "sub"),
        ("wrong_at_hash", "at_hash"),
    ] {
        provider.plan(fault).await;
        let wrong = provider.verified(&id_token(&provider).await).await.unwrap();
        assert_ne!(wrong[claim], right[claim], "{fault}");
        assert_eq!(wrong["email"], right["email"], "{fault}");
    }
}

#[tokio::test]
async fn forged_algorithms_are_what_attackers_send() {
    let provider = Provider::approving().await;
    provider.plan("alg_none").await;
    let token = id_token(&provider).await;
    assert_eq!((part(&token, 0)["alg"].clone(), token.ends_with('.')), (json!("none"), true));

    provider.plan("hs256_with_public_key").await;
    let token = id_token(&provider).await;
    let key = crate::identity::keys::Keys::default().current().public_pem();
    let mut careless = Validation::new(Algorithm::HS256);
    careless.set_audience(&["namaskah-local"]);
    assert!(decode::<Value>(&token, &DecodingKey::from_secret(key.as_bytes()), &careless).is_ok());
}

#[tokio::test]
async fn a_new_key_is_published_beside_the_old_one() {
    let provider = Provider::approving().await;
    let old = id_token(&provider).await;
    provider.plan("rotate_keys").await;
    let new = id_token(&provider).await;
    assert_ne!(part(&old, 0)["kid"], part(&new, 0)["kid"]);
    for token in [&old, &new] {
        assert!(provider.verified(token).await.is_ok());
    }
    assert_eq!(part(&id_token(&provider).await, 0)["kid"], part(&new, 0)["kid"]);
}
