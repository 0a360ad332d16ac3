//! Included verifications: each pays a price up to an amount, as a promotion.
//!
//! What an included verification pays never passes the customer's available balance. It goes from the house's promotions
//! into what is held, and from there to the revenue, or back. So it is never paid out. The count is part of the wallet,
//! and changes with the hold and with its release.

use super::{Account, EntryKind};
use crate::{Credits, EntrySeq, Timestamp};
use serde::{Deserialize, Serialize};

/// The included verifications of a paid period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowance {
    /// How many the period has.
    pub units: u32,
    /// How many are used. Those of open orders count.
    pub used: u32,
    /// The end of the period. What is unused then is gone.
    pub until: Timestamp,
    /// The first entry whose holds count as used. A hold before it gives nothing back.
    pub began: EntrySeq,
}

/// The included verifications that a payment gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// How many.
    pub units: u32,
    /// The end of the period.
    pub until: Timestamp,
    /// Whether those that were used of the running period count, because a higher plan replaces it.
    pub counts_used: bool,
}

/// The part of an amount that included verifications pay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Included {
    /// The amount.
    pub amount: Credits,
    /// How many of them are used by it, or come back with it.
    pub units: u32,
}

impl Included {
    /// Nothing.
    pub const NONE: Self = Self { amount: Credits::ZERO, units: 0 };

    /// One that pays up to this amount; nothing if that is nothing.
    pub const fn one(amount: Credits) -> Self {
        if amount.is_positive() { Self { amount, units: 1 } } else { Self::NONE }
    }

    /// Whether it is nothing.
    pub fn is_none(&self) -> bool {
        *self == Self::NONE
    }
}

impl Allowance {
    /// Whether its period has not ended.
    pub fn is_running(&self, at: Timestamp) -> bool {
        at < self.until
    }

    /// How many are left at this time.
    pub fn left(&self, at: Timestamp) -> u32 {
        if self.is_running(at) { self.units.saturating_sub(self.used) } else { 0 }
    }

    /// What included verifications pay of a price, if they may pay `most` of it.
    pub(super) fn pays(&self, most: Included, price: Credits, at: Timestamp) -> Included {
        let pays = Included::one(most.amount.min(price));
        if self.left(at) >= pays.units { pays } else { Included::NONE }
    }

    /// The allowance after a grant by the entry `seq`.
    pub(super) fn granted(before: Option<Self>, grant: Grant, seq: EntrySeq, at: Timestamp) -> Self {
        let Grant { units, until, counts_used } = grant;
        match before.filter(|before| counts_used && before.is_running(at)) {
            Some(Self { used, began, .. }) => Self { units, used, until, began },
            None => Self { units, used: 0, until, began: seq },
        }
    }

    /// The allowance after included verifications were used or came back.
    pub(super) fn moved(self, kind: EntryKind, included: Included, hold: Option<EntrySeq>) -> Self {
        match kind {
            EntryKind::Hold => Self { used: self.used.saturating_add(included.units), ..self },
            EntryKind::Release if hold.is_some_and(|hold| hold >= self.began) => {
                Self { used: self.used.saturating_sub(included.units), ..self }
            }
            _ => self,
        }
    }
}

/// The two movements of an amount, of which included verifications pay a part: that of the customer, and that of the
/// house's promotions. Those of nothing are left out.
pub(super) fn legs(
    (debit, credit): (Account, Account),
    amount: Credits,
    included: Credits,
) -> impl Iterator<Item = (Account, Account, Credits)> + use<> {
    let house = |account| if account == Account::Available { Account::Promotions } else { account };
    let apart = debit == Account::Available || credit == Account::Available;
    let included = if apart { included } else { Credits::ZERO };
    let both = [(debit, credit, amount.counted_down(included)), (house(debit), house(credit), included)];
    both.into_iter().filter(|(_, _, amount)| amount.is_positive())
}
