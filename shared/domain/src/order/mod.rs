//! A verification: one number for one service at one price.
//!
//! [`Order`] is the stored record. Its transitions are pure methods in `machine`; each returns the next
//! state and the movement of money that belongs to it. Callers handle suppliers and storage.

mod effects;
mod evidence;
mod machine;
mod message;
mod missing;
mod polling;
mod queries;
mod sale;
mod step;
mod supplier_code;
mod timeline;
mod view;

pub use effects::{Effect, effects};
pub use evidence::Evidence;
pub use machine::{NewOrder, NotPossible};
pub use message::{CodeSource, Ignored, IncomingMessage, Message, MessageKind};
pub use missing::{LOOKS, LOOKS_APART, Missed, Missing};
pub use polling::{BUYING_TAKES, CHECK_AFTER, GIVE_UP_AFTER, delay_after_code, delay_to_code, poll_delay};
pub use sale::{Sale, is_orphaned};
pub use timeline::{TimelineEvent, TimelineItem};
pub use view::{Action, Actions};

/// The next state of an order, and the movement that belongs to it.
pub type Step = crate::ledger::Step<Order>;

use crate::{
    CountryCode, Credits, OperatorName, OrderId, PhoneNumber, ServiceName, SupplierId, SupplierMoney, SupplierOrderId,
    Timestamp, UserId,
    access::OrderKey,
    ledger::{Hold, Line},
    pricing::Capability,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, time::Duration};
use utoipa::ToSchema;

/// The longest wait for a code, whatever the supplier allows (docs/rules.md: "Orders").
pub const LONGEST_WAIT: Duration = Duration::from_mins(20);
/// The longest time that messages are fetched, whatever the supplier allows. Every poll costs money.
pub const LONGEST_LISTENING: Duration = Duration::from_hours(3);
/// How long after the purchase a customer can cancel. This is our own rule, and `/policy` shows it. No
/// supplier asks for more (`Terms::cancels_from`); a test in `shared/orders` compares.
pub const CANCEL_AFTER: Duration = Duration::from_mins(2);
/// The same for a test order: short enough for a customer's test, and long enough to meet the refusal before it.
pub const CANCEL_TEST_AFTER: Duration = Duration::from_secs(5);
/// The number of messages that an order keeps; later ones are dropped. Old ones (see
/// [`Message::ignored`]) fill at most half.
pub const MOST_MESSAGES: usize = 20;

/// Status of a verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The price is held; a number is being bought.
    Requesting,
    /// The number is ready; no message yet.
    Waiting,
    /// The number is being returned to the supplier.
    Cancelling,
    /// A message came and the price was captured.
    Completed,
    /// The price was refunded.
    Refunded,
    /// No number could be bought; the price was refunded.
    Failed,
}

impl Status {
    /// Whether the price is still held.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Requesting | Self::Waiting | Self::Cancelling)
    }

    /// Whether the order has a number and no message that counts.
    pub const fn awaits_code(self) -> bool {
        matches!(self, Self::Waiting | Self::Cancelling)
    }

    /// The name in JSON, metrics and filters.
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

/// Why the price was, or is being, refunded.
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
    /// The supplier's price exceeded the price that was held.
    PriceRose,
    /// The supplier could not sell: unreachable, out of funds, or it rejected the request.
    SupplierUnavailable,
}

/// The customer's request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The service that sends the code.
    pub service: ServiceName,
    /// The number's country.
    pub country: CountryCode,
    /// How the code is delivered.
    pub capability: Capability,
    /// The requested operator; `None` for any.
    pub operator: Option<OperatorName>,
    /// The customer's own labels.
    pub tags: BTreeMap<String, String>,
}

/// The current or last attempt to buy the number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The attempt's number, from 1.
    pub n: u32,
    /// The supplier that was asked.
    pub supplier: SupplierId,
    /// When it began, by our clock.
    pub at: Timestamp,
    /// The highest supplier cost that the held price covers.
    pub cap: SupplierMoney,
}

/// The number that a supplier sold for this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// The supplier that sold it.
    pub supplier: SupplierId,
    /// The supplier's order.
    pub supplier_order: SupplierOrderId,
    /// The phone number.
    pub phone: PhoneNumber,
    /// The operator that the supplier reported.
    pub operator: Option<OperatorName>,
    /// The supplier's price.
    pub cost: SupplierMoney,
    /// When it was sold, by the supplier's clock. Times of messages are compared with this.
    pub sold_at: Timestamp,
    /// When the sale was recorded, by our clock.
    pub bought_at: Timestamp,
}

/// A verification as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Identifier.
    pub id: OrderId,
    /// The customer.
    pub user_id: UserId,
    /// The number of writes. Every write is conditional on the version that was read.
    pub version: u64,
    /// Current status.
    pub status: Status,
    /// Why it was, or is being, refunded.
    pub closed_because: Option<CloseReason>,
    /// The API key that bought it; `None` for a session.
    #[serde(default)]
    pub key: Option<OrderKey>,
    /// The customer's request.
    pub request: Request,
    /// Price in full.
    pub price: Credits,
    /// The part of it that an included verification pays.
    #[serde(default, skip_serializing_if = "Credits::is_zero")]
    pub included: Credits,
    /// Line items of the price.
    pub lines: Vec<Line>,
    /// The part of the price that is still held.
    pub hold: Hold,
    /// The current or last attempt to buy.
    pub attempt: Attempt,
    /// The number, once bought.
    pub number: Option<Number>,
    /// Received messages, oldest first.
    pub messages: Vec<Message>,
    /// Time of the request.
    pub created_at: Timestamp,
    /// Deadline of the first message.
    pub expires_at: Timestamp,
    /// When the first message that counts came.
    pub completed_at: Option<Timestamp>,
    /// End of the fetching of messages; set to the present when the customer finishes.
    pub listens_until: Timestamp,
    /// When a worker must check the order at the latest; `None` if nothing is left to do.
    pub due_at: Option<Timestamp>,
    /// The queue message that polls this order. Any other message about it is a duplicate.
    #[serde(default)]
    pub poller: Option<String>,
    /// Looks at which the supplier did not know the number; `None` as long as it does.
    #[serde(default)]
    pub missing: Option<Missing>,
    /// History, oldest first.
    pub timeline: Vec<TimelineItem>,
    /// End of the retention of message texts (by plan, or that of test orders); they are deleted soon after.
    pub purge_at: Timestamp,
}
