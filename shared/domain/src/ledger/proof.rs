//! The proof of a wallet: its balances are the sums of its entries, and what is held is what is left of its
//! holds.

use super::{Account, Entry, EntryKind, Wallet};
use crate::{Credits, EntrySeq, access::Mode};
use std::collections::BTreeMap;
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

/// Proves a wallet of real or play money by all of its entries, oldest first. Returns the first contradiction.
pub fn prove(mode: Mode, wallet: &Wallet, entries: &[Entry]) -> Result<(), Contradiction> {
    let mut proof = Proof::default();
    if let Some(foreign) = entries.iter().find(|entry| entry.cause.mode() != mode) {
        return Err(Contradiction::Mixed(foreign.seq));
    }
    entries.iter().try_for_each(|entry| proof.add(entry))?;
    proof.finish(wallet)
}

/// The sums of a wallet's entries so far.
#[derive(Default)]
struct Proof {
    last: EntrySeq,
    available: i64,
    held: i64,
    /// What is left of each hold that is not settled.
    left: BTreeMap<EntrySeq, i64>,
}

impl Proof {
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
        let left = self.left.values().sum();
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
        Actor, OrderId, Timestamp,
        ledger::{Cause, Movement, Settlement},
        policy::RefundRule,
    };

    /// A wallet with ₵10, of which one price was captured and another is held; and its entries.
    fn books() -> (Wallet, Vec<Entry>) {
        let at = Timestamp::from_millis(0);
        let order = Cause::Verification { verification_id: OrderId::new(at, 1) };
        let operator = Cause::Operator { reason: "test".to_owned() };
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
        movements.iter().fold((Wallet::default(), Vec::new()), |(wallet, mut entries), movement| {
            let (after, entry) = wallet.post(movement, at).unwrap();
            entries.push(entry);
            (after, entries)
        })
    }

    #[test]
    fn a_wallet_that_was_only_posted_to_is_proven() {
        let (wallet, entries) = books();
        assert_eq!(prove(Mode::Live, &wallet, &entries), Ok(()));
        assert_eq!(prove(Mode::Live, &Wallet::default(), &[]), Ok(()));
    }

    #[test]
    fn an_entry_in_the_other_wallet_is_found() {
        let (wallet, mut entries) = books();
        assert_eq!(prove(Mode::Test, &wallet, &entries), Err(Contradiction::Mixed(1)));
        entries[2].cause = Cause::Verification { verification_id: OrderId::of(Mode::Test, Timestamp::default(), 1) };
        assert_eq!(prove(Mode::Live, &wallet, &entries), Err(Contradiction::Mixed(3)));
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
            assert!(prove(Mode::Live, &changed, &entries).is_err(), "{changed:?}");
        }
        for place in 0..entries.len() {
            let changed = |change: fn(&mut Entry)| {
                let mut entries = entries.clone();
                change(&mut entries[place]);
                prove(Mode::Live, &wallet, &entries)
            };
            assert!(changed(|entry| entry.amount = Credits::from_units(entry.amount.units() + 1)).is_err(), "{place}");
            assert!(changed(|entry| entry.available_after = Credits::ZERO).is_err(), "{place}");
            assert!(changed(|entry| entry.held_after = Credits::from_units(1)).is_err(), "{place}");
            assert!(changed(|entry| std::mem::swap(&mut entry.debit, &mut entry.credit)).is_err(), "{place}");
            let mut missing = entries.clone();
            missing.remove(place);
            assert!(prove(Mode::Live, &wallet, &missing).is_err(), "{place}");
        }
    }

    #[test]
    fn a_hold_is_settled_once() {
        let (wallet, mut entries) = books();
        entries[5].settles = Some(Settlement { hold: 2, closes: true });
        assert_eq!(prove(Mode::Live, &wallet, &entries), Err(Contradiction::Settlement(6)));
    }
}
