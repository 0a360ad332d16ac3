//! The wallet: what a customer has, and every movement that made it so.

mod access;
pub mod entries;
pub mod get;
pub mod tally;

use api::{Api, Domain, endpoint};
use runtime::worker;
use store::LedgerChange;

/// Everything of this domain, by the names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "wallet",
    about: "What you have, what is held, and every movement that made it so.",
    api: Api::Public,
    codes: &[],
    endpoints: &[
        endpoint!("get", get::get).role("WalletRole"),
        endpoint!("entries", entries::entries).role("WalletRole"),
    ],
    workers: &[worker!("tally", changes: LedgerChange, tally::tally)],
};
