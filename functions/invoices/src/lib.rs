//! Invoices and credit notes: `outbox` queues the payments that changed, `issue` makes their documents and files, and the
//! endpoints show them. They have a binary of their own, because no other one needs fonts.

mod access;
pub mod billing_details;
mod bucket;
mod codes;
pub mod get;
pub mod issue;
pub mod list;
pub mod outbox;
pub mod pdf;
mod view;

use api::{Domain, endpoint};
use billing::queues::INVOICES;
use runtime::worker;
use store::LedgerChange;

/// The endpoints and the workers of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "invoices",
    about: "Invoices and credit notes of your payments.",
    codes: codes::CODES,
    endpoints: &[
        endpoint!("list", list::list).role("PaymentsReadRole"),
        endpoint!("get", get::get).role("InvoicesReadRole"),
        endpoint!("pdf", pdf::pdf).role("InvoicesReadRole"),
        endpoint!("billing_details", billing_details::get, billing_details::put).role("AccountNotificationsRole"),
    ],
    workers: &[
        worker!("outbox", changes: LedgerChange, outbox::outbox),
        worker!("issue", each: INVOICES, issue::issue),
    ],
};
