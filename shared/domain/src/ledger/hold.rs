//! Money that is set aside for something, and the settlements that use it up.

use crate::{Credits, EntrySeq};
use serde::{Deserialize, Serialize};

/// Money that is set aside. Its subject keeps it, so that no more than what was held is ever settled, whatever is tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// The entry that set it aside; 0 until that is posted.
    pub entry: EntrySeq,
    /// What no settlement has used yet.
    pub left: Credits,
}

/// How a movement uses a hold up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// The entry of the hold.
    pub hold: EntrySeq,
    /// Whether nothing is left of the hold afterwards.
    pub closes: bool,
}

impl Hold {
    /// A hold that is yet to be posted.
    pub const fn of(amount: Credits) -> Self {
        Self { entry: 0, left: amount }
    }

    /// Uses a part of it up; `None`, and nothing used, where that is nothing or more than what is left.
    pub fn settle(&mut self, amount: Credits) -> Option<Settlement> {
        let left = self.left.checked_take(amount).filter(|_| amount.is_positive())?;
        self.left = left;
        Some(Settlement { hold: self.entry, closes: !left.is_positive() })
    }
}
