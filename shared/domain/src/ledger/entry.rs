//! The record of a movement.

use super::{Account, Cause, EntryKind, Grant, Included, Line, Settlement, allowance};
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
    /// The part of the amount that included verifications pay. It comes from the house's promotions, or goes there, in
    /// place of the available balance.
    #[serde(default, skip_serializing_if = "Included::is_none")]
    pub included: Included,
    /// The included verifications that it gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grants: Option<Grant>,
    /// What is spent of the budget, if the usage is metered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metered: Option<Metered>,
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

/// What is spent of a budget after an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metered {
    /// What orders cost in the month.
    pub spent: Credits,
    /// The budget of the month.
    pub budget: Credits,
}

impl Entry {
    /// Its movements between accounts: one, or two if included verifications pay a part.
    pub fn legs(&self) -> impl Iterator<Item = (Account, Account, Credits)> + use<> {
        allowance::legs((self.debit, self.credit), self.amount, self.included.amount)
    }

    /// The part of the amount that the customer pays or gets back.
    pub fn customers_part(&self) -> Credits {
        self.amount.counted_down(self.included.amount)
    }

    /// When the entry is deleted: never, if it is about real money.
    pub fn kept_until(&self) -> Option<Timestamp> {
        sandbox::kept_until(self.cause.mode(), self.at)
    }
}
