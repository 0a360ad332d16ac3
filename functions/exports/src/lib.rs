//! Exports: copies of everything that we hold about a person, and of the wallet's entries. They have a binary of their own, because no other
//! function that customers wait for needs the client of S3.

mod access;
mod archive;
pub mod ask;
pub mod ask_entries;
mod bucket;
mod codes;
pub mod collect;
pub mod download;
mod invoices;
mod payments;
mod readme;
mod records;
mod scratch;
mod subscription;

use accounts::EXPORTS;
use api::{Domain, endpoint};
use runtime::worker;

/// The endpoints and the worker of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "exports",
    about: "A copy of your data, or of your wallet's entries.",
    codes: codes::CODES,
    endpoints: &[
        endpoint!("ask", ask::ask).role("ExportsAskRole"),
        endpoint!("ask_entries", ask_entries::ask_entries).role("ExportsAskRole"),
        endpoint!("download", download::download).role("ExportsDownloadRole"),
    ],
    workers: &[worker!("collect", each: EXPORTS, collect::collect)],
};
