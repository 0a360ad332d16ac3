//! Where numbers come from: the [`Supplier`] interface and the suppliers behind it.
//!
//! Owns the neutral words for what every supplier does (offers, orders, messages, money in the account's currency), the one
//! error enum that says what a caller may do next, and a client for each supplier. A client is two parts: wire types with pure
//! functions that build requests and read answers, and a thin transport. Nothing here may know of wallets, credits, our own
//! orders, DynamoDB or Lambda: what a supplier's money is worth in credits, and which supplier is asked, others decide.

mod decimal;
pub mod error;
pub mod fivesim;
pub mod http;
pub mod offer;
pub mod order;
pub mod registry;
pub mod settle;
pub mod supplier;

pub use error::{Excerpt, Fault, RejectedReason, SupplierError};
pub use fivesim::FiveSim;
pub use http::{HttpClientError, http_client};
pub use offer::{SupplierCountry, SupplierOffer, SupplierProfile};
pub use order::{BuyRequest, OrderList, SupplierMessage, SupplierOrder, SupplierOrderStatus};
pub use registry::{SupplierAccessError, ids, supplier};
pub use settle::{CancelOutcome, FinishOutcome};
pub use supplier::Supplier;
