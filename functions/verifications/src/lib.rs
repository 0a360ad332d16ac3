//! Verifications: a number is bought, its code arrives, and the price is captured or goes back, once.
//!
//! Endpoints are one file each, and so are the workers (`outbox`, `poll`, `check`, `sweep`). They call the use cases of the
//! crate `orders`. What the endpoints share: `view` (what customers see) and `problems` (how they see errors).

mod access;
pub mod cancel;
pub mod check;
pub mod create;
pub mod finish;
pub mod get;
pub mod list;
pub mod messages;
pub mod outbox;
pub mod poll;
mod problems;
pub mod queues;
pub mod report;
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
