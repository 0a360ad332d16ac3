//! The use cases of payments and vouchers, for customers, workers and the operator.
//!
//! A use case takes plain domain values and returns a payment or a domain error. It calls gateways, applies the rules of
//! `domain::payment` and `domain::voucher`, and writes to the store. Nothing here knows its caller.
//!
//! | use case | function |
//! |---|---|
//! | make a payment and its checkout | [`start()`] |
//! | ask the gateway about a payment, and credit what settled | [`look()`] |
//! | the same, unless somebody just asked | [`refreshed()`] |
//! | cancel a payment that nobody paid | [`cancel()`] |
//! | do what an event of a gateway asks for | [`handle()`] |
//! | queue the payments that are due | [`queue_due()`] |
//! | redeem a voucher | [`redeem()`] |
//! | queue a look, or an event once more, for an operator | [`ask()`], [`rerun()`] |
//!
//! Every write is conditional on the version that was read, and each receipt of a gateway is claimed by one payment. So
//! callers may run concurrently, and as often as they like.

pub mod queues;

mod cancel;
mod event;
mod look;
mod redeem;
mod start;
mod sweep;
mod unsettled;

pub use cancel::{NotCancelled, cancel};
pub use event::{NotRerun, ask, handle, rerun};
pub use look::{look, refreshed};
pub use redeem::{NotRedeemed, redeem};
pub use start::{NotStarted, Payer, Started, TopUp, start};
pub use sweep::{SweepError, queue_due};
pub use unsettled::Unsettled;
