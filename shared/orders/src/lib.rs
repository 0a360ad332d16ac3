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
//! | make a sold number an order's own | [`adopt()`] |
//! | end an order without its supplier | [`give_up()`] |
//!
//! Every write is conditional on the order as it was read, so two callers may do any of these at once.

pub mod ask;
pub mod findings;
pub mod supplier_facts;

mod adopt;
mod buy;
mod cancel;
mod close;
mod finish;
mod give_back;
mod give_up;
mod not_done;
mod observe;
mod report;
mod settle;
mod unsettled;
mod write;

pub use adopt::adopt;
pub use buy::{Buyer, NotBought, Outcome, Purchase, PurchaseRequest, buy};
pub use cancel::cancel;
pub use finish::finish;
pub use give_up::give_up;
pub use not_done::NotDone;
pub use report::report;
pub use settle::settle;
pub use unsettled::Unsettled;
pub use write::write;
