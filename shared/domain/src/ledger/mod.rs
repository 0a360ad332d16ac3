//! The ledger's rules: a wallet, the movements it allows, and the entries that record them.
//!
//! A wallet changes only through [`Wallet::post`]; every change is one [`Entry`], numbered without gaps, written once and
//! never changed. A movement belongs to a [`Cause`]; where that is stored, it is the [`Subject`] of a [`Step`] that moves it
//! on together with its money. Storing both in one transaction is the `store` crate's work.

mod account;
mod cause;
mod entry;
mod hold;
mod kind;
mod movement;
mod subject;
mod usage;
mod wallet;

pub use account::Account;
pub use cause::{Cause, CauseKind, OrderKind};
pub use entry::Entry;
pub use hold::{Hold, Settlement};
pub use kind::{EntryKind, Route};
pub use movement::{Line, Movement};
pub use subject::{Step, Subject};
pub use usage::Usage;
pub use wallet::{LedgerError, Wallet};
