//! The history of a subscription. Only what is paid and what ends has a line, so it does not grow with changes of mind.

use super::Charge;
use crate::{EntrySeq, Plan, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An event in a subscription's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionEvent {
    /// The first period was paid.
    Subscribed,
    /// A higher plan began.
    Upgraded,
    /// The next period was paid.
    Renewed,
    /// The wallet could not pay the next period.
    RenewalFailed,
    /// The paid plan ended, as the customer wanted.
    Ended,
    /// The paid plan ended, because it was not paid.
    EndedUnpaid,
    /// The paid plan ended, because the account was closed or its plan was changed by the staff.
    EndedByStaff,
}

/// An entry of a subscription's timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionTimelineItem {
    /// Time of the event.
    pub at: Timestamp,
    /// Kind of event.
    pub event: SubscriptionEvent,
    /// The plan that it is about.
    pub plan: Plan,
    /// What was charged, if anything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge: Option<Charge>,
    /// Ledger entry of the charge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntrySeq>,
}

impl SubscriptionTimelineItem {
    /// An event without a charge.
    pub(super) const fn plain(at: Timestamp, event: SubscriptionEvent, plan: Plan) -> Self {
        Self { at, event, plan, charge: None, entry: None }
    }

    /// A charge.
    pub(super) const fn of_charge(at: Timestamp, plan: Plan, charge: Charge, entry: Option<EntrySeq>) -> Self {
        Self { at, event: charge.event, plan, charge: Some(charge), entry }
    }
}
