//! The use cases of orders: what customers, workers and the operator do with them.
//!
//! A use case takes plain values of the domain (a buyer, an order, a key) and answers an order or an error of the domain.
//! It calls suppliers and writes to the store, and the rules of `domain` decide. Nothing here knows who asks: HTTP, problems,
//! queues and schedules belong to the callers.
//!
//! | use case | function |
//! |---|---|
//! | hold a price and buy a number | [`buy()`] |
//! | give a number back at its customer's wish | [`cancel()`], [`report()`] |
//! | stop listening | [`finish()`] |
//! | ask suppliers about numbers | [`ask::about`] |
//! | write down what a supplier says of an order | [`settle()`] |
//! | ask and settle in one, for a poll that was lost | [`watch()`] |
//! | find out what became of a purchase without an answer | [`resolve()`] |
//! | delete texts whose time is over | [`purge()`] |
//!
//! Every write is conditional on the order as it was read, so two callers may do any of these at once.

pub mod ask;
pub mod findings;

mod adopt;
mod buy;
mod cancel;
mod close;
mod finish;
mod give_back;
mod give_up;
mod not_done;
mod observe;
mod postpone;
mod purge;
mod report;
mod resolve;
mod settle;
mod supplier_facts;
mod unsettled;
mod watch;
mod write;

pub use buy::{Buyer, NotBought, Outcome, Purchase, PurchaseRequest, buy};
pub use cancel::cancel;
pub use finish::finish;
pub use not_done::NotDone;
pub use purge::purge;
pub use report::report;
pub use resolve::resolve;
pub use settle::settle;
pub use unsettled::Unsettled;
pub use watch::watch;
