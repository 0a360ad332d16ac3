//! Checks the books independently of the wallet, by a fold over the two accounts of each entry.

use namaskah_domain::{
    Credits, EntrySeq, Timestamp,
    ledger::{Account, Entry, EntryKind, OrderKind, Settlement, Wallet},
};
use proptest::{prop_assert, prop_assert_eq, test_runner::TestCaseError};
use std::collections::{BTreeMap, BTreeSet};

/// The result of a check.
pub type Checked = Result<(), TestCaseError>;

/// The balance of each account: credits minus debits.
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

    /// The balance of an account.
    pub fn get(&self, account: Account) -> i128 {
        self.0.get(&account).copied().unwrap_or(0)
    }

    fn add(&mut self, entry: &Entry) {
        // What included verifications pay comes from the house's promotions instead of the customer, and goes back there.
        let included = units(entry.included.amount);
        let promotion = match entry.kind {
            EntryKind::Hold => included,
            EntryKind::Release => -included,
            _ => 0,
        };
        *self.0.entry(entry.debit).or_default() -= units(entry.amount);
        *self.0.entry(entry.credit).or_default() += units(entry.amount);
        *self.0.entry(Account::Available).or_default() += promotion;
        *self.0.entry(Account::Promotions).or_default() -= promotion;
    }
}

/// An amount that can be summed without overflow.
pub fn units(amount: Credits) -> i128 {
    i128::from(amount.units())
}

/// The remaining amount of each open hold and freeze, by its entry number.
pub fn open_holds(entries: &[Entry]) -> BTreeMap<EntrySeq, i128> {
    let is_hold = |entry: &&Entry| matches!(entry.kind, EntryKind::Hold | EntryKind::Freeze | EntryKind::Debt);
    let mut left: BTreeMap<_, _> = entries.iter().filter(is_hold).map(|e| (e.seq, units(e.amount))).collect();
    for entry in entries {
        if let Some(settled) = entry.settles {
            *left.entry(settled.hold).or_default() -= units(entry.amount);
        }
    }
    left.retain(|_, left| *left != 0);
    left
}

/// Checks the invariants of a wallet and its entries.
pub fn check(wallet: &Wallet, entries: &[Entry]) -> Checked {
    let mut running = Balances::default();
    let mut promo = 0;
    let mut allowance = Counted::default();
    for (number, entry) in (1..).zip(entries) {
        prop_assert_eq!(entry.seq, number, "entries are numbered 1, 2, 3 … without gaps");
        let route = (entry.debit, entry.credit);
        prop_assert!(routes(entry.kind).contains(&route), "{:?} took {:?}", entry.kind, route);
        prop_assert!(entry.amount.is_positive(), "entry {number} moves {}", entry.amount);
        running.add(entry);
        promo = promo_after(promo, entry)?;
        allowance.add(entry)?;
        prop_assert!(promo <= running.get(Account::Available), "promotional credit is a part of what is available");
        prop_assert_eq!(units(entry.available_after), running.get(Account::Available), "available after {}", number);
        prop_assert_eq!(units(entry.held_after), running.get(Account::Held), "held after {}", number);
        prop_assert!(running.get(Account::Available) >= 0 && running.get(Account::Held) >= 0, "negative at {number}");
        prop_assert_eq!(units(entry.owed_after), -running.get(Account::Owed), "owed after {}", number);
        let is_bought = matches!(entry.kind, EntryKind::Hold | EntryKind::Purchase);
        prop_assert!(!is_bought || entry.owed_after.is_zero(), "whoever owes money buys nothing");
        if let Some(settlement) = entry.settles {
            check_settlement(entries, entry, settlement)?;
        }
    }
    prop_assert_eq!(units(wallet.available), running.get(Account::Available), "balance = fold of the entries");
    prop_assert_eq!(units(wallet.held), running.get(Account::Held), "balance = fold of the entries");
    prop_assert_eq!(units(wallet.owed), -running.get(Account::Owed), "debt = fold of the entries");
    prop_assert_eq!(units(wallet.promo), promo, "promotional credit = fold of the entries");
    prop_assert_eq!(usize::try_from(wallet.seq), Ok(entries.len()), "the wallet has the number of its newest entry");
    let counted = wallet.usage.allowance.map(|allowance| (allowance.units, allowance.used));
    prop_assert_eq!(counted, allowance.granted.map(|(units, ..)| (units, allowance.used())), "included = fold");
    let open = open_holds(entries);
    prop_assert!(open.values().all(|left| *left > 0), "settlements do not exceed their hold: {:?}", open);
    prop_assert_eq!(units(wallet.held), open.values().sum::<i128>(), "held = rest of the holds");
    for kind in [OrderKind::Verification, OrderKind::Rental] {
        let is_open = |entry: &&Entry| open.contains_key(&entry.seq) && entry.cause.order_kind() == Some(kind);
        let counted = usize::try_from(wallet.usage.open(kind));
        prop_assert_eq!(counted, Ok(entries.iter().filter(is_open).count()), "open orders = open holds, {:?}", kind);
    }
    Ok(())
}

/// The included verifications of some entries, counted by the holds that used them.
#[derive(Default)]
struct Counted {
    /// How many there are, and the end of their period.
    granted: Option<(u32, Timestamp)>,
    /// The holds whose included verification did not come back, since the last period that began anew.
    users: BTreeSet<EntrySeq>,
}

impl Counted {
    fn used(&self) -> u32 {
        u32::try_from(self.users.len()).unwrap_or(u32::MAX)
    }

    fn add(&mut self, entry: &Entry) -> Checked {
        if let Some(grant) = entry.grants {
            let goes_on = grant.counts_used && self.granted.is_some_and(|(_, until)| entry.at < until);
            if !goes_on {
                self.users.clear();
            }
            self.granted = Some((grant.units, grant.until));
        }
        let units = entry.included.units;
        match (entry.kind, entry.settles) {
            (EntryKind::Hold, _) if units > 0 => {
                let (all, until) = self.granted.unwrap_or_default();
                prop_assert!(
                    entry.at < until && self.used() < all,
                    "an included verification is left at {}",
                    entry.seq
                );
                prop_assert!(units == 1 && entry.included.amount.is_positive(), "{:?}", entry.included);
                self.users.insert(entry.seq);
            }
            (EntryKind::Release, Some(settled)) if units > 0 => {
                self.users.remove(&settled.hold);
            }
            _ => {}
        }
        Ok(())
    }
}

/// The promotional credit after an entry. It is spent first, and not at all by what leaves for a gateway.
fn promo_after(before: i128, entry: &Entry) -> Result<i128, TestCaseError> {
    let (amount, part) = (units(entry.amount) - units(entry.included.amount), units(entry.promo));
    let wanted = match (entry.kind, entry.debit) {
        (
            EntryKind::TopUp
            | EntryKind::RefundReturn
            | EntryKind::Freeze
            | EntryKind::Debt
            | EntryKind::Repayment
            | EntryKind::Chargeback,
            _,
        )
        | (EntryKind::Refund, Account::Available)
        | (_, Account::Sandbox) => 0,
        (_, Account::Available) => amount.min(before),
        (EntryKind::Promo, _) => amount,
        _ => part,
    };
    prop_assert_eq!(part, wanted, "promotional part of entry {}", entry.seq);
    prop_assert!((0..=amount).contains(&part), "promotional part of entry {}", entry.seq);
    let side = |account| i128::from(account == Account::Available);
    Ok(before + part * (side(entry.credit) - side(entry.debit)))
}

fn check_settlement(entries: &[Entry], entry: &Entry, settlement: Settlement) -> Checked {
    // Entry numbers have no gaps, so they are also indices.
    let place = usize::try_from(settlement.hold).ok().and_then(|hold| hold.checked_sub(1));
    let hold = place.and_then(|place| entries.get(place)).filter(|hold| hold.seq < entry.seq);
    prop_assert!(hold.is_some(), "entry {} settles an earlier hold", entry.seq);
    let settled_by = |e: &&Entry| e.seq <= entry.seq && e.settles.is_some_and(|s| s.hold == settlement.hold);
    let settled: i128 = entries.iter().filter(settled_by).map(|e| units(e.amount)).sum();
    if let Some(hold) = hold {
        let settles: &[_] = match hold.kind {
            EntryKind::Hold => &[EntryKind::Capture, EntryKind::Release],
            EntryKind::Freeze | EntryKind::Debt => &[EntryKind::Chargeback, EntryKind::Release],
            _ => &[],
        };
        prop_assert!(settles.contains(&entry.kind), "{:?} settles {:?}", entry.kind, hold.kind);
        prop_assert_eq!(&hold.cause, &entry.cause, "a settlement has the cause of its hold");
        prop_assert_eq!(settlement.closes, settled == units(hold.amount), "the last settlement closes the hold");
        let promo: i128 = entries.iter().filter(settled_by).map(|e| units(e.promo)).sum();
        prop_assert!(promo <= units(hold.promo), "no more promotional credit than was held");
        prop_assert!(!settlement.closes || promo == units(hold.promo), "and no less");
        let included: i128 = entries.iter().filter(settled_by).map(|e| units(e.included.amount)).sum();
        prop_assert!(included <= units(hold.included.amount), "no more than included verifications paid");
        prop_assert!(!settlement.closes || included == units(hold.included.amount), "and no less");
        let moved: u32 = entries.iter().filter(settled_by).map(|e| e.included.units).sum();
        prop_assert!(moved <= hold.included.units, "an included verification comes back once");
        prop_assert!(!settlement.closes || moved == hold.included.units, "or is used up");
    }
    Ok(())
}

/// The debit and credit accounts of each kind, from the bookkeeping of the price list.
fn routes(kind: EntryKind) -> &'static [(Account, Account)] {
    use Account::{Adjustments, Available, GatewayClearing, Held, Owed, Promotions, Revenue, Sandbox, Transfers};
    match kind {
        EntryKind::TopUp | EntryKind::RefundReturn => &[(GatewayClearing, Available)],
        EntryKind::Adjustment => &[(Adjustments, Available), (Available, Adjustments)],
        EntryKind::Hold | EntryKind::Freeze => &[(Available, Held)],
        EntryKind::Capture => &[(Held, Revenue), (Held, Sandbox)],
        EntryKind::Debt => &[(Owed, Held)],
        EntryKind::Repayment => &[(Available, Owed)],
        EntryKind::Release => &[(Held, Available), (Held, Owed)],
        EntryKind::Chargeback => &[(Held, GatewayClearing)],
        EntryKind::Refund => &[(Revenue, Available), (Available, GatewayClearing)],
        EntryKind::Purchase | EntryKind::Fee => &[(Available, Revenue)],
        EntryKind::Promo => &[(Promotions, Available), (Sandbox, Available)],
        EntryKind::Transfer => &[(Transfers, Available), (Available, Transfers)],
    }
}
