//! The HTTP client that all suppliers of a process share.

use https::{HttpClientError, http_client};
use runtime::{Client, Context};

/// The client of a process.
pub(crate) struct SharedHttpClient(pub(crate) reqwest::Client);

impl Client for SharedHttpClient {
    type Error = HttpClientError;

    async fn connect(_context: &Context) -> Result<Self, HttpClientError> {
        http_client().map(Self)
    }
}
