//! The one HTTP client that all suppliers of a process share.

use runtime::{Client, Context};
use std::{sync::Arc, time::Duration};
use thiserror::Error;

/// How long a connection (name, TCP and TLS together) may take.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// An idle connection is not used after this. It is well below the idle limits of the networks in front of suppliers, because a
/// buy that is written into a connection that was just closed is a buy whose outcome is unknown.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);
const IDLE_CONNECTIONS: usize = 8;

/// The client could not be made: the TLS library refused its own settings.
#[derive(Debug, Error)]
pub enum HttpClientError {
    /// TLS settings.
    #[error("TLS settings")]
    Tls(#[from] rustls::Error),
    /// The client itself.
    #[error("HTTP client")]
    Client(#[from] reqwest::Error),
}

/// Makes the client: HTTP/1.1, TLS with the bundled roots of Mozilla's list, no redirects, no proxies, no retries of its own.
///
/// Roots are bundled because reading those of the system took 6.1 ms of each start, against 0.06 ms this way (decision
/// 0011). Make it once in a process.
pub fn http_client() -> Result<reqwest::Client, HttpClientError> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .connect_timeout(CONNECT_TIMEOUT)
        .tcp_nodelay(true)
        .pool_idle_timeout(IDLE_TIMEOUT)
        .pool_max_idle_per_host(IDLE_CONNECTIONS)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
        .user_agent(concat!("namaskah/", env!("CARGO_PKG_VERSION")))
        .build()?)
}

/// The client of a function.
pub(crate) struct SharedHttpClient(pub(crate) reqwest::Client);

impl Client for SharedHttpClient {
    type Error = HttpClientError;

    async fn connect(_context: &Context) -> Result<Self, HttpClientError> {
        http_client().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_takes_our_tls_settings() {
        // A second version of the TLS library in the tree would make the settings of an unknown type, which is an error.
        assert!(http_client().is_ok());
    }
}
