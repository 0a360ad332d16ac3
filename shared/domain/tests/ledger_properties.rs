//! Compares the ledger with a reference under random movements: money is conserved, no balance is negative, entry
//! numbers have no gaps, every hold is settled once, promotional credit is spent first, included verifications are
//! used once and come back with their hold, and counters restart each day
//! and each month.
//! About 10,000 steps, more with `SOAK_STEPS`.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

mod support;

use namaskah_domain::{
    Credits, Timestamp,
    access::Mode,
    ledger::{Account, EntryKind, Included, LedgerError, Line, Movement, OrderKind, Route, Wallet, prove},
    money::MAX_UNITS,
    policy::{PayoutRule, RefundRule},
};
use proptest::{prelude::*, sample::Index, test_runner::TestRunner};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use support::{
    books::{self, Balances, Checked, units},
    fixtures,
    reference::{OpenHold, Reference, day_number, hold, movement, settle, settle_part},
    runs,
    shop::Shop,
    spoilt::{SPOILT, Spoilt, spoil},
};

/// One random step.
#[derive(Clone, Debug)]
enum Act {
    Later(Duration),
    TopUp(i64),
    Adjust(i64),
    Promo(i64),
    /// Refunds a payment.
    Refund(i64),
    /// Refunds all that may be paid out, and this amount more.
    RefundAll(i64),
    /// A refund of a payment comes back.
    Return(i64),
    Hold(i64),
    /// Holds the available balance plus this amount.
    HoldAll(i64),
    /// Tops up to the largest possible balance plus this amount.
    Fill(i64),
    Purchase(i64),
    /// Pays a period with included verifications; the days of the period, and whether used ones count.
    Subscribe(u32, u64, bool),
    /// Holds an amount, of which an included verification may pay up to another one.
    HoldIncluded(i64, i64),
    Capture(Index),
    Release(Index, RefundRule),
    /// Settles a part of an open hold, in percent of the remaining amount.
    Part(Index, EntryKind, i64),
    /// Settles an open hold with the held balance plus this amount.
    Overdraw(Index, EntryKind, i64),
    Spoilt(Spoilt, Index),
}

fn act() -> impl Strategy<Value = Act> {
    let settlement = prop::sample::select(vec![EntryKind::Capture, EntryKind::Release]);
    let span = prop_oneof![4 => 0_u64..5_000, 4 => 0_u64..3_600_000, 4 => Just(86_400_000), 1 => Just(28 * 86_400_000)];
    let rule = prop::sample::select(RefundRule::ALL.to_vec());
    prop_oneof![
        8 => span.prop_map(|ms| Act::Later(Duration::from_millis(ms))),
        12 => (1_i64..200_000).prop_map(Act::TopUp),
        4 => (1_i64..50_000).prop_map(Act::Adjust),
        6 => (1_i64..60_000).prop_map(Act::Promo),
        4 => (1_i64..60_000).prop_map(Act::Refund),
        2 => (0_i64..2).prop_map(Act::RefundAll),
        2 => (1_i64..60_000).prop_map(Act::Return),
        32 => (1_i64..60_000).prop_map(Act::Hold),
        4 => (0_i64..2).prop_map(Act::HoldAll),
        1 => (0_i64..2).prop_map(Act::Fill),
        4 => (1_i64..20_000).prop_map(Act::Purchase),
        2 => (0_u32..6, 0_u64..40, any::<bool>()).prop_map(|(units, days, goes_on)| Act::Subscribe(units, days, goes_on)),
        16 => (1_i64..60_000, 1_i64..60_000).prop_map(|(amount, most)| Act::HoldIncluded(amount, most)),
        16 => any::<Index>().prop_map(Act::Capture),
        16 => (any::<Index>(), settlement.clone(), 1_i64..100).prop_map(|(i, kind, share)| Act::Part(i, kind, share)),
        16 => (any::<Index>(), rule).prop_map(|(i, rule)| Act::Release(i, rule)),
        4 => (any::<Index>(), settlement, 1_i64..100).prop_map(|(i, kind, more)| Act::Overdraw(i, kind, more)),
        8 => (prop::sample::select(SPOILT.to_vec()), any::<Index>()).prop_map(|(spoilt, i)| Act::Spoilt(spoilt, i)),
    ]
}

/// The movement of a step and its expected result; `None` if the step does not apply.
fn wanted(act: &Act, reference: &Reference, now: Timestamp) -> Option<(Movement, Result<(), LedgerError>)> {
    let open = |i: &Index| (!reference.open.is_empty()).then(|| *i.get(&reference.open));
    let small = |sum: i128| i64::try_from(sum).expect("within the limits of the ledger");
    let movement = match act {
        Act::Later(_) => return None,
        Act::Spoilt(spoilt, i) => return Some((spoil(*spoilt, reference, *i)?, Err(LedgerError::Malformed))),
        Act::TopUp(amount) => movement(EntryKind::TopUp, *amount, false),
        Act::Adjust(amount) => movement(EntryKind::Adjustment, *amount, true),
        Act::Promo(amount) => movement(EntryKind::Promo, *amount, false),
        Act::Refund(amount) => by_rule(movement(EntryKind::Refund, *amount, false)),
        Act::RefundAll(more) => {
            by_rule(movement(EntryKind::Refund, small(reference.available() - reference.promo) + more, false))
        }
        Act::Return(amount) => {
            let refunded = small(reference.refunded).min(*amount);
            by_rule(movement(EntryKind::RefundReturn, refunded, false))
        }
        Act::Purchase(amount) => movement(EntryKind::Purchase, *amount, true),
        Act::Subscribe(units, days, counts_used) => {
            fixtures::subscription(*units, now.plus(Duration::from_hours(24 * days)), *counts_used)
        }
        Act::HoldIncluded(amount, most) => {
            Movement { included: Included::one(Credits::from_units(*most)), ..hold(reference.orders, *amount) }
        }
        Act::Hold(amount) => hold(reference.orders, *amount),
        Act::HoldAll(more) => hold(reference.orders, small(reference.available()) + more),
        Act::Fill(more) => {
            let room = i128::from(MAX_UNITS) - reference.available() - reference.held();
            movement(EntryKind::TopUp, small(room) + more, false)
        }
        Act::Capture(i) => settle(EntryKind::Capture, open(i)?, None),
        Act::Release(i, rule) => settle(EntryKind::Release, open(i)?, Some(*rule)),
        Act::Part(i, kind, share) => {
            let hold = open(i)?;
            let amount = (hold.amount * share / 100).max(1);
            settle_part(*kind, hold, amount, Some(RefundRule::NoCode))
        }
        Act::Overdraw(i, kind, more) => {
            let amount = small(reference.held()) + more;
            settle(*kind, OpenHold { amount, ..open(i)? }, Some(RefundRule::NoCode))
        }
    };
    let verdict =
        if movement.amount.is_positive() { reference.verdict(&movement, now) } else { Err(LedgerError::Malformed) };
    Some((movement, verdict))
}

fn by_rule(movement: Movement) -> Movement {
    Movement { rule: Some(PayoutRule::PaymentRefund.id()), ..movement }
}

/// Posts a movement, and compares the result and the entry with the expected ones.
fn post(
    shop: &mut Shop,
    reference: &mut Reference,
    movement: &Movement,
    verdict: Result<(), LedgerError>,
    now: Timestamp,
) -> Checked {
    let answer = shop.post(movement, now);
    prop_assert_eq!(answer.clone().map(|_| ()), verdict, "{:?}", movement);
    if let Ok(entry) = answer {
        prop_assert_eq!(entry.at, now);
        prop_assert_eq!(units(entry.promo), reference.promo_in(movement, now), "promotional part of {:?}", movement);
        let said = Movement {
            kind: entry.kind,
            route: Route { debit: entry.debit, credit: entry.credit },
            amount: entry.amount,
            promo: movement.promo,
            included: movement.included,
            grants: entry.grants,
            budget: entry.metered.map(|metered| metered.budget),
            lines: merged(&entry.lines),
            cause: entry.cause,
            settles: entry.settles,
            rule: entry.rule,
            actor: entry.actor,
            key: entry.key,
        };
        prop_assert_eq!(units(entry.included.amount), reference.included_in(movement, now), "{:?}", movement);
        prop_assert_eq!(&said, movement, "the entry records the movement");
        reference.record(movement, now);
    }
    Ok(())
}

/// The lines as they were before a part of them was labelled.
fn merged(lines: &[Line]) -> Vec<Line> {
    let mut merged: Vec<Line> = Vec::new();
    for line in lines {
        match merged.last_mut().filter(|last| last.what == line.what) {
            Some(last) => last.amount = last.amount.checked_add(line.amount).expect("parts of an amount"),
            None => merged.push(Line::new(line.what.clone(), line.amount)),
        }
    }
    merged
}

fn agree(shop: &Shop, reference: &Reference, now: Timestamp) -> Checked {
    books::check(&shop.wallet, &shop.entries)?;
    let sums = Balances::of(&shop.entries);
    prop_assert_eq!(sums.get(Account::GatewayClearing), reference.refunded - reference.topped_up);
    prop_assert_eq!(sums.get(Account::Promotions), -reference.given - reference.promoted);
    prop_assert_eq!(units(shop.wallet.promo), reference.promo);
    prop_assert_eq!(sums.get(Account::Adjustments), -reference.adjusted);
    prop_assert_eq!(sums.get(Account::Revenue), reference.earned);
    prop_assert_eq!(units(shop.wallet.available), reference.available());
    prop_assert_eq!(units(shop.wallet.held), reference.held());
    prop_assert_eq!(shop.wallet.seq, reference.movements);
    let usage = &shop.wallet.usage;
    prop_assert_eq!(usize::try_from(usage.open(OrderKind::Verification)), Ok(reference.open.len()));
    if reference.movements > 0 {
        prop_assert_eq!(units(usage.spent_today), reference.spent_today);
        let today = if reference.day == day_number(now) { reference.orders_today } else { 0 };
        prop_assert_eq!(usage.opened_on_day_of(OrderKind::Verification, now), today);
    }
    let spending = usage.spending.at(now);
    prop_assert_eq!(units(spending.spent), reference.spent_in(&now.month()));
    let of_orders = reference.orders_by_month.get(&now.month()).copied().unwrap_or_default();
    prop_assert_eq!(units(spending.orders), of_orders);
    let counted = usage.allowance.map(|a| (a.units, a.used, a.until, a.began));
    prop_assert_eq!(counted, reference.allowance, "included verifications");
    prop_assert_eq!(prove(Mode::Live, &shop.wallet, &shop.entries, now), Ok(()));
    let month_before = now.start_of_month().minus(Duration::from_millis(1)).month();
    prop_assert_eq!(units(spending.last_month), reference.spent_in(&month_before));
    prop_assert!(spending.forecast >= spending.spent, "{:?}", spending);
    let text = serde_json::to_string(&shop.wallet).expect("a wallet is serialisable");
    prop_assert_eq!(serde_json::from_str::<Wallet>(&text).ok(), Some(shop.wallet.clone()), "round trip of {}", text);
    Ok(())
}

#[test]
fn the_books_add_up_after_any_movements() {
    let config = runs::config();
    let thorough = runs::is_thorough(&config);
    let (refusals, spoils) = (RefCell::new(BTreeMap::<String, u32>::new()), RefCell::new(BTreeSet::new()));
    let outcome = TestRunner::new(config).run(&prop::collection::vec(act(), 1..=runs::LONGEST), |acts| {
        let (mut shop, mut reference) = (Shop::default(), Reference::default());
        let mut now = fixtures::start();
        for act in acts {
            if let Act::Later(span) = act {
                now = now.plus(span);
            }
            if let Some((movement, verdict)) = wanted(&act, &reference, now) {
                let word = format!("{verdict:?}").split(' ').next().unwrap_or_default().to_owned();
                *refusals.borrow_mut().entry(word).or_default() += 1;
                post(&mut shop, &mut reference, &movement, verdict, now)?;
                if let Act::Spoilt(spoilt, _) = act {
                    spoils.borrow_mut().insert(spoilt);
                }
            }
            agree(&shop, &reference, now)?;
        }
        // All held money can still be released, whatever the state of the ledger.
        while let Some(hold) = reference.open.first().copied() {
            let release = settle(EntryKind::Release, hold, Some(RefundRule::NoCode));
            post(&mut shop, &mut reference, &release, Ok(()), now)?;
        }
        agree(&shop, &reference, now)
    });
    let refusals = refusals.into_inner();
    println!("results of the ledger: {refusals:?}");
    outcome.expect("the books add up");
    if thorough {
        assert_eq!(refusals.len(), 5, "every result occurred: {refusals:?}");
        assert_eq!(spoils.into_inner().len(), SPOILT.len(), "every malformed movement occurred");
    }
}
