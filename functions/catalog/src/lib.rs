//! The catalog: services, countries, offers, prices and success rates.
//!
//! The endpoints are public. An answer without a key shows list prices and may be cached by anyone.
//! An answer to a key shows the caller's own prices and is never cached. `refresh` is the worker
//! that reads the suppliers.

mod cache;
mod cacheable;
mod changes;
mod codes;
pub mod countries;
mod lists;
mod merge;
pub mod offers;
pub mod plans;
pub mod policy;
mod price_list;
pub mod quote;
mod ranking;
pub mod refresh;
mod review;
pub mod services;
mod terms;
mod writes;

use api::{Domain, endpoint};
use runtime::worker;

/// The endpoints and workers of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "catalog",
    about: "What can be bought, where, at what price. Public at list price; with a key you see your plan's prices.",
    codes: &[],
    endpoints: &[
        endpoint!("services", services::services).role("CatalogRole"),
        endpoint!("offers", offers::offers).role("CatalogRole"),
        endpoint!("countries", countries::countries).role("CatalogRole"),
        endpoint!("quote", quote::quote).role("CatalogRole"),
        endpoint!("plans", plans::plans).role("CatalogRole"),
        endpoint!("policy", policy::policy).role("CatalogRole"),
    ],
    workers: &[worker!("refresh", schedule, refresh::refresh)],
};
