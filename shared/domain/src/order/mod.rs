//! A verification: one number bought for one service, one price, one code.
//!
//! [`Order`] is what is stored; its transitions are pure methods in `machine` that return the order afterwards and the money
//! that moves with it. Who talks to suppliers and who writes is decided elsewhere.

mod effects;
mod evidence;
mod machine;
mod message;
mod polling;
mod sale;
mod standing;
mod step;
mod timeline;
mod view;

pub use effects::{Effect, effects};
pub use evidence::Evidence;
pub use machine::{NewOrder, NotPossible};
pub use message::{IncomingMessage, Message};
pub use polling::{BUYING_TAKES, CHECK_AFTER, GIVE_UP_AFTER, delay_after_code, delay_to_code, poll_delay};
pub use sale::{Sale, is_orphaned};
pub use timeline::{TimelineEvent, TimelineItem};
pub use view::{Action, Actions};

/// An order afterwards, and the money that has to move with it.
pub type Step = crate::ledger::Step<Order>;

use crate::{
    CountryCode, Credits, OperatorName, OrderId, PhoneNumber, ServiceName, SupplierId, SupplierMoney, SupplierOrderId,
    Timestamp, UserId,
    access::Mode,
    ledger::{Hold, Line},
    pricing::Capability,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, time::Duration};
use utoipa::ToSchema;

/// No verification waits longer than this, whatever the supplier says (docs/rules.md: "Orders").
pub const LONGEST_WAIT: Duration = Duration::from_mins(20);
/// No number is listened to longer than this after its code, whatever the supplier says: each look costs us money.
pub const LONGEST_LISTENING: Duration = Duration::from_hours(3);
/// How soon after the purchase a number may be given back (5SIM refuses earlier cancels: "you need to wait time").
pub const CANCEL_AFTER: Duration = Duration::from_mins(2);
/// How many messages an order keeps; what comes after is left out. Old ones (see [`Message::ignored`]) take half of it at most.
pub const MOST_MESSAGES: usize = 20;

/// Where an order is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The price is held; a number is being bought.
    Requesting,
    /// The number is ready; no message yet.
    Waiting,
    /// The number is being given back.
    Cancelling,
    /// A message came and the price was captured.
    Completed,
    /// The price went back to the customer.
    Refunded,
    /// No number could be bought; the price went back.
    Failed,
}

impl Status {
    /// Whether the price is still held.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Requesting | Self::Waiting | Self::Cancelling)
    }

    /// Its name in JSON, metrics and filters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requesting => "requesting",
            Self::Waiting => "waiting",
            Self::Cancelling => "cancelling",
            Self::Completed => "completed",
            Self::Refunded => "refunded",
            Self::Failed => "failed",
        }
    }
}

/// Why the price went, or is about to go, back to the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    /// The customer cancelled.
    Cancelled,
    /// The customer reported the number.
    Reported,
    /// The deadline passed.
    Timeout,
    /// The supplier closed it.
    Supplier,
    /// The supplier did not answer for 30 minutes past the deadline.
    SupplierUnreachable,
    /// No supplier had a number.
    NoNumbers,
    /// The supplier asked more than the price that was held.
    PriceRose,
    /// Our supplier could not sell: out of reach, out of funds, or the request refused.
    SupplierUnavailable,
}

/// What the customer asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The service whose code is wanted.
    pub service: ServiceName,
    /// The number's country.
    pub country: CountryCode,
    /// How the code is to come.
    pub capability: Capability,
    /// The operator, where the customer chose one.
    pub operator: Option<OperatorName>,
    /// The customer's own labels.
    pub tags: BTreeMap<String, String>,
}

/// The purchase that runs or ran: which supplier was asked, which attempt this is, and at most at what cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// 1 for the first.
    pub n: u32,
    /// Who is asked.
    pub supplier: SupplierId,
    /// When, by our clock.
    pub at: Timestamp,
    /// The dearest sale that the held price covers.
    pub cap: SupplierMoney,
}

/// The number that a supplier sold us for this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// Who sold it.
    pub supplier: SupplierId,
    /// The supplier's order.
    pub supplier_order: SupplierOrderId,
    /// The number itself.
    pub phone: PhoneNumber,
    /// Its operator, as the supplier says.
    pub operator: Option<OperatorName>,
    /// What it cost us.
    pub cost: SupplierMoney,
    /// When it was sold, by the supplier's clock: messages are compared with this, never with our clock.
    pub sold_at: Timestamp,
    /// When we knew of it, by our clock.
    pub bought_at: Timestamp,
}

/// A verification as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its identifier.
    pub id: OrderId,
    /// Whose it is.
    pub user_id: UserId,
    /// How often it was written; every write is conditional on the version it read.
    pub version: u64,
    /// Where it is in its life.
    pub status: Status,
    /// Why it was, or is being, given back.
    pub closed_because: Option<CloseReason>,
    /// Whether the number is real.
    #[serde(default)]
    pub mode: Mode,
    /// What was asked for.
    pub request: Request,
    /// What was held.
    pub price: Credits,
    /// The parts of the price.
    pub lines: Vec<Line>,
    /// What is held of the price.
    pub hold: Hold,
    /// The purchase that runs or ran last.
    pub attempt: Attempt,
    /// The number, once bought.
    pub number: Option<Number>,
    /// What came, oldest first.
    pub messages: Vec<Message>,
    /// When it was made.
    pub created_at: Timestamp,
    /// No message is awaited after this.
    pub expires_at: Timestamp,
    /// When the first message that counts came.
    pub completed_at: Option<Timestamp>,
    /// Until when messages are fetched; moves to the present when the customer finishes.
    pub listens_until: Timestamp,
    /// When a worker has to look at it at the latest; `None` when nothing is left to do.
    pub due_at: Option<Timestamp>,
    /// The queue message that polls this order: any other message about it is a double and ends.
    #[serde(default)]
    pub poller: Option<String>,
    /// What happened.
    pub timeline: Vec<TimelineItem>,
    /// Until when the message texts are kept (by plan); they are deleted soon after.
    pub purge_at: Timestamp,
}
