//! Held money, and its settlement.

use super::{Entry, EntryKind, Included};
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
    /// The part of it that included verifications pay.
    #[serde(default, skip_serializing_if = "Included::is_none")]
    pub included: Included,
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
    /// The part of the amount that included verifications pay.
    pub included: Included,
}

impl Hold {
    /// A hold that is not posted yet.
    pub const fn of(amount: Credits) -> Self {
        Self { entry: 0, left: amount, promo: Credits::ZERO, included: Included::NONE }
    }

    /// Notes the entry that holds the money.
    pub const fn posted(&mut self, entry: &Entry) {
        self.entry = entry.seq;
        self.promo = entry.promo;
        self.included = entry.included;
    }

    /// Settles a part of the hold by a movement of this kind. Returns `None` if the amount is not positive or exceeds
    /// what is left.
    ///
    /// What is captured is paid by included verifications first, then by promotional credit; what is released is the
    /// customer's own money first. So the order of captures and releases makes no difference, and a price that becomes
    /// lower gives back the money that the lower price would not have taken.
    ///
    /// An included verification comes back with the last of what it paid, if nothing of that was captured.
    pub fn settle(&mut self, kind: EntryKind, amount: Credits) -> Option<Taken> {
        let left = self.left.checked_take(amount).filter(|_| amount.is_positive())?;
        let customers = self.left.counted_down(self.included.amount);
        let own = customers.counted_down(self.promo);
        let releases = kind == EntryKind::Release;
        let paid = if releases { amount.counted_down(customers) } else { amount.min(self.included.amount) };
        let rest = amount.counted_down(paid);
        let promo = if releases { rest.counted_down(own) } else { rest.min(self.promo) };
        let kept = self.included.amount.counted_down(paid);
        let moves = if releases { kept.is_zero() } else { paid.is_positive() };
        let units = if moves { self.included.units } else { 0 };
        self.left = left;
        self.promo = self.promo.counted_down(promo);
        self.included = Included { amount: kept, units: self.included.units.saturating_sub(units) };
        let settlement = Settlement { hold: self.entry, closes: !left.is_positive() };
        Some(Taken { settlement, promo, included: Included { amount: paid, units } })
    }
}
