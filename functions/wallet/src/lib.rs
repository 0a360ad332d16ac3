//! The wallet: a customer's balances and movements.

mod access;
pub mod entries;
pub mod get;
pub mod tally;

use api::{Domain, endpoint};
use runtime::worker;
use store::LedgerChange;

/// The endpoints and workers of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "wallet",
    about: "Your balances, and every movement of your money.",
    codes: &[],
    endpoints: &[
        endpoint!("get", get::get).role("WalletRole"),
        endpoint!("entries", entries::entries).role("WalletEntriesRole"),
    ],
    workers: &[worker!("tally", changes: LedgerChange, tally::tally)],
};
