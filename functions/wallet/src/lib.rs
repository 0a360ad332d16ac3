//! The wallet: a customer's balances and movements.

mod access;
mod codes;
pub mod costs;
pub mod entries;
pub mod get;
pub mod redeem;
pub mod tally;
pub mod usage;

use api::{Domain, endpoint};
use runtime::worker;
use store::LedgerChange;

/// The endpoints and workers of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "wallet",
    about: "Your balances, and every movement of your money.",
    codes: codes::CODES,
    endpoints: &[
        endpoint!("get", get::get).role("WalletRole"),
        endpoint!("entries", entries::entries).role("WalletEntriesRole"),
        endpoint!("costs", costs::costs).role("VerificationsReadRole"),
        endpoint!("usage", usage::usage).role("WalletEntriesRole"),
        endpoint!("redeem", redeem::redeem).role("WalletRedeemRole"),
    ],
    workers: &[worker!("tally", changes: LedgerChange, tally::tally)],
};
