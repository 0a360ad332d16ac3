//! Verifications: a number is bought, its code arrives, and the price is captured or goes back, once.
//!
//! Endpoints are one file each, and so are the workers (`outbox`, `poll`, `check`, `sweep`). What they share: `purchase` (from
//! the hold to the number), `settle` (what a supplier's answer means for an order), `asking` (what suppliers say of many orders),
//! `supplier_facts` (a supplier's words in ours) and `view` (what customers see).

mod access;
mod asking;
pub mod cancel;
pub mod check;
pub mod create;
pub mod finish;
pub mod get;
pub mod list;
pub mod messages;
pub mod outbox;
pub mod poll;
mod purchase;
pub mod queues;
pub mod report;
mod settle;
mod supplier_facts;
pub mod sweep;
mod view;

pub use view::{MessageView, VerificationView};

use api::{Endpoint, endpoint};

/// Every endpoint of this domain, by the name in `_HANDLER`.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!("create", create::create),
        endpoint!("list", list::list),
        endpoint!("get", get::get),
        endpoint!("messages", messages::messages),
        endpoint!("cancel", cancel::cancel),
        endpoint!("report", report::report),
        endpoint!("finish", finish::finish),
    ]
}
