//! The transport of all gateways: sends a request, and records the call.
//!
//! Every call ends with one `tracing` event (target `gateway_call`), and a failed call with a metric of its kind. No
//! event contains an address, a card or the key.

use crate::{GatewayError, error::Call};
use https::{Answer, BaseUrl, exchange};
use reqwest::{
    Method, RequestBuilder,
    header::{ACCEPT, AUTHORIZATION, HeaderValue},
};
use runtime::StaleFlag;
use secrecy::{ExposeSecret, SecretString};
use std::time::{Duration, Instant};
use thiserror::Error;

/// Deadline of a request, with the connection. A use case makes at most four, within the timeout of its function.
const DEADLINE: Duration = Duration::from_secs(5);
/// The largest answer that is read, in bytes. Usual ones have a few thousand.
const LARGEST: usize = 1 << 20;

/// Why a client can't be built: a setting is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BuildError {
    /// The base URL is invalid.
    #[error(transparent)]
    BaseUrl(#[from] https::NotABaseUrl),
    /// The key is empty or not a valid header value.
    #[error("the key is empty or holds characters that no key has")]
    Key,
    /// The account's identifier is empty or not one of the gateway.
    #[error("the account's identifier is empty or holds characters that no identifier has")]
    Account,
}

/// The transport to a gateway.
#[derive(Clone, Debug)]
pub(crate) struct Transport {
    gateway: &'static str,
    base: BaseUrl,
    authorization: HeaderValue,
    http: reqwest::Client,
    stale_key: StaleFlag,
}

impl Transport {
    /// A transport that authorizes each request by `scheme` and `key`.
    pub(crate) fn new(
        (gateway, scheme): (&'static str, &str),
        base_url: &str,
        key: &SecretString,
        http: reqwest::Client,
        stale_key: StaleFlag,
    ) -> Result<Self, BuildError> {
        let key = key.expose_secret().trim();
        let mut authorization = HeaderValue::from_str(&format!("{scheme} {key}")).map_err(|_| BuildError::Key)?;
        authorization.set_sensitive(true);
        if key.is_empty() {
            return Err(BuildError::Key);
        }
        Ok(Self { gateway, base: BaseUrl::parse(base_url)?, authorization, http, stale_key })
    }

    /// A request of a path.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, self.base.of(path)).timeout(DEADLINE);
        request.header(ACCEPT, "application/json").header(AUTHORIZATION, self.authorization.clone())
    }

    /// Sends a request once, and parses its answer.
    pub(crate) async fn send<T>(
        &self,
        operation: &'static str,
        call: Call,
        request: RequestBuilder,
        parse: impl FnOnce(&Answer) -> Result<T, GatewayError>,
    ) -> Result<T, GatewayError> {
        let started = Instant::now();
        let answer = exchange(request, LARGEST).await.map_err(|lost| call.lost(lost));
        let result = answer.and_then(|answer| parse(&answer));
        if matches!(result, Err(GatewayError::Unauthorized)) {
            self.stale_key.raise();
        }
        self.record(operation, started, result.as_ref().err());
        result
    }

    fn record(&self, operation: &'static str, started: Instant, error: Option<&GatewayError>) {
        if let Some(error) = error {
            tracing::info!(target: "metric", name = "GatewayErrors", value = 1_u64, unit = "Count", class = error.kind());
        }
        tracing::info!(
            target: "gateway_call",
            gateway = self.gateway,
            operation,
            outcome = error.map_or("ok", GatewayError::kind),
            elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            error = error.map(tracing::field::display),
            "gateway call"
        );
    }
}
