//! The use cases of orders, for customers, workers and the operator.
//!
//! A use case takes plain domain values (a buyer, an order, a key) and returns an order or a domain
//! error. It calls suppliers, applies the rules of `domain`, and writes to the store. Nothing here
//! knows its caller: HTTP, problems and schedules belong to the functions. Functions of several domains may
//! send to the queues of [`queues`].
//!
//! | use case | function |
//! |---|---|
//! | hold a price and buy a number | [`buy()`] |
//! | return a number at its customer's request | [`cancel()`], [`report()`] |
//! | stop fetching messages | [`finish()`] |
//! | ask suppliers about numbers | [`ask::about`] |
//! | apply a supplier's answer to an order | [`settle()`] |
//! | ask and settle in one call, after a lost poll | [`watch()`] |
//! | determine the outcome of a purchase without an answer | [`resolve()`] |
//! | delete message texts after their retention | [`purge()`] |
//! | delete what orders say about the owner of a deleted account | [`forget()`] |
//! | record the suppliers' health, cancel orphaned numbers | [`check_suppliers()`] |
//!
//! Every write is conditional on the version that was read, so callers may run concurrently.

pub mod ask;
pub mod queues;

mod adopt;
mod buy;
mod cancel;
mod close;
mod finish;
mod forget;
mod give_back;
mod give_up;
mod missing;
mod newest;
mod not_done;
mod observe;
mod orphans;
mod postpone;
mod purge;
mod report;
mod resolve;
mod settle;
mod supplier_facts;
mod supplier_health;
mod unsettled;
mod watch;
mod write;

pub use buy::{Buyer, NotBought, Purchase, PurchaseOutcome, PurchaseRequest, buy};
pub use cancel::cancel;
pub use finish::finish;
pub use forget::forget;
pub use not_done::NotDone;
pub use purge::purge;
pub use report::report;
pub use resolve::resolve;
pub use settle::settle;
pub use supplier_health::check_suppliers;
pub use unsettled::Unsettled;
pub use watch::watch;
