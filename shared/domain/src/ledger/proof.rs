//! The proof of a wallet: its balances are the sums of its entries, and what is held is what is left of its
//! holds.

use super::{Account, Entry, EntryKind, Wallet};
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
    /// What is left of each hold that is not settled.
    left: BTreeMap<EntrySeq, i64>,
    /// What is left of the holds among the deleted entries.
    left_of_deleted: i64,
}

impl Proof {
    /// Before this entry, by the balances that it notes.
    fn before(entry: &Entry) -> Self {
        let available = entry.available_after.units() - moved(entry, Account::Available);
        let held = entry.held_after.units() - moved(entry, Account::Held);
        let deleted = entry.seq.saturating_sub(1);
        Self { deleted, last: deleted, available, held, left: BTreeMap::new(), left_of_deleted: held }
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
        self.available += moved(entry, Account::Available);
        self.held += moved(entry, Account::Held);
        if self.available < 0 || self.held < 0 {
            return Err(Contradiction::Negative(entry.seq));
        }
        if (entry.available_after.units(), entry.held_after.units()) != (self.available, self.held) {
            return Err(Contradiction::Sums(entry.seq));
        }
        self.settle(entry).ok_or(Contradiction::Settlement(entry.seq))
    }

    fn settle(&mut self, entry: &Entry) -> Option<()> {
        if matches!(entry.kind, EntryKind::Hold | EntryKind::Freeze) {
            self.left.insert(entry.seq, entry.amount.units());
        }
        let Some(settlement) = entry.settles else { return Some(()) };
        if settlement.hold <= self.deleted {
            self.left_of_deleted -= entry.amount.units();
            return (self.left_of_deleted >= 0).then_some(());
        }
        let left = self.left.get_mut(&settlement.hold)?;
        *left -= entry.amount.units();
        let rest = *left;
        if rest == 0 {
            self.left.remove(&settlement.hold);
        }
        (rest >= 0 && settlement.closes == (rest == 0)).then_some(())
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
        let left = self.left.values().sum::<i64>() + self.left_of_deleted;
        if held.units() == left { Ok(()) } else { Err(Contradiction::Holds { held, left }) }
    }
}

/// What the entry adds to this account, in ten-thousandths of a credit; negative if it takes from it.
fn moved(entry: &Entry, account: Account) -> i64 {
    let amount = entry.amount.units();
    i64::from(entry.credit == account) * amount - i64::from(entry.debit == account) * amount
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Actor, OrderId,
        ledger::{Cause, Movement, Settlement},
        policy::RefundRule,
        sandbox,
    };

    fn hour(hour: u64) -> Timestamp {
        Timestamp::default().plus(Duration::from_hours(hour))
    }

    fn books() -> (Wallet, Vec<Entry>) {
        books_of(Mode::Live)
    }

    /// A wallet with ₵10, of which one price was captured and another is held; and its entries, one in each hour.
    fn books_of(mode: Mode) -> (Wallet, Vec<Entry>) {
        let order = Cause::Verification { verification_id: OrderId::of(mode, hour(0), 1) };
        let operator = match mode {
            Mode::Live => Cause::Operator { reason: "test".to_owned() },
            Mode::Test => Cause::Sandbox,
        };
        let movement = |kind, units, cause: &Cause| {
            Movement::new(kind, Credits::from_units(units), cause.clone(), Actor::system("test"))
        };
        let settles = |hold| Some(Settlement { hold, closes: true });
        let rule = Some(RefundRule::NoCode.id());
        let movements = [
            movement(EntryKind::Promo, 100_000, &operator),
            movement(EntryKind::Hold, 5_000, &order),
            movement(EntryKind::Hold, 6_000, &order),
            Movement { settles: settles(2), ..movement(EntryKind::Capture, 5_000, &order) },
            movement(EntryKind::Hold, 7_000, &order),
            Movement { settles: settles(3), rule, ..movement(EntryKind::Release, 6_000, &order) },
        ];
        movements.iter().zip(0..).fold((Wallet::default(), Vec::new()), |(wallet, mut entries), (movement, n)| {
            let (after, entry) = wallet.post(movement, hour(n)).unwrap();
            entries.push(entry);
            (after, entries)
        })
    }

    #[test]
    fn a_wallet_that_was_only_posted_to_is_proven() {
        let (wallet, entries) = books();
        assert_eq!(prove(Mode::Live, &wallet, &entries, hour(6)), Ok(()));
        assert_eq!(prove(Mode::Live, &Wallet::default(), &[], hour(6)), Ok(()));
    }

    #[test]
    fn an_entry_in_the_other_wallet_is_found() {
        let (wallet, mut entries) = books();
        assert_eq!(prove(Mode::Test, &wallet, &entries, hour(6)), Err(Contradiction::Mixed(1)));
        entries[2].cause = Cause::Verification { verification_id: OrderId::of(Mode::Test, Timestamp::default(), 1) };
        assert_eq!(prove(Mode::Live, &wallet, &entries, hour(6)), Err(Contradiction::Mixed(3)));
    }

    #[test]
    fn every_change_of_a_figure_is_found() {
        let (wallet, entries) = books();
        let one = Credits::from_units(1);
        let more = |credits: Credits| credits.checked_add(one).unwrap();
        let wallets = [
            Wallet { available: more(wallet.available), ..wallet.clone() },
            Wallet { held: more(wallet.held), ..wallet.clone() },
            Wallet { seq: wallet.seq + 1, ..wallet.clone() },
        ];
        for changed in wallets {
            assert!(prove(Mode::Live, &changed, &entries, hour(6)).is_err(), "{changed:?}");
        }
        for place in 0..entries.len() {
            let changed = |change: fn(&mut Entry)| {
                let mut entries = entries.clone();
                change(&mut entries[place]);
                prove(Mode::Live, &wallet, &entries, hour(6))
            };
            assert!(changed(|entry| entry.amount = Credits::from_units(entry.amount.units() + 1)).is_err(), "{place}");
            assert!(changed(|entry| entry.available_after = Credits::ZERO).is_err(), "{place}");
            assert!(changed(|entry| entry.held_after = Credits::from_units(1)).is_err(), "{place}");
            assert!(changed(|entry| std::mem::swap(&mut entry.debit, &mut entry.credit)).is_err(), "{place}");
            let mut missing = entries.clone();
            missing.remove(place);
            assert!(prove(Mode::Live, &wallet, &missing, hour(6)).is_err(), "{place}");
        }
    }

    #[test]
    fn a_hold_is_settled_once() {
        let (wallet, mut entries) = books();
        entries[5].settles = Some(Settlement { hold: 2, closes: true });
        assert_eq!(prove(Mode::Live, &wallet, &entries, hour(6)), Err(Contradiction::Settlement(6)));
    }

    #[test]
    fn play_money_is_proven_by_the_entries_that_must_be_there() {
        let (wallet, entries) = books_of(Mode::Test);
        let days = |hours: u64| Timestamp::default().plus(sandbox::KEPT).plus(Duration::from_hours(hours));
        let proof = |entries: &[Entry], now| prove(Mode::Test, &wallet, entries, now);
        assert_eq!(proof(&entries, hour(6)), Ok(()));
        // Holds of deleted entries are settled by later ones.
        for (gone, hours) in (1..6).zip(0..) {
            let now = days(hours).minus(MAY_BE_GONE);
            assert_eq!(proof(&entries[gone..], now), Ok(()), "{gone}");
            assert_eq!(proof(&entries, now), Ok(()), "DynamoDB deletes late");
            let with_a_gap: Vec<_> = entries[..1].iter().chain(&entries[gone..]).cloned().collect();
            assert_eq!(proof(&with_a_gap, now), Ok(()), "and in any order");
        }
        let mut wrong = entries.clone();
        wrong.remove(4);
        assert_eq!(proof(&wrong, days(1)), Err(Contradiction::Gap { expected: 5, found: 6 }));
        let poorer = Wallet { available: Credits::ZERO, ..wallet.clone() };
        assert!(matches!(prove(Mode::Test, &poorer, &entries[3..], days(1)), Err(Contradiction::Balances { .. })));
        assert!(prove(Mode::Test, &wallet, &[], days(9)).is_err(), "nothing is held for days");
        let cause = Cause::Operator { reason: "test".to_owned() };
        let live: Vec<_> = entries.into_iter().map(|entry| Entry { cause: cause.clone(), ..entry }).collect();
        assert_eq!(prove(Mode::Live, &wallet, &live[1..], days(9)), Err(Contradiction::Gap { expected: 1, found: 2 }));
    }
}
