//! The record of a movement.

use super::{Account, Cause, EntryKind, Line, Settlement};
use crate::{Actor, ApiKeyId, Credits, EntrySeq, Timestamp, policy::RuleId, sandbox};
use serde::{Deserialize, Serialize};

/// The record of a movement. It is written once and never changed; a correction is a new entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The entry's number in its wallet: 1, 2, 3 … without gaps.
    pub seq: EntrySeq,
    /// Why money moved.
    pub kind: EntryKind,
    /// The amount.
    pub amount: Credits,
    /// The part of the amount that is promotional credit.
    #[serde(default, skip_serializing_if = "Credits::is_zero")]
    pub promo: Credits,
    /// The account that paid.
    pub debit: Account,
    /// The account that received.
    pub credit: Account,
    /// The spendable balance after the movement.
    pub available_after: Credits,
    /// The held balance after the movement.
    pub held_after: Credits,
    /// What is owed after the movement.
    #[serde(default, skip_serializing_if = "Credits::is_zero")]
    pub owed_after: Credits,
    /// Line items of the amount.
    #[serde(default)]
    pub lines: Vec<Line>,
    /// The cause of the movement.
    pub cause: Cause,
    /// The settled hold, if any.
    pub settles: Option<Settlement>,
    /// The rule that was applied, if any.
    pub rule: Option<RuleId>,
    /// Who did it.
    pub actor: Actor,
    /// The family of the API key that bought what the money is for, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<ApiKeyId>,
    /// Time of the movement.
    pub at: Timestamp,
}

impl Entry {
    /// When the entry is deleted: never, if it is about real money.
    pub fn kept_until(&self) -> Option<Timestamp> {
        sandbox::kept_until(self.cause.mode(), self.at)
    }
}
