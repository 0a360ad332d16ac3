//! The account of the caller: what happened to it.

mod access;
pub mod activity;

use api::{Api, Domain, endpoint};

/// The endpoints of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "account",
    about: "Your profile, sessions and activity.",
    api: Api::Public,
    codes: &[],
    endpoints: &[endpoint!("activity", activity::activity).role("AccountActivityRole")],
    workers: &[],
};
