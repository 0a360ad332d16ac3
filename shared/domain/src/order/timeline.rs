//! What happened to an order, when, and which money moved with it.

use crate::{Credits, EntrySeq, Timestamp, policy::RuleId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something that happened to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimelineEvent {
    /// The price was set aside.
    Held,
    /// The supplier sold the number.
    NumberBought,
    /// A message came.
    MessageReceived,
    /// A message came that is older than the order: the number was used before.
    OldMessageIgnored,
    /// The held price became ours.
    Captured,
    /// The number is being given back.
    CancelRequested,
    /// The held price went back.
    Released,
    /// The customer stopped listening.
    Finished,
    /// The customer reported the number after its code had come.
    Reported,
}

/// One line of an order's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimelineItem {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: TimelineEvent,
    /// The money that moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Credits>,
    /// The ledger entry that moved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u64>)]
    pub entry: Option<EntrySeq>,
    /// The rule that gave it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
}

impl TimelineItem {
    /// Something that moved no money.
    pub const fn plain(at: Timestamp, event: TimelineEvent) -> Self {
        Self { at, event, amount: None, entry: None, rule: None }
    }
}
