//! A dispute: the customer's bank asks for the money of a payment back.

use super::Amount;
use crate::{Credits, Timestamp, ledger::Hold};
use serde::{Deserialize, Serialize};
use std::{fmt, time::Duration};
use utoipa::ToSchema;

/// The time between looks at an open dispute. Banks decide within weeks.
const LOOK: Duration = Duration::from_hours(24);
/// How long after a lost dispute a worker looks whether the wallet can pay what is owed. Top-ups pay it later, too.
const DEBT_IS_WATCHED: Duration = Duration::from_hours(90 * 24);
/// When a worker goes on with what another one left: a dispute of which only a part is held or settled, or a debt that
/// new money can pay.
pub(super) const GOES_ON: Duration = Duration::from_mins(1);

/// A gateway's identifier of a dispute.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DisputeId(String);

/// A dispute, as it is stored with its payment. Its credits are held until it is over. What the wallet does not have is
/// held all the same, and owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Identifier.
    pub id: DisputeId,
    /// The disputed money; `None` if nobody can pay in its currency here.
    pub amount: Option<Amount>,
    /// The credits that are at stake.
    pub credits: Credits,
    /// Current status.
    pub status: DisputeStatus,
    /// When it was noted.
    pub opened_at: Timestamp,
    /// When its money was settled; `None` while it is open.
    pub closed_at: Option<Timestamp>,
    /// What is held for it.
    pub holds: Vec<DisputeHold>,
    /// Another status that the gateway told after it was settled. A person learns of each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<DisputeStatus>,
}

/// Held money of a dispute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeHold {
    /// The hold.
    pub hold: Hold,
    /// Whether the money was not in the wallet, and is owed.
    pub is_debt: bool,
}

/// Status of a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisputeStatus {
    /// The bank has not decided.
    Open,
    /// The money is ours; what was held is free again.
    Won,
    /// The money went back.
    Lost,
}

/// What a gateway says about a dispute of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputeReport {
    /// Its identifier.
    pub id: DisputeId,
    /// The disputed money; `None` if nobody can pay in its currency here.
    pub amount: Option<Amount>,
    /// Its state.
    pub status: DisputeStatus,
}

/// A contradiction that a person must look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeFault {
    /// It was opened. A person answers the bank.
    Opened,
    /// The gateway changed the end of a dispute whose money was settled.
    Reversed,
}

impl DisputeId {
    /// The identifier with this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The identifier as a text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DisputeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl DisputeStatus {
    /// The name in JSON and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }
}

impl Dispute {
    /// What is held for it and not settled yet.
    pub fn held(&self) -> Credits {
        self.holds.iter().fold(Credits::ZERO, |sum, held| sum.counted_up(held.hold.left))
    }

    /// When to look next; `None` if it is over, and nothing of it can be owed.
    pub(super) fn next_look(&self, now: Timestamp) -> Option<Timestamp> {
        let is_whole = self.status == DisputeStatus::Open && self.held() >= self.credits;
        match self.closed_at {
            None => Some(now.plus(if is_whole { LOOK } else { GOES_ON })),
            // Money that comes back to the wallet, as from an order, pays the debt.
            Some(at) if self.is_at_stake() && self.holds.iter().any(|held| held.is_debt) => {
                let next = now.plus(LOOK);
                (next <= at.plus(DEBT_IS_WATCHED)).then_some(next)
            }
            Some(_) => None,
        }
    }

    /// Whether its credits are lost or may be.
    pub fn is_at_stake(&self) -> bool {
        self.status != DisputeStatus::Won
    }
}
