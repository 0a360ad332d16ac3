//! The use cases of payments, subscriptions and vouchers, for customers, workers and the operator.
//!
//! A use case takes plain domain values and returns a payment, a subscription or a domain error. It calls gateways, applies
//! the rules of `domain::payment`, `domain::subscription` and `domain::voucher`, and writes to the store. Nothing here
//! knows its caller.
//!
//! | use case | function |
//! |---|---|
//! | make a payment and its checkout | [`start()`] |
//! | ask the gateway about a payment, and credit what settled | [`look()`] |
//! | the same, unless somebody just asked | [`refreshed()`] |
//! | cancel a payment that nobody paid | [`cancel()`] |
//! | say what can be refunded, and ask for a refund | [`refund_offer()`], [`refund()`] |
//! | approve or refuse a refund | [`decide()`] |
//! | send refunds, and follow them | [`follow_refunds()`] |
//! | hold the money of disputes, and settle it | [`follow_disputes()`] |
//! | pay what a customer owes after a dispute | [`repay()`] |
//! | do what an event of a gateway asks for | [`handle()`] |
//! | choose a plan, or cancel it | [`subscribe()`], [`unsubscribe()`] |
//! | renew a subscription whose period ends | [`renew()`] |
//! | queue the payments and subscriptions that are due | [`queue_due()`] |
//! | issue the invoices and credit notes that a payment needs | [`issue_due()`] |
//! | queue a payment for that | [`order_documents()`] |
//! | redeem a voucher | [`redeem()`] |
//! | queue a look, or an event once more, for an operator | [`ask()`], [`rerun()`] |
//!
//! Every write is conditional on the version that was read, and each receipt of a gateway is claimed by one payment. So
//! callers may run concurrently, and as often as they like.

pub mod queues;

mod cancel;
mod decide;
mod disputes;
mod event;
mod invoice;
mod look;
mod payout;
mod redeem;
mod refund;
mod refund_address;
mod renew;
mod start;
mod subscribe;
mod sweep;
mod unsettled;

pub use cancel::{NotCancelled, cancel};
pub use decide::{Decision, NotDecided, decide};
pub use disputes::{follow_disputes, repay};
pub use event::{NotRerun, ask, handle, rerun};
pub use invoice::{NotInvoiced, documents, issue_due, order_documents};
pub use look::{look, refreshed};
pub use payout::{Followed, follow_refunds};
pub use redeem::{NotRedeemed, redeem};
pub use refund::{Asked, NotAsked, RefundRequest, refund, refund_offer};
pub use refund_address::{AddressRefused, refund_address};
pub use renew::renew;
pub use start::{NotStarted, Payer, Started, TopUp, start};
pub use subscribe::{NotSubscribed, Subscribed, subscribe, unsubscribe};
pub use sweep::{SweepError, queue_due};
pub use unsettled::Unsettled;
