//! The sandbox: the supplier of test orders (decision 0042).
//!
//! It runs in the process of the function and calls nobody. It stores nothing either: all its answers follow from our
//! order's identifier, the service, the country and the time ([`sale`]). Which service does what is
//! [`domain::sandbox::Outcome`].

use crate::{
    Terms,
    registry::{Connection, Registered},
};
use runtime::StaleFlag;
use std::{sync::Arc, time::Duration};

mod client;
mod numbers;
mod sale;

pub use client::Sandbox;

/// The sandbox's terms.
pub const TERMS: Terms = Terms { polls_per_second: None, buys_within: Duration::ZERO, cancels_from: Duration::ZERO };

/// The sandbox, for the registry.
pub const SUPPLIER: Registered = Registered {
    id: domain::sandbox::SUPPLIER,
    terms: TERMS,
    connect: |_| Box::pin(async { Ok(Connection { client: Arc::new(Sandbox::default()), key: StaleFlag::default() }) }),
};
