//! Tests of `/authorize`.

use super::{Fields, Provider, good_request};
use http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn a_person_is_sent_back_with_a_code_and_the_state() {
    let provider = Provider::approving().await;
    let answer = provider.get(&good_request().with("login_hint", "ama@example.com").path()).await;
    assert_eq!(answer.status, StatusCode::FOUND);
    assert!(answer.header("location").starts_with(&format!("{}?state=", super::CALLBACK)));
    let told = answer.sent_back();
    assert_eq!((told["state"].as_str(), told["scope"].as_str()), ("a state & more", "openid email profile"));
    assert!(told["code"].starts_with("4/0A"));
}

#[tokio::test]
async fn every_parameter_is_checked() {
    let provider = Provider::approving().await;
    let good = || good_request().with("login_hint", "ama@example.com");
    for (request, status, error) in [
        (good().without("client_id"), 400, "invalid_request"),
        (good().with("client_id", "somebody"), 401, "invalid_client"),
        (good().without("redirect_uri"), 400, "invalid_request"),
        (good().with("redirect_uri", &format!("{}/", super::CALLBACK)), 400, "redirect_uri_mismatch"),
        (good().with("redirect_uri", &format!("{}?x=1", super::CALLBACK)), 400, "redirect_uri_mismatch"),
        (good().with("redirect_uri", "http://localhost:8788/sign-in/google"), 400, "redirect_uri_mismatch"),
        (good().without("response_type"), 400, "invalid_request"),
        (good().with("response_type", "token"), 400, "unsupported_response_type"),
        (good().without("scope"), 400, "invalid_request"),
        (good().with("scope", "email profile"), 400, "invalid_scope"),
        (good().with("scope", "openid drive"), 400, "invalid_scope"),
        (good().without("state"), 400, "invalid_request"),
        (good().with("state", ""), 400, "invalid_request"),
        (good().without("nonce"), 400, "invalid_request"),
        (good().and("nonce", "another"), 400, "invalid_request"),
        (good().without("code_challenge"), 400, "invalid_request"),
        (good().with("code_challenge", super::VERIFIER), 400, "invalid_request"),
        (good().with("code_challenge", &"+".repeat(43)), 400, "invalid_request"),
        (good().without("code_challenge_method"), 400, "invalid_request"),
        (good().with("code_challenge_method", "plain"), 400, "invalid_request"),
        (good().with("prompt", "login"), 400, "invalid_request"),
        (good().with("prompt", "none consent"), 400, "invalid_request"),
    ] {
        let answer = provider.get(&request.path()).await;
        assert_eq!(answer.status.as_u16(), status, "{}", request.path());
        assert!(answer.body.contains(&format!("Error {status}: {error}")), "{}: {}", request.path(), answer.body);
        assert_eq!(answer.header("location"), "", "nobody is sent to an address that may be an attacker's");
    }
}

#[tokio::test]
async fn the_page_lets_a_person_choose_or_type_an_address() {
    let provider = Provider::new();
    let path = good_request().path();
    let page = provider.get(&path).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    for shown in ["ama@example.com", "kofi@example.com", "namaskah-local", "name=\"email\" type=\"email\""] {
        assert!(page.body.contains(shown), "{shown}");
    }
    let typed = Fields::new(&[("email", " New@Example.com "), ("name", "N. & <b>E</b>")]);
    let answer = provider.form(&path, &[], &typed).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.sent_back().contains_key("code"));
    let page = provider.get(&path).await.body;
    assert!(page.contains("value=\"New@Example.com\"") && page.contains("N. &amp; &lt;b&gt;E&lt;/b&gt;"));

    let wrong = provider.form(&path, &[], &Fields::new(&[("email", "<i>nobody")])).await;
    assert_eq!(wrong.status, StatusCode::OK);
    assert!(wrong.body.contains("&lt;i&gt;nobody is not an e-mail address."));
    let unchecked = provider.form(&good_request().without("nonce").path(), &[], &typed).await;
    assert_eq!(unchecked.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_person_may_refuse() {
    let provider = Provider::new();
    let refused = provider.form(&good_request().path(), &[], &Fields::new(&[])).await.sent_back();
    assert_eq!((refused["error"].as_str(), refused["state"].as_str()), ("access_denied", "a state & more"));
    provider.control("approvals", json!({ "email": "kofi@example.com", "denied": true })).await;
    let refused = provider.get(&good_request().with("login_hint", "kofi@example.com").path()).await;
    assert_eq!(refused.sent_back()["error"], "access_denied");
}

#[tokio::test]
async fn only_an_approval_answers_without_a_page() {
    let provider = Provider::new();
    let hinted = good_request().with("login_hint", "ama@example.com");
    assert_eq!(provider.get(&hinted.path()).await.status, StatusCode::OK);
    let silent = provider.get(&hinted.clone().with("prompt", "none").path()).await;
    assert_eq!(silent.sent_back()["error"], "interaction_required");

    provider.control("approvals", json!({ "email": "AMA@example.com", "times": 1 })).await;
    let other = provider.get(&good_request().with("login_hint", "kofi@example.com").path()).await;
    assert_eq!((other.status, provider.get(&good_request().path()).await.status), (StatusCode::OK, StatusCode::OK));
    let silent = provider.get(&hinted.clone().with("prompt", "none").path()).await;
    assert!(silent.sent_back().contains_key("code"));
    assert_eq!(provider.get(&hinted.path()).await.status, StatusCode::OK, "the approval was for one time");
}
