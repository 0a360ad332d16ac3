//! The calls of Google: the exchange of a code, and the public keys.

use super::{keys::KeySet, settings::Settings};
use domain::{Timestamp, account::AuthorizationCode};
use https::{Answer, Fault, HttpClientError, Lost, exchange, http_client};
use reqwest::{
    RequestBuilder, StatusCode,
    header::{AGE, CACHE_CONTROL},
};
use runtime::{Client, Context, SecretError, StaleFlag};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::time::Duration;
use thiserror::Error;

/// Timeout of the exchange, with the connection. Both calls together end before the function does.
const EXCHANGE: Duration = Duration::from_secs(4);
/// Timeout of a read of the keys.
const KEYS: Duration = Duration::from_secs(2);
/// The largest answer that is read, in bytes. Google's have a few thousand.
const LARGEST: usize = 64 * 1024;

/// Why Google gave no answer that says anything about the person. The same request may succeed later.
#[derive(Debug, Error)]
pub enum ProviderError {
    /// No answer, or a server's error.
    #[error("Google does not answer: {0}")]
    Unreachable(String),
    /// The answer can't be read.
    #[error("Google's answer can't be read")]
    Unreadable,
    /// Google does not accept our client, its secret, or how it asks. The person has done nothing wrong.
    #[error("Google refuses our client: {0}")]
    ClientRefused(String),
    /// The client secret can't be read.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// No client can be made.
    #[error(transparent)]
    Http(#[from] HttpClientError),
}

/// The client of a process.
pub(super) struct Provider(reqwest::Client);

/// Our secret at Google.
pub(super) struct ClientSecret {
    pub(super) text: SecretString,
    pub(super) stale: StaleFlag,
}

/// The answer to an exchange. The access token in it is not used.
#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

/// An error of the protocol (RFC 6749, section 5.2).
#[derive(Deserialize)]
struct Refusal {
    error: String,
}

impl ProviderError {
    /// The class of the metric.
    pub(super) const fn class(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::Unreadable => "unreadable",
            Self::ClientRefused(_) => "client_refused",
            Self::Secret(_) => "no_secret",
            Self::Http(_) => "no_client",
        }
    }
}

impl Client for Provider {
    type Error = HttpClientError;

    async fn connect(_context: &Context) -> Result<Self, HttpClientError> {
        http_client().map(Self)
    }
}

impl Provider {
    /// Exchanges a code for an ID token; `None` if Google does not accept the code.
    pub(super) async fn exchange(
        &self,
        settings: &Settings,
        secret: &ClientSecret,
        code: &AuthorizationCode,
        verifier: &str,
    ) -> Result<Option<String>, ProviderError> {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.expose()),
            ("redirect_uri", &settings.redirect_uri),
            ("client_id", &settings.client_id),
            ("client_secret", secret.text.expose_secret()),
            ("code_verifier", verifier),
        ];
        let answer = answer(self.0.post(&settings.token_url).form(&form).timeout(EXCHANGE)).await?;
        let token = id_token(answer.status, &answer.body);
        if let Err(ProviderError::ClientRefused(_)) = &token {
            // The secret may have been replaced.
            secret.stale.raise();
        }
        token
    }

    /// Reads the public keys.
    pub(super) async fn keys(&self, settings: &Settings, now: Timestamp) -> Result<KeySet, ProviderError> {
        let answer = answer(self.0.get(&settings.keys_url).timeout(KEYS)).await?;
        if !answer.status.is_success() {
            return Err(ProviderError::Unreachable(answer.status.to_string()));
        }
        let age = answer.header(AGE).parse().unwrap_or(0);
        KeySet::parse(&answer.body, answer.header(CACHE_CONTROL), age, now).ok_or(ProviderError::Unreadable)
    }
}

/// The ID token of an answer; `None` if Google does not accept the code. Each other error of the protocol is about our
/// client and its request (RFC 6749, section 5.2), such as `redirect_uri_mismatch`.
fn id_token(status: StatusCode, body: &[u8]) -> Result<Option<String>, ProviderError> {
    if status.is_success() {
        let tokens: Tokens = serde_json::from_slice(body).map_err(|_| ProviderError::Unreadable)?;
        return Ok(Some(tokens.id_token));
    }
    if !status.is_client_error() || status == StatusCode::TOO_MANY_REQUESTS {
        return Err(ProviderError::Unreachable(status.to_string()));
    }
    let error = serde_json::from_slice::<Refusal>(body).map(|refusal| refusal.error);
    match error.as_deref() {
        Ok("invalid_grant") => Ok(None),
        Ok(name) => Err(ProviderError::ClientRefused(named(name))),
        Err(_) => Err(ProviderError::ClientRefused(status.to_string())),
    }
}

/// The name of an error, for the log: only what a name can consist of, and not more of it than names have.
fn named(error: &str) -> String {
    error.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '_').take(40).collect()
}

async fn answer(request: RequestBuilder) -> Result<Answer, ProviderError> {
    exchange(request, LARGEST).await.map_err(|lost| match lost {
        Lost::Unanswered(Fault::TooLarge) => ProviderError::Unreadable,
        // Without the request: its text may contain the code.
        lost => ProviderError::Unreachable(lost.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refused_code_is_the_persons() {
        let answer = |status: u16, body: &str| id_token(StatusCode::from_u16(status).unwrap(), body.as_bytes());
        assert_eq!(answer(200, r#"{"id_token": "x.y.z"}"#).unwrap().as_deref(), Some("x.y.z"));
        assert_eq!(answer(400, r#"{"error": "invalid_grant", "error_description": "Bad Request"}"#).unwrap(), None);
        for (status, body, class, shown) in [
            (401, r#"{"error": "invalid_client"}"#, "client_refused", "invalid_client"),
            (400, r#"{"error": "redirect_uri_mismatch"}"#, "client_refused", "redirect_uri_mismatch"),
            (400, r#"{"error": "unauthorized_client"}"#, "client_refused", "unauthorized_client"),
            (400, r#"{"error": "a b\nc"}"#, "client_refused", "abc"),
            (403, "<html>", "client_refused", "403 Forbidden"),
            (429, "{}", "unreachable", "429 Too Many Requests"),
            (500, r#"{"error": "invalid_grant"}"#, "unreachable", "500 Internal Server Error"),
            (200, "{}", "unreadable", "can't be read"),
        ] {
            let error = answer(status, body).unwrap_err();
            assert_eq!(error.class(), class, "{status} {body}");
            assert!(error.to_string().ends_with(shown), "{error}");
        }
    }
}
