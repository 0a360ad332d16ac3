//! The ledger's rules: a wallet, the movements it allows, and the entries that record them.
//!
//! A wallet changes only through [`Wallet::post`]. Every change is one [`Entry`], numbered without gaps,
//! written once and never changed. Each movement has a [`Cause`]. A stored cause is the [`Subject`] of a
//! [`Step`], which changes it together with its money. The `store` crate writes both in one transaction.

mod account;
mod allowance;
mod cause;
mod entry;
mod hold;
mod kind;
mod line;
mod month;
mod movement;
mod proof;
mod subject;
mod usage;
mod wallet;

pub use account::Account;
pub use allowance::{Allowance, Grant, Included};
pub use cause::{Cause, CauseKind, OrderKind};
pub use entry::{Entry, Metered};
pub use hold::{Hold, Settlement, Taken};
pub use kind::{EntryKind, Route};
pub use line::{Line, LineUsage};
pub use month::{MonthlySpending, Spending};
pub use movement::Movement;
pub use proof::{Contradiction, prove};
pub use subject::{Step, Subject};
pub use usage::Usage;
pub use wallet::{LedgerError, Wallet};
