//! Tests of the simulator: it refuses what Google refuses, and each planned fault happens.

mod authorize;
mod control;
mod id_token;
mod session;
mod token;

use super::{Client, router, secret::challenge_of};
use axum::{Router, body::Body};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, errors::Error, jwk::JwkSet};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tower::ServiceExt;

pub const ISSUER: &str = "http://127.0.0.1:5006";
pub const CALLBACK: &str = "http://127.0.0.1:8788/sign-in/google";
pub const OTHER_CALLBACK: &str = "http://127.0.0.1:8787/sign-in/google";
pub const VERIFIER: &str = "a-verifier-of-more-than-forty-three-signs-01";

/// An answer, with its body as text.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The parameters with which a person was sent back to the client.
    pub fn sent_back(&self) -> BTreeMap<String, String> {
        let query = self.header("location").split_once('?').unwrap_or_else(|| panic!("{}", self.body)).1;
        let decoded = |text| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
        query.split('&').map(|pair| pair.split_once('=').unwrap()).map(|(k, v)| (decoded(k), decoded(v))).collect()
    }
}

/// A simulator, and a client of it.
pub struct Provider(Router);

impl Provider {
    /// A simulator in which the person who is named by `login_hint` signs in without a page.
    pub async fn approving() -> Self {
        let provider = Self::new();
        provider.control("approvals", json!({})).await;
        provider
    }

    pub fn new() -> Self {
        let redirects = [CALLBACK, OTHER_CALLBACK].map(str::to_owned).to_vec();
        Self(router(ISSUER, Client { id: "namaskah-local".into(), secret: "local-secret".into(), redirects }))
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.0.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.into_body().collect().await.unwrap().to_bytes();
        Answer { status, headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn control(&self, path: &str, body: Value) {
        let request = Request::post(format!("/_sim/{path}")).header("content-type", "application/json");
        let answer = self.send(request.body(Body::from(body.to_string())).unwrap()).await;
        assert!(answer.status.is_success(), "{path}: {} {}", answer.status, answer.body);
    }

    pub async fn plan(&self, fault: &str) {
        self.control("plan", json!({ "fault": fault })).await;
    }

    pub async fn form(&self, path: &str, headers: &[(&str, &str)], fields: &Fields) -> Answer {
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request.body(Body::from(fields.encoded())).unwrap()).await
    }

    /// Signs a person in; returns the code.
    pub async fn code_for(&self, email: &str) -> String {
        let answer = self.get(&good_request().with("login_hint", email).path()).await;
        answer.sent_back()["code"].clone()
    }

    pub async fn exchange(&self, fields: &Fields) -> Answer {
        self.form("/token", &[], fields).await
    }

    /// Signs Ama in and exchanges the code.
    pub async fn tokens(&self) -> Value {
        let code = self.code_for("ama@example.com").await;
        let answer = self.exchange(&good_exchange(&code)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.json()
    }

    /// Verifies an ID token as a careful client does, by another library.
    pub async fn verified(&self, id_token: &str) -> Result<Value, Error> {
        let keys: JwkSet = serde_json::from_str(&self.get("/jwks").await.body).unwrap();
        let kid = decode_header(id_token)?.kid.unwrap();
        let key = keys.find(&kid).ok_or(jsonwebtoken::errors::ErrorKind::InvalidKeyFormat)?;
        let mut checks = Validation::new(Algorithm::RS256);
        checks.set_issuer(&[ISSUER]);
        checks.set_audience(&["namaskah-local"]);
        checks.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        checks.validate_nbf = true;
        decode::<Value>(id_token, &DecodingKey::from_jwk(key)?, &checks).map(|token| token.claims)
    }
}

/// Fields of a query or a form, in order.
#[derive(Clone)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    pub fn new(fields: &[(&str, &str)]) -> Self {
        Self(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(other, _)| other != name);
        self.and(name, value)
    }

    pub fn and(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(other, _)| other != name);
        self
    }

    pub fn path(&self) -> String {
        format!("/authorize?{}", self.encoded())
    }

    fn encoded(&self) -> String {
        let encoded =
            |text| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let pairs = self.0.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// A request to sign in that has everything.
pub fn good_request() -> Fields {
    Fields::new(&[
        ("response_type", "code"),
        ("client_id", "namaskah-local"),
        ("redirect_uri", CALLBACK),
        ("scope", "openid email profile"),
        ("state", "a state & more"),
        ("nonce", "a-nonce"),
        ("code_challenge", &challenge_of(VERIFIER)),
        ("code_challenge_method", "S256"),
    ])
}

/// An exchange that has everything.
pub fn good_exchange(code: &str) -> Fields {
    Fields::new(&[
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("client_id", "namaskah-local"),
        ("client_secret", "local-secret"),
        ("code_verifier", VERIFIER),
    ])
}
