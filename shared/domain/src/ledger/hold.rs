//! Held money, and its settlement.

use crate::{Credits, EntrySeq};
use serde::{Deserialize, Serialize};

/// Held money. It is stored with its subject, so that no more than the held amount is ever settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// The entry that holds it; 0 before it is posted.
    pub entry: EntrySeq,
    /// The amount that is not settled yet.
    pub left: Credits,
}

/// A settlement of a hold, in full or in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// The entry of the hold.
    pub hold: EntrySeq,
    /// Whether the hold is settled in full.
    pub closes: bool,
}

impl Hold {
    /// A hold that is not posted yet.
    pub const fn of(amount: Credits) -> Self {
        Self { entry: 0, left: amount }
    }

    /// Settles a part of the hold. Returns `None` if the amount is not positive or exceeds what is left.
    pub fn settle(&mut self, amount: Credits) -> Option<Settlement> {
        let left = self.left.checked_take(amount).filter(|_| amount.is_positive())?;
        self.left = left;
        Some(Settlement { hold: self.entry, closes: !left.is_positive() })
    }
}
