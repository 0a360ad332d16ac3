//! The proof of a wallet: its balances are the sums of its entries, what is held is what is left of its holds,
//! promotional credit was spent first, and included verifications are counted.

use super::{Account, Allowance, Entry, EntryKind, Included, Wallet};
use crate::{Credits, EntrySeq, Timestamp, access::Mode};
use std::{collections::BTreeMap, time::Duration};
use thiserror::Error;

/// A contradiction between a wallet and its entries: a defect, or a write outside of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Contradiction {
    /// An entry is missing, or there is one too many.
    #[error("entry {expected} is missing; {found} follows")]
    Gap {
        /// The number that should follow.
        expected: EntrySeq,
        /// The number that follows.
        found: EntrySeq,
    },
    /// A balance would be negative after the entry.
    #[error("entry {0} takes more than there is")]
    Negative(EntrySeq),
    /// The balances in the entry are not the sums up to it.
    #[error("the balances of entry {0} are not the sums of the entries")]
    Sums(EntrySeq),
    /// The entry settles more than is left of its hold, or a hold that does not exist.
    #[error("entry {0} settles more than was held")]
    Settlement(EntrySeq),
    /// The promotional part of the entry is not what the entries before it allow.
    #[error("the promotional part of entry {0} is wrong")]
    Promo(EntrySeq),
    /// More included verifications pay the entry than were left, or another part of it than of its hold.
    #[error("included verifications of entry {0} are wrong")]
    Included(EntrySeq),
    /// The entry is about play money in a wallet of real money, or the other way round.
    #[error("entry {0} belongs into another wallet")]
    Mixed(EntrySeq),
    /// The wallet has another number of entries.
    #[error("the wallet is at entry {wallet}, and the last one is {last}")]
    Count {
        /// The wallet's newest entry, by the wallet.
        wallet: EntrySeq,
        /// The newest entry.
        last: EntrySeq,
    },
    /// The wallet's balances are not the sums of its entries.
    #[error("the wallet has {available} available and {held} held, and its entries say {sums:?}")]
    Balances {
        /// The wallet's available balance.
        available: Credits,
        /// The wallet's held balance.
        held: Credits,
        /// The sums in ten-thousandths of a credit: available, held.
        sums: (i64, i64),
    },
    /// What the wallet owes is not the sum of its entries.
    #[error("{owed} credits are owed, and the entries say {sum} ten-thousandths")]
    Owed {
        /// What is owed, by the wallet.
        owed: Credits,
        /// The sum in ten-thousandths of a credit.
        sum: i64,
    },
    /// The wallet's promotional credit is not the sum of its entries.
    #[error("{promo} credits are promotional, and the entries say {sum} ten-thousandths")]
    PromoBalance {
        /// The promotional credit, by the wallet.
        promo: Credits,
        /// The sum in ten-thousandths of a credit.
        sum: i64,
    },
    /// The wallet's included verifications are not those of its entries.
    #[error("the wallet has the included verifications {wallet:?}, and its entries say {sum:?}")]
    Allowance {
        /// Those of the wallet.
        wallet: Option<Allowance>,
        /// Those of the entries.
        sum: Option<Allowance>,
    },
    /// The held balance is not what is left of the holds.
    #[error("{held} credits are held, and {left} ten-thousandths are left of the holds")]
    Holds {
        /// The wallet's held balance.
        held: Credits,
        /// What is left of the holds, in ten-thousandths of a credit.
        left: i64,
    },
}

/// An entry that is kept for less than this may be gone at any moment, by the clock of the database.
const MAY_BE_GONE: Duration = Duration::from_hours(1);

/// Proves a wallet of real or play money by its entries, oldest first. Returns the first contradiction.
///
/// A wallet of real money needs all of its entries. Those of play money are deleted after some days
/// ([`Entry::kept_until`]), so such a wallet is proven from its oldest entry that must be there.
pub fn prove(mode: Mode, wallet: &Wallet, entries: &[Entry], now: Timestamp) -> Result<(), Contradiction> {
    if let Some(foreign) = entries.iter().find(|entry| entry.cause.mode() != mode) {
        return Err(Contradiction::Mixed(foreign.seq));
    }
    let must_be_there = |entry: &&Entry| entry.kept_until().is_none_or(|until| now.plus(MAY_BE_GONE) < until);
    let kept: Vec<_> = entries.iter().filter(must_be_there).collect();
    let mut proof = match (mode, kept.first()) {
        (Mode::Live, _) => Proof::default(),
        (Mode::Test, Some(oldest)) => Proof::before(oldest),
        (Mode::Test, None) => Proof::after_all(wallet),
    };
    kept.into_iter().try_for_each(|entry| proof.add(entry))?;
    proof.finish(wallet)
}

/// The sums of a wallet's entries so far.
#[derive(Default)]
struct Proof {
    /// The last entry that is not looked at, because those up to it are deleted; 0 for none.
    deleted: EntrySeq,
    last: EntrySeq,
    available: i64,
    held: i64,
    /// What is owed. Nobody owes play money.
    owed: i64,
    /// The promotional part of what is available. Play money has none, so it is zero before the oldest entry, too.
    promo: i64,
    /// The included verifications. Play money has none.
    allowance: Option<Allowance>,
    /// What is left of each hold that is not settled.
    left: BTreeMap<EntrySeq, Left>,
    /// What is left of the holds among the deleted entries.
    left_of_deleted: i64,
}

/// What is left of a hold, in ten-thousandths of a credit.
#[derive(Clone, Copy, Default)]
struct Left {
    all: i64,
    promo: i64,
    included: Included,
}

impl Proof {
    /// Before this entry, by the balances that it notes.
    fn before(entry: &Entry) -> Self {
        let available = entry.available_after.units() - moved(entry, Account::Available);
        let held = entry.held_after.units() - moved(entry, Account::Held);
        let deleted = entry.seq.saturating_sub(1);
        Self { deleted, last: deleted, available, held, left_of_deleted: held, ..Self::default() }
    }

    /// After all entries of a wallet that has none any more. Nothing can be held: orders end sooner.
    fn after_all(wallet: &Wallet) -> Self {
        Self { deleted: wallet.seq, last: wallet.seq, available: wallet.available.units(), ..Self::default() }
    }

    /// Adds the next entry.
    fn add(&mut self, entry: &Entry) -> Result<(), Contradiction> {
        let expected = self.last + 1;
        if entry.seq != expected {
            return Err(Contradiction::Gap { expected, found: entry.seq });
        }
        self.last = entry.seq;
        self.count_included(entry).ok_or(Contradiction::Included(entry.seq))?;
        self.spend_promo(entry).ok_or(Contradiction::Promo(entry.seq))?;
        self.available += moved(entry, Account::Available);
        self.held += moved(entry, Account::Held);
        // What the account pays is owed.
        self.owed -= moved(entry, Account::Owed);
        // Promotional credit is a part of what is available, and never negative.
        if self.available < self.promo || self.held < 0 || self.owed < 0 {
            return Err(Contradiction::Negative(entry.seq));
        }
        let after = [entry.available_after, entry.held_after, entry.owed_after].map(Credits::units);
        if after != [self.available, self.held, self.owed] {
            return Err(Contradiction::Sums(entry.seq));
        }
        self.settle(entry).ok_or(Contradiction::Settlement(entry.seq))
    }

    /// Adds the promotional part of the entry; `None` if it is wrong. What is spent is promotional as far as possible.
    fn spend_promo(&mut self, entry: &Entry) -> Option<()> {
        let (amount, promo) = (entry.customers_part().units(), entry.promo.units());
        match (entry.debit, entry.credit) {
            (Account::Available, _) => {
                let spent_first = if entry.kind.takes_own_money() { 0 } else { amount.min(self.promo) };
                self.promo -= promo;
                return (promo == spent_first).then_some(());
            }
            (_, Account::Available) => self.promo += promo,
            _ => {}
        }
        (0..=amount).contains(&promo).then_some(())
    }

    /// Counts the included verifications of the entry; `None` if they are wrong.
    fn count_included(&mut self, entry: &Entry) -> Option<()> {
        let Included { amount, units } = entry.included;
        let fits = match entry.kind {
            EntryKind::Hold => {
                let left = self.allowance.map_or(0, |allowance| allowance.left(entry.at));
                units <= left && units == u32::from(amount.is_positive())
            }
            EntryKind::Capture | EntryKind::Release => true,
            _ => entry.included.is_none(),
        };
        let hold = entry.settles.map(|settled| settled.hold);
        let moved = |allowance: Allowance| allowance.moved(entry.kind, entry.included, hold);
        self.allowance = match entry.grants {
            Some(grant) => Some(Allowance::granted(self.allowance, grant, entry.seq, entry.at)),
            None => self.allowance.map(moved),
        };
        (fits && amount <= entry.amount).then_some(())
    }

    fn settle(&mut self, entry: &Entry) -> Option<()> {
        let (amount, promo) = (entry.amount.units(), entry.promo.units());
        if entry.kind.holds() {
            self.left.insert(entry.seq, Left { all: amount, promo, included: entry.included });
        }
        let Some(settlement) = entry.settles else { return Some(()) };
        if settlement.hold <= self.deleted {
            self.left_of_deleted -= amount;
            return (self.left_of_deleted >= 0).then_some(());
        }
        let left = self.left.get_mut(&settlement.hold)?;
        let included = Included {
            amount: left.included.amount.checked_take(entry.included.amount)?,
            units: left.included.units.checked_sub(entry.included.units)?,
        };
        *left = Left { all: left.all - amount, promo: left.promo - promo, included };
        let rest = *left;
        if rest.all == 0 {
            self.left.remove(&settlement.hold);
        }
        // Neither promotional credit nor the customer's own money becomes the other in a hold.
        let own = rest.all - rest.included.amount.units();
        ((0..=own).contains(&rest.promo) && settlement.closes == (rest.all == 0)).then_some(())
    }

    /// Compares the entries with the wallet.
    fn finish(&self, wallet: &Wallet) -> Result<(), Contradiction> {
        if wallet.seq != self.last {
            return Err(Contradiction::Count { wallet: wallet.seq, last: self.last });
        }
        let (available, held, sums) = (wallet.available, wallet.held, (self.available, self.held));
        if (available.units(), held.units()) != sums {
            return Err(Contradiction::Balances { available, held, sums });
        }
        if wallet.owed.units() != self.owed {
            return Err(Contradiction::Owed { owed: wallet.owed, sum: self.owed });
        }
        if wallet.promo.units() != self.promo {
            return Err(Contradiction::PromoBalance { promo: wallet.promo, sum: self.promo });
        }
        if wallet.usage.allowance != self.allowance {
            return Err(Contradiction::Allowance { wallet: wallet.usage.allowance, sum: self.allowance });
        }
        let left = self.left.values().map(|left| left.all).sum::<i64>() + self.left_of_deleted;
        if held.units() == left { Ok(()) } else { Err(Contradiction::Holds { held, left }) }
    }
}

/// What the entry adds to this account, in ten-thousandths of a credit; negative if it takes from it.
fn moved(entry: &Entry, account: Account) -> i64 {
    let side = |of: Account| i64::from(of == account);
    entry.legs().map(|(debit, credit, amount)| (side(credit) - side(debit)) * amount.units()).sum()
}

#[cfg(test)]
mod tests;
