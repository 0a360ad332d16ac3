//! The use cases of the nightly reconciliation, for its workers and the operator.
//!
//! A night is a reconciliation of one UTC day. It has parts: one for each gateway, and many for wallets. Each part is a
//! message and a row with its result, so a night of a million wallets needs no long function, and whatever died is queued
//! again. A part may run twice, and two at once: it only reads, and a finding is found once.
//!
//! | use case | function |
//! |---|---|
//! | let a worker begin the night of a day | [`order()`] |
//! | begin the night that is due, queue what was lost, and count what is late | [`keep_going()`] |
//! | do a part | [`do_part()`] |
//! | show a night | [`night()`] |

mod books;
mod gateway;
mod night;
pub mod queues;

pub use night::{Night, do_part, keep_going, night, order};

use gateways::{GatewayAccessError, GatewayError};
use runtime::QueueError;
use store::StoreError;
use thiserror::Error;

/// Why a part is not done. It is tried again.
#[derive(Debug, Error)]
pub enum NotReconciled {
    /// The gateway's list could not be read.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// The gateway can't be used.
    #[error(transparent)]
    Access(#[from] GatewayAccessError),
    /// The gateway's list takes too long.
    #[error("the list takes too long")]
    TooSlow,
    /// The wallet kept moving.
    #[error("the wallet of {0} keeps moving")]
    Moving(domain::UserId),
    /// A queue could not be used.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
