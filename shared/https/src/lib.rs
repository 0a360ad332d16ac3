//! HTTP with outside systems: suppliers of numbers, payment gateways, Google's sign-in.

mod base_url;
mod client;
mod excerpt;
mod exchange;

pub use base_url::{BaseUrl, NotABaseUrl, is_page};
pub use client::{CONNECT_TIMEOUT, HttpClientError, http_client};
pub use excerpt::Excerpt;
pub use exchange::{Answer, Fault, Lost, exchange};
