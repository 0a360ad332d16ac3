//! The business rules. Nothing here does I/O.
//!
//! Money, identifiers, the ledger, the life of an order, prices, refunds, plans and code extraction
//! are plain types and pure functions. Time, randomness and stored data come in as arguments, so
//! that a table or a property can test every rule. The crate does not depend on DynamoDB, HTTP,
//! Lambda or supplier wire formats.

pub mod access;
pub mod account;
mod actor;
pub mod audit;
pub mod buying;
pub mod calling_codes;
pub mod catalog;
mod change;
pub mod code;
pub mod costs;
pub mod email;
pub mod finding;
pub mod ids;
pub mod invoice;
mod language;
pub mod ledger;
pub mod masked;
pub mod metering;
pub mod money;
pub mod network;
mod network_range;
pub mod notification;
pub mod offers;
pub mod order;
pub mod payment;
pub mod phone;
pub mod place;
pub mod plan;
pub mod policy;
pub mod price_change;
pub mod pricing;
pub mod rate_limit;
mod rating;
pub mod reconciliation;
mod request_id;
pub mod sandbox;
pub mod selling;
pub mod sorted_table;
mod standing;
pub mod statistics;
pub mod subscription;
pub mod supply;
pub mod suppression;
pub mod time;
mod token_bucket;
pub mod voucher;

pub use actor::Actor;
pub use change::Change;
pub use email::{EmailAddress, NotAnEmail};
pub use ids::{
    ApiKeyId, AuditId, EmailChangeId, EntrySeq, ExportId, FindingId, GatewayEventId, InvoiceId, MailId, MessageId,
    NotAnId, OrderId, PasskeyId, PaymentId, RefundId, RegistrationId, RentalId, SessionId, SubscriptionId, UserId,
    VoucherId,
};
pub use language::{Direction, Language, NotALanguage};
pub use masked::{Code, MessageText, Sender};
pub use money::{Credits, MoneyError};
pub use network::Network;
pub use network_range::{NetworkRange, NotARange};
pub use phone::{NotAPhoneNumber, PhoneNumber};
pub use place::{CountryCode, NameError, OperatorName, ServiceName};
pub use plan::Plan;
pub use rating::{NEWCOMERS_WINDOW, Rating};
pub use request_id::{NotARequestId, RequestId};
pub use standing::{Standing, Trust};
pub use supply::{Currency, SupplierId, SupplierMoney, SupplierOrderId};
pub use time::Timestamp;
pub use token_bucket::TokenBucket;
