//! The rules of the business, and nothing that does I/O.
//!
//! Money, identifiers, the ledger, the order's life, prices, refunds, plans and the reading of codes out of messages live
//! here as plain types and pure functions. Time, randomness and stored data come in as arguments, so every rule can be
//! tested with a table or a property. Nothing here may know of DynamoDB, HTTP, Lambda or a supplier's wire format.

pub mod code;
pub mod ids;
pub mod money;
pub mod place;
pub mod time;

pub use ids::{ApiKeyId, EntrySeq, OrderId, UserId};
pub use money::{Credits, MoneyError};
pub use place::{CountryCode, OperatorName, ServiceName};
pub use time::Timestamp;
