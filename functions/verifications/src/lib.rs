//! Verifications: a number is bought, its code arrives, and the price is captured or refunded, once.
//!
//! Each endpoint and each worker (`outbox`, `poll`, `check`, `sweep`) has its own file. They call the use
//! cases of the crate `orders`. The endpoints share `view` (the public form of an order) and `problems` (the
//! public form of errors).

mod access;
pub mod cancel;
pub mod check;
mod codes;
pub mod create;
pub mod finish;
pub mod get;
pub mod list;
pub mod messages;
pub mod outbox;
pub mod poll;
mod problems;
pub mod report;
pub mod sweep;
mod view;

pub use view::{MessageView, VerificationView};

use api::{Domain, endpoint};
use orders::queues::{CHECKS, POLLS};
use runtime::worker;
use store::OrdersChange;

/// The endpoints and workers of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "verifications",
    about: "One number, one code: buy, read, cancel, report, finish.",
    codes: codes::CODES,
    endpoints: &[
        // Five seconds for a contended wallet, ten for the supplier, and a margin. It is shorter than the 30 s
        // after which an order with an unknown outcome is checked.
        endpoint!("create", create::create)
            .role("VerificationsCreateRole")
            .timeout(20)
            .reserved("ReservedConcurrency")
            .gradual(),
        endpoint!("list", list::list).other_methods(&["POST"]).role("VerificationsReadRole"),
        // `?wait=25` waits in this function, and waiting costs memory and executions.
        endpoint!("get", get::get).role("VerificationsGetRole").memory(128).timeout(29).reserved("WaitingConcurrency"),
        endpoint!("messages", messages::messages).role("VerificationsReadRole"),
        endpoint!("cancel", cancel::cancel).role("VerificationsSettleRole").timeout(15).gradual(),
        endpoint!("report", report::report).role("VerificationsSettleRole").timeout(15),
        endpoint!("finish", finish::finish).role("VerificationsSettleRole").timeout(15),
    ],
    workers: &[
        worker!("outbox", changes: OrdersChange, outbox::outbox),
        worker!("poll", batch: POLLS, poll::poll),
        worker!("check", each: CHECKS, check::check),
        worker!("sweep", schedule, sweep::sweep),
    ],
};
