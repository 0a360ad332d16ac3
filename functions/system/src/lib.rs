//! Operations about the service itself: health, metrics, the API reference, and the fallback route.

pub mod docs;
mod exposition;
pub mod health;
mod health_check;
pub mod metrics;
pub mod not_found;
pub mod openapi;
mod static_file;

// The build script's own module, so that its test runs.
#[cfg(test)]
#[path = "../build/problems.rs"]
mod problems;

use api::{Domain, catch_all, endpoint};

/// The endpoints and workers of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "system",
    about: "Health and metrics of the service, and this description.",
    codes: &[],
    endpoints: &[
        endpoint!("health", health::health).role("SystemHealthRole"),
        endpoint!("metrics", metrics::metrics).role("SystemMetricsRole"),
        endpoint!("openapi", openapi::openapi).role("SystemStaticRole"),
        endpoint!("docs", docs::page, docs::asset).role("SystemStaticRole"),
        catch_all!("not_found", not_found::not_found).role("SystemStaticRole"),
    ],
    workers: &[],
};
