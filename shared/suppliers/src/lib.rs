//! Suppliers of phone numbers: the [`Supplier`] trait and its implementations.
//!
//! Owns the supplier-neutral types (offers, orders, messages, money in the account's currency), the
//! error enum that says what a caller may do next, and a client for each supplier. A client has two
//! parts: wire types with pure functions that build requests and parse answers, and a thin
//! transport.
//!
//! The crate knows nothing of wallets, credits, our own orders, DynamoDB or Lambda. Exchange rates
//! and the choice of a supplier are decided elsewhere.

mod decimal;
pub mod error;
pub mod fivesim;
mod http;
pub mod offer;
pub mod order;
pub mod registry;
pub mod sandbox;
pub mod settle;
pub mod supplier;

pub use error::{Excerpt, Fault, RejectedReason, SupplierError};
pub use fivesim::FiveSim;
pub use https::http_client;
pub use offer::{SupplierCountry, SupplierOffer, SupplierProfile};
pub use order::{BuyRequest, OrderList, SupplierMessage, SupplierOrder, SupplierOrderStatus};
pub use registry::{SupplierAccessError, ids, ids_for, supplier, supplier_for, terms};
pub use sandbox::Sandbox;
pub use settle::{CancelOutcome, FinishOutcome};
pub use supplier::{Supplier, Terms};
