//! 5SIM (5sim.net), API v1.
//!
//! [`wire`] builds requests and parses answers, purely. [`FiveSim`] sends and receives. [`names`]
//! translates countries and lists services. Every 5SIM request is a GET, including those that
//! change something, and there is no idempotency key. A purchase whose answer is lost is found in
//! the list of orders.

use crate::{Terms, registry::Registered};
use domain::SupplierId;
use std::time::Duration;

mod client;
mod connect;
pub mod names;
mod transport;
pub mod wire;

pub use client::{DEFAULT_BASE_URL, FiveSim};
pub use connect::{FivesimSettings, connect};
pub use transport::{BuildError, Deadlines};

/// The supplier name of 5SIM in JSON, keys and events.
pub const ID: &str = "5sim";

/// 5SIM's terms. It allows 100 calls per second. It rejects a cancel of a younger order ("you need to wait
/// time").
pub const TERMS: Terms =
    Terms { polls_per_second: 80, buys_within: Deadlines::USUAL.buy, cancels_from: Duration::from_mins(2) };

/// 5SIM, for the registry.
pub const SUPPLIER: Registered = Registered { id: ID, terms: TERMS, connect: |context| Box::pin(connect(context)) };

/// The supplier name of 5SIM as an id.
pub fn id() -> SupplierId {
    SupplierId::new(ID)
}
