//! Payment gateways: the [`PaymentGateway`] trait and its implementations.
//!
//! Owns the interface, the errors that say what a caller may do next, the signatures of webhooks, and a client for each
//! gateway. A client has three parts: `wire` builds requests and parses answers, purely; `webhook` recognises and reads
//! events, purely; `client` sends and receives.
//!
//! The crate knows nothing of wallets, DynamoDB or Lambda. An event of a gateway only names a payment; the report of the
//! gateway's own API says what settled (`domain::payment::Report`).

mod answer;
pub mod btcpay;
mod checkout_page;
mod error;
mod gateway;
mod listing;
pub mod paystack;
mod refund;
pub mod registry;
pub mod signature;
pub mod stripe;
mod transport;
pub mod webhook;

pub use error::GatewayError;
pub use gateway::{Customer, LISTED_BACK, PaymentGateway};
pub use registry::{GatewayAccessError, Offered, gateway, ids, offers};
pub use webhook::{NotRead, Notice, Webhook};
