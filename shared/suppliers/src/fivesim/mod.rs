//! 5SIM (5sim.net), API v1.
//!
//! [`wire`] builds its requests and reads its answers, purely; [`FiveSim`] sends and receives; [`names`] translates countries
//! and lists services. Everything at 5SIM is a GET, also what changes something, and it has no idempotency key: a buy whose
//! answer is lost is looked up in the list of orders.

use domain::SupplierId;

mod client;
mod connect;
pub mod names;
mod transport;
pub mod wire;

pub use client::{DEFAULT_BASE_URL, FiveSim};
pub use connect::{FivesimSettings, connect};
pub use transport::{BuildError, Deadlines};

/// 5SIM's name in our JSON, keys and events.
pub const ID: &str = "5sim";

/// 5SIM's name as an id.
pub fn id() -> SupplierId {
    SupplierId::new(ID)
}
