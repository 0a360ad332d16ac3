//! The history of an order, with its movements of money.

use super::Ignored;
use crate::{Credits, EntrySeq, Timestamp, policy::RuleId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An event in a verification's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimelineEvent {
    /// The price was held.
    Held,
    /// The supplier sold the number.
    NumberBought,
    /// A message came.
    MessageReceived,
    /// A message came that is older than the sale, from an earlier use of the number.
    OldMessageIgnored,
    /// An operator's welcome to a new number came. It does not count.
    GreetingIgnored,
    /// A message without a text or a code came. It does not count.
    EmptyMessageIgnored,
    /// The held price was captured.
    Captured,
    /// A return of the number was requested.
    CancelRequested,
    /// The held price was refunded.
    Released,
    /// The customer finished the verification.
    Finished,
    /// The customer reported the number after its code came.
    Reported,
}

/// An entry of a verification's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimelineItem {
    /// Time of the event.
    pub at: Timestamp,
    /// Kind of event.
    pub event: TimelineEvent,
    /// Amount that moved; absent if none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Credits>,
    /// The part of it that an included verification pays; absent if none does.
    #[serde(default, skip_serializing_if = "Credits::is_zero")]
    pub included: Credits,
    /// Ledger entry of the movement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u64>)]
    pub entry: Option<EntrySeq>,
    /// Refund rule that was applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleId>,
}

impl TimelineEvent {
    /// A message came, and is ignored for this reason.
    pub(super) const fn of_message(ignored: Option<Ignored>) -> Self {
        match ignored {
            None => Self::MessageReceived,
            Some(Ignored::OlderThanOrder) => Self::OldMessageIgnored,
            Some(Ignored::OperatorGreeting) => Self::GreetingIgnored,
            Some(Ignored::Empty) => Self::EmptyMessageIgnored,
        }
    }
}

impl TimelineItem {
    /// An event without a movement of money.
    pub const fn plain(at: Timestamp, event: TimelineEvent) -> Self {
        Self { at, event, amount: None, included: Credits::ZERO, entry: None, rule: None }
    }
}
