//! The service about itself: how it is, its figures, its description, and the answer where there is nothing.

pub mod docs;
mod exposition;
pub mod health;
mod look;
pub mod metrics;
pub mod not_found;
pub mod openapi;
mod static_file;

use api::{Endpoint, endpoint};

/// Every endpoint of this domain, by the name in `_HANDLER`.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!("health", health::health),
        endpoint!("metrics", metrics::metrics),
        endpoint!("openapi", openapi::openapi),
        endpoint!("docs", docs::page, docs::asset),
        Endpoint::catch_all("not_found", not_found::not_found),
    ]
}
