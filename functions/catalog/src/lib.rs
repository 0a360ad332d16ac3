//! The catalog: what can be bought, where, at what price, and how well it works.
//!
//! Endpoints are public: without a key they tell list prices and may be cached by anybody; with one, the caller's own prices, and
//! nobody may. `refresh` is the worker that reads suppliers.

mod cached;
mod changes;
pub mod countries;
mod lists;
pub mod offers;
pub mod policy;
pub mod quote;
mod ranking;
pub mod refresh;
pub mod services;
mod shelf;
mod writes;

use api::{Endpoint, endpoint};

/// Every endpoint of this domain, by the name in `_HANDLER`.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!("services", services::services),
        endpoint!("offers", offers::offers),
        endpoint!("countries", countries::countries),
        endpoint!("quote", quote::quote),
        endpoint!("policy", policy::policy),
    ]
}
