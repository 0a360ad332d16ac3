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
    Terms { polls_per_second: Some(80), buys_within: Deadlines::USUAL.buy, cancels_from: Duration::from_mins(2) };

/// An account at 5SIM. Each is a supplier of its own, with its own rating, balance, budget of calls and currency.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    /// The supplier's identifier.
    pub id: &'static str,
    /// The field of the suppliers' secret that has the account's key.
    pub key: &'static str,
}

/// The first account.
const FIRST: Account = Account { id: ID, key: "fivesim_api_key" };

/// 5SIM, for the registry. A second account is another constant like this one, with its own [`Account`].
pub const SUPPLIER: Registered =
    Registered { id: FIRST.id, terms: TERMS, connect: |context| Box::pin(connect(context, FIRST)) };

/// The supplier name of 5SIM as an id.
pub fn id() -> SupplierId {
    SupplierId::new(ID)
}
