//! What every function starts with: settings, clients, clock, telemetry, and the adapters for queues, streams and schedules.
//!
//! A binary holds all endpoints and workers of its domain; `_HANDLER` (`verifications.create`) names the one that this
//! process is. Nothing here knows what the endpoints do.

mod clock;
pub mod config;
mod context;
pub mod deliveries;
pub mod fail_point;
mod parked;
mod queues;
mod schedule;
pub mod stream;
pub mod telemetry;

pub use clock::Clock;
pub use config::{Config, ConfigError};
pub use context::{Context, SupplierAccessError};
pub use deliveries::{Delivery, Source, Verdict};
pub use lambda_runtime::Error;
pub use queues::{Backlog, OrderRef, QueueError, Queues};
pub use schedule::run_schedule;

/// The endpoint or worker that this process is: the part of `_HANDLER` after the binary's name.
pub fn handler_name() -> String {
    let handler = std::env::var("_HANDLER").unwrap_or_default();
    handler.rsplit('.').next().unwrap_or_default().to_owned()
}

/// The binary that this process runs: the part of `_HANDLER` before the endpoint's name. Empty outside of Lambda.
pub(crate) fn binary_name() -> String {
    let handler = std::env::var("_HANDLER").unwrap_or_default();
    handler.split('.').next().unwrap_or_default().to_owned()
}

/// A bounded pause inside a request, for long-polls. (Retries of the store and of suppliers have short pauses of their own.)
#[expect(clippy::disallowed_methods, reason = "long-polls wait")]
pub async fn pause(span: std::time::Duration) {
    tokio::time::sleep(span).await;
}
