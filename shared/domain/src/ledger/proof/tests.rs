use super::*;
use crate::{
    Actor, OrderId, PaymentId,
    ledger::{Cause, EntryKind, Movement, Settlement, Taken},
    policy::RefundRule,
    sandbox,
};

fn hour(hour: u64) -> Timestamp {
    Timestamp::default().plus(Duration::from_hours(hour))
}

/// The books after these movements, one in each hour.
fn posted(movements: &[Movement]) -> (Wallet, Vec<Entry>) {
    movements.iter().zip(0..).fold((Wallet::default(), Vec::new()), |(wallet, mut entries), (movement, n)| {
        let (after, entry) = wallet.post(movement, hour(n)).unwrap();
        entries.push(entry);
        (after, entries)
    })
}

fn movement(kind: EntryKind, units: i64, cause: &Cause) -> Movement {
    Movement::new(kind, Credits::from_units(units), cause.clone(), Actor::system("test"))
}

/// A settlement of all of a hold, of which this much is promotional.
fn settling(hold: EntrySeq, promo: i64, movement: Movement) -> Movement {
    let settlement = Settlement { hold, closes: true };
    let rule = movement.kind.needs_rule().then(|| RefundRule::NoCode.id());
    Movement { rule, ..movement }.settling(Some(Taken {
        settlement,
        promo: Credits::from_units(promo),
        included: Included::NONE,
    }))
}

/// A wallet with ₵10, of which ₵0.80 were a gift. Of three holds, the first was captured, the second released, and the
/// third is open.
fn books() -> (Wallet, Vec<Entry>) {
    let order = Cause::Verification { verification_id: OrderId::new(hour(0), 1) };
    let payment = Cause::Payment { payment_id: PaymentId::new(hour(0), 1) };
    posted(&[
        movement(EntryKind::TopUp, 92_000, &payment),
        movement(EntryKind::Promo, 8_000, &Cause::Registration),
        movement(EntryKind::Hold, 5_000, &order),
        movement(EntryKind::Hold, 6_000, &order),
        settling(3, 5_000, movement(EntryKind::Capture, 5_000, &order)),
        movement(EntryKind::Hold, 7_000, &order),
        settling(4, 3_000, movement(EntryKind::Release, 6_000, &order)),
    ])
}

/// The same with play money.
fn play_books() -> (Wallet, Vec<Entry>) {
    let order = Cause::Verification { verification_id: OrderId::of(Mode::Test, hour(0), 1) };
    posted(&[
        movement(EntryKind::Promo, 100_000, &Cause::Sandbox),
        movement(EntryKind::Hold, 5_000, &order),
        movement(EntryKind::Hold, 6_000, &order),
        settling(2, 0, movement(EntryKind::Capture, 5_000, &order)),
        movement(EntryKind::Hold, 7_000, &order),
        settling(3, 0, movement(EntryKind::Release, 6_000, &order)),
    ])
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
        Wallet { promo: more(wallet.promo), ..wallet.clone() },
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
        assert!(changed(|entry| entry.promo = Credits::from_units(entry.promo.units() + 1)).is_err(), "{place}");
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
    entries[6].settles = Some(Settlement { hold: 3, closes: true });
    assert_eq!(prove(Mode::Live, &wallet, &entries, hour(6)), Err(Contradiction::Settlement(7)));
}

#[test]
fn promotional_credit_and_own_money_do_not_become_each_other() {
    let (wallet, entries) = books();
    assert_eq!((wallet.promo, wallet.own_money()), (Credits::from_units(3_000), Credits::from_units(85_000)));
    let given_as_own = |place: usize, promo| {
        let mut entries = entries.clone();
        entries[place].promo = Credits::from_units(promo);
        let sum: i64 = entries.iter().map(promo_moved).sum();
        prove(Mode::Live, &Wallet { promo: Credits::from_units(sum), ..wallet.clone() }, &entries, hour(6))
    };
    assert_eq!(given_as_own(6, 3_000), Ok(()));
    for (place, promo, wrong) in [
        (6, 0, Contradiction::Settlement(7)),
        (6, 6_000, Contradiction::Settlement(7)),
        (4, 4_000, Contradiction::Settlement(5)),
        (2, 4_000, Contradiction::Promo(3)),
        (3, 4_000, Contradiction::Promo(4)),
        (5, 1, Contradiction::Promo(6)),
        (1, 8_001, Contradiction::Promo(2)),
        (1, -1, Contradiction::Promo(2)),
    ] {
        assert_eq!(given_as_own(place, promo), Err(wrong), "{place} {promo}");
    }
}

/// What an entry adds to the promotional credit of its wallet.
fn promo_moved(entry: &Entry) -> i64 {
    entry.promo.units() * (i64::from(entry.credit == Account::Available) - i64::from(entry.debit == Account::Available))
}

#[test]
fn what_was_stored_before_there_was_promotional_credit_is_proven() {
    let without_promo = |value: &mut serde_json::Value| value.as_object_mut().unwrap().remove("promo");
    let (wallet, entries) = books();
    let mut stored = serde_json::to_value((&wallet, &entries)).unwrap();
    without_promo(&mut stored[0]).expect("stored in each wallet");
    let gifts = stored[1].as_array_mut().unwrap().iter_mut().filter_map(without_promo).count();
    assert_eq!(gifts, 5, "stored in entries with promotional credit only");
    let (wallet, entries): (Wallet, Vec<Entry>) = serde_json::from_value(stored).unwrap();
    assert_eq!(prove(Mode::Live, &wallet, &entries, hour(6)), Ok(()));
    assert_eq!(wallet.own_money(), wallet.available);
}

#[test]
fn play_money_is_proven_by_the_entries_that_must_be_there() {
    let (wallet, entries) = play_books();
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
