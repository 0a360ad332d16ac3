//! The ledger's rules: a wallet, the movements it allows, and the entries that record them.
//!
//! A wallet changes only through [`Wallet::post`]; every change is one [`Entry`], numbered without gaps, written once and
//! never changed. Corrections are new entries. Storing both in one transaction is the `store` crate's work.

mod entry;
mod wallet;

pub use entry::{Account, Entry, EntryKind, Line, Movement};
pub use wallet::{LedgerError, Usage, Wallet};
