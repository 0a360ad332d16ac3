//! A movement that happened.

use super::{Account, Cause, EntryKind, Line, Settlement};
use crate::{Actor, Credits, EntrySeq, Timestamp, policy::RuleId};
use serde::{Deserialize, Serialize};

/// A movement that happened. It is written once and never changed; a correction is a new entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number in the wallet: 1, 2, 3 … without gaps.
    pub seq: EntrySeq,
    /// Why money moved.
    pub kind: EntryKind,
    /// How much.
    pub amount: Credits,
    /// The account that paid.
    pub debit: Account,
    /// The account that received.
    pub credit: Account,
    /// What the customer could spend afterwards.
    pub available_after: Credits,
    /// What was held afterwards.
    pub held_after: Credits,
    /// The parts of the amount.
    #[serde(default)]
    pub lines: Vec<Line>,
    /// What it belongs to.
    pub cause: Cause,
    /// The hold that it settles.
    pub settles: Option<Settlement>,
    /// The rule that it follows.
    pub rule: Option<RuleId>,
    /// Who did it.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
}
