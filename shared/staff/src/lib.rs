//! What staff do: customers and their keys, corrections of wallets, orders, findings, and the proof of the
//! books. The operator's program calls these use cases, and so will the staff's API.
//!
//! Everything that changes something adds a line to the audit trail, with the actor and the values before and
//! after, in the same transaction where there is one. Money moves through the ledger's door only ([`store::Store::commit`]).

mod audit;
mod catalog;
mod customers;
mod findings;
mod keys;
mod letters;
mod mail;
mod migrations;
mod orders;
mod proof;
mod wallets;

pub use audit::Wanted;
pub use catalog::SupplierReport;
pub use customers::NewCustomer;
pub use keys::{MadeKey, NewKey};
pub use orders::OrderReport;
pub use proof::{Proven, WrongWallet};
pub use wallets::{Correction, Direction};

use domain::{Actor, UserId};
use runtime::Context;
use store::{KeyReused, NotCommitted, NotCreated, StoreError};
use thiserror::Error;

/// A person of the staff at work.
#[derive(Clone)]
pub struct Staff<'a> {
    context: &'a Context,
    actor: Actor,
}

/// Why something was not done.
#[derive(Debug, Error)]
pub enum StaffError {
    /// There is no such customer.
    #[error("there is no customer {0}")]
    NoCustomer(String),
    /// There is no such key, order, finding, supplier, operator or switch.
    #[error("there is no {0}")]
    Missing(String),
    /// The address has a customer.
    #[error("the address belongs to {0}")]
    AddressTaken(UserId),
    /// The ledger refused the correction.
    #[error("the wallet refuses: {0}")]
    Ledger(#[from] domain::ledger::LedgerError),
    /// A rate is above zero.
    #[error("a rate is above zero: at least 0.0001 credits for one unit")]
    NoRate,
    /// At this rate, the stored prices would be implausible.
    #[error(transparent)]
    Implausible(#[from] domain::catalog::Implausible),
    /// The key of a correction was used for another one.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The order could not be settled.
    #[error("the order was not settled: {0}")]
    Unsettled(#[from] ::orders::Unsettled),
    /// A queue could not be used.
    #[error(transparent)]
    Queue(#[from] runtime::QueueError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It was done, but the audit trail could not be written.
    #[error("it was done, but the audit trail could not be written: {0}")]
    NotAudited(StoreError),
    /// An impossible state: a defect.
    #[error("{0}")]
    Defect(String),
}

impl<'a> Staff<'a> {
    /// The work of this person.
    pub const fn new(context: &'a Context, actor: Actor) -> Self {
        Self { context, actor }
    }
}

impl From<NotCreated> for StaffError {
    fn from(error: NotCreated) -> Self {
        match error {
            NotCreated::AddressTaken(owner) => Self::AddressTaken(owner),
            NotCreated::Store(error) => error.into(),
        }
    }
}

impl From<NotCommitted> for StaffError {
    fn from(error: NotCommitted) -> Self {
        match error {
            NotCommitted::Ledger(error) => error.into(),
            NotCommitted::Store(error) => error.into(),
            other => Self::Defect(other.to_string()),
        }
    }
}
