//! The books, read by a fold over the entries' two accounts and nothing else.

use namaskah_domain::{
    Credits, EntrySeq,
    ledger::{Account, Entry, EntryKind, Wallet},
};
use proptest::{prop_assert, prop_assert_eq, test_runner::TestCaseError};
use std::collections::BTreeMap;

/// The outcome of looking for something wrong.
pub type Checked = Result<(), TestCaseError>;

/// The sum of each account: what it received less what it paid.
#[derive(Clone, Debug, Default)]
pub struct Balances(BTreeMap<Account, i128>);

impl Balances {
    /// The balances after these entries.
    pub fn of(entries: &[Entry]) -> Self {
        let mut balances = Self::default();
        for entry in entries {
            balances.add(entry);
        }
        balances
    }

    /// One account's sum.
    pub fn get(&self, account: Account) -> i128 {
        self.0.get(&account).copied().unwrap_or(0)
    }

    fn add(&mut self, entry: &Entry) {
        *self.0.entry(entry.debit).or_default() -= units(entry.amount);
        *self.0.entry(entry.credit).or_default() += units(entry.amount);
    }
}

/// An amount that can be summed without limits.
pub fn units(amount: Credits) -> i128 {
    i128::from(amount.units())
}

/// The holds that nothing settled yet, by their numbers.
pub fn open_holds(entries: &[Entry]) -> BTreeMap<EntrySeq, &Entry> {
    let mut open: BTreeMap<_, _> = entries.iter().filter(|e| e.kind == EntryKind::Hold).map(|e| (e.seq, e)).collect();
    for seq in entries.iter().filter_map(|entry| entry.settles) {
        open.remove(&seq);
    }
    open
}

/// Everything that must hold between a wallet and its entries, whatever moved.
pub fn check(wallet: &Wallet, entries: &[Entry]) -> Checked {
    let mut running = Balances::default();
    let mut settled: BTreeMap<EntrySeq, EntrySeq> = BTreeMap::new();
    for (number, entry) in (1..).zip(entries) {
        prop_assert_eq!(entry.seq, number, "entries are numbered 1, 2, 3 … without gaps");
        prop_assert_eq!((entry.debit, entry.credit), route(entry.kind), "{:?} takes its one route", entry.kind);
        prop_assert!(entry.amount.is_positive(), "entry {number} moves {}", entry.amount);
        running.add(entry);
        prop_assert_eq!(units(entry.available_after), running.get(Account::Available), "available after {}", number);
        prop_assert_eq!(units(entry.held_after), running.get(Account::Held), "held after {}", number);
        prop_assert!(running.get(Account::Available) >= 0 && running.get(Account::Held) >= 0, "negative at {number}");
        if let Some(hold) = entry.settles {
            prop_assert_eq!(settled.insert(hold, number), None, "hold {} is settled once", hold);
            check_settlement(entries, entry, hold)?;
        }
    }
    prop_assert_eq!(units(wallet.available), running.get(Account::Available), "BALANCE = fold of its entries");
    prop_assert_eq!(units(wallet.held), running.get(Account::Held), "BALANCE = fold of its entries");
    prop_assert_eq!(usize::try_from(wallet.seq), Ok(entries.len()), "the wallet knows its newest entry");
    let open = open_holds(entries);
    let held: i128 = open.values().map(|hold| units(hold.amount)).sum();
    prop_assert_eq!(units(wallet.held), held, "held = sum of the open holds");
    prop_assert_eq!(usize::try_from(wallet.usage.open_orders), Ok(open.len()), "open orders = open holds");
    Ok(())
}

fn check_settlement(entries: &[Entry], entry: &Entry, hold: EntrySeq) -> Checked {
    // The numbers were found to have no gaps, so an entry stands at its own place.
    let place = usize::try_from(hold).ok().and_then(|hold| hold.checked_sub(1));
    let hold = place.and_then(|place| entries.get(place)).filter(|e| e.kind == EntryKind::Hold && e.seq < entry.seq);
    prop_assert!(hold.is_some(), "entry {} settles a hold that came before", entry.seq);
    let hold = hold.map(|hold| (&hold.order_id, hold.amount));
    prop_assert_eq!(hold, Some((&entry.order_id, entry.amount)), "a hold is settled in full, for its own order");
    Ok(())
}

/// The double entry of each kind, as the price list's bookkeeping has it.
fn route(kind: EntryKind) -> (Account, Account) {
    match kind {
        EntryKind::TopUp => (Account::GatewayClearing, Account::Available),
        EntryKind::Adjustment => (Account::Adjustments, Account::Available),
        EntryKind::Hold => (Account::Available, Account::Held),
        EntryKind::Capture => (Account::Held, Account::Revenue),
        EntryKind::Release => (Account::Held, Account::Available),
    }
}
