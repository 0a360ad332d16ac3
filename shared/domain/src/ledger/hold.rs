//! Held money, and its settlement.

use super::{Entry, EntryKind};
use crate::{Credits, EntrySeq};
use serde::{Deserialize, Serialize};

/// Held money. It is stored with its subject, so that no more than the held amount is ever settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// The entry that holds it; 0 before it is posted.
    pub entry: EntrySeq,
    /// The amount that is not settled yet.
    pub left: Credits,
    /// The part of it that is promotional.
    #[serde(default, skip_serializing_if = "Credits::is_zero")]
    pub promo: Credits,
}

/// A settlement of a hold, in full or in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// The entry of the hold.
    pub hold: EntrySeq,
    /// Whether the hold is settled in full.
    pub closes: bool,
}

/// What is taken out of a hold; see [`Movement::settling`](super::Movement::settling).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The settlement.
    pub settlement: Settlement,
    /// The part of the amount that is promotional.
    pub promo: Credits,
}

impl Hold {
    /// A hold that is not posted yet.
    pub const fn of(amount: Credits) -> Self {
        Self { entry: 0, left: amount, promo: Credits::ZERO }
    }

    /// Notes the entry that holds the money.
    pub const fn posted(&mut self, entry: &Entry) {
        self.entry = entry.seq;
        self.promo = entry.promo;
    }

    /// Settles a part of the hold by a movement of this kind. Returns `None` if the amount is not positive or exceeds
    /// what is left.
    ///
    /// Promotional credit is spent first: what is captured is promotional as far as possible, and what is released is
    /// the customer's own money as far as possible. So the order of captures and releases makes no difference, and a
    /// price that becomes lower gives back the money that the lower price would not have taken.
    pub fn settle(&mut self, kind: EntryKind, amount: Credits) -> Option<Taken> {
        let left = self.left.checked_take(amount).filter(|_| amount.is_positive())?;
        let own = self.left.counted_down(self.promo);
        let promo = if kind == EntryKind::Release { amount.counted_down(own) } else { amount.min(self.promo) };
        self.left = left;
        self.promo = self.promo.counted_down(promo);
        Some(Taken { settlement: Settlement { hold: self.entry, closes: !left.is_positive() }, promo })
    }
}
