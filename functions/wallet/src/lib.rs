//! The wallet: what a customer has, and every movement that made it so.

mod access;
pub mod entries;
pub mod get;
pub mod tally;

use api::{Endpoint, endpoint};

/// Every endpoint of this domain, by the name in `_HANDLER`.
pub fn endpoints() -> Vec<Endpoint> {
    vec![endpoint!("get", get::get), endpoint!("entries", entries::entries)]
}
