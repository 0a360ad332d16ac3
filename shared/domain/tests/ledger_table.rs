//! What the ledger accepts and refuses, case by case.

#![allow(clippy::expect_used, reason = "a test may stop at the first surprise")]

mod support;

use namaskah_domain::{
    Credits, EntrySeq, Timestamp,
    ledger::{Entry, EntryKind, LedgerError, Line, Movement, Usage, Wallet},
    money::MAX_UNITS,
    policy::RefundRule,
};
use support::fixtures::{at, credits, order_id, start, top_up, user};

const KINDS: [EntryKind; 5] =
    [EntryKind::TopUp, EntryKind::Adjustment, EntryKind::Hold, EntryKind::Capture, EntryKind::Release];

/// A movement of ₵1 for the n-th order, with what its kind needs.
fn movement(kind: EntryKind, settles: EntrySeq) -> Movement {
    let of_order = matches!(kind, EntryKind::Hold | EntryKind::Capture | EntryKind::Release);
    let settlement = matches!(kind, EntryKind::Capture | EntryKind::Release);
    Movement {
        kind,
        order_id: of_order.then(|| order_id(1)),
        settles: settlement.then_some(settles),
        rule: (kind == EntryKind::Release).then_some(RefundRule::NoCode),
        ..top_up(credits("1"))
    }
}

fn after(wallet: &Wallet, movement: &Movement, at: Timestamp) -> Wallet {
    wallet.post(movement, at).expect("a good movement").0
}

/// ₵10 paid in, ₵1 held by entry 2.
fn wallet() -> Wallet {
    let paid = after(&Wallet::default(), &top_up(credits("10")), start());
    after(&paid, &movement(EntryKind::Hold, 0), start())
}

fn refusal(wallet: &Wallet, movement: &Movement) -> Option<LedgerError> {
    wallet.post(movement, start()).err()
}

#[test]
fn each_kind_needs_its_order_its_hold_and_its_rule() {
    let mut table = String::from("order hold rule | top_up adjustment hold capture release\n");
    for shape in 0..8 {
        let (order, hold, rule) = (shape & 4 != 0, shape & 2 != 0, shape & 1 != 0);
        let mut row = [order, hold, rule].map(|has| if has { "yes" } else { "-" }).join(" ");
        row.push_str(" |");
        for kind in KINDS {
            let movement = Movement {
                order_id: order.then(|| order_id(1)),
                settles: hold.then_some(2),
                rule: rule.then_some(RefundRule::NoCode),
                ..movement(kind, 2)
            };
            row.push_str(if refusal(&wallet(), &movement).is_none() { " ok" } else { " no" });
        }
        table.push_str(&row);
        table.push('\n');
    }
    println!("{table}");
    let wanted = "\
order hold rule | top_up adjustment hold capture release
- - - | ok ok no no no
- - yes | ok ok no no no
- yes - | no no no no no
- yes yes | no no no no no
yes - - | ok ok ok no no
yes - yes | ok ok ok no no
yes yes - | no no no ok no
yes yes yes | no no no ok ok
";
    assert_eq!(table, wanted);
}

#[test]
fn nothing_and_less_than_nothing_do_not_move() {
    for kind in KINDS {
        for units in [0, -1, i64::MIN] {
            let movement = Movement { amount: Credits::from_units(units), ..movement(kind, 2) };
            assert_eq!(refusal(&wallet(), &movement), Some(LedgerError::Malformed), "{kind:?} of {units}");
        }
    }
}

#[test]
fn the_parts_are_the_amount() {
    let cases: [(&[i64], bool); 7] = [
        (&[], true),
        (&[10_000], true),
        (&[9_999, 1], true),
        (&[9_999], false),
        (&[10_000, 1], false),
        (&[i64::MAX, 1], false),
        (&[i64::MAX, i64::MAX, 10_002], false),
    ];
    for (parts, fits) in cases {
        assert_eq!(refusal(&wallet(), &in_parts(parts)).is_none(), fits, "{parts:?}");
    }
}

#[test]
fn no_part_is_nothing_or_less() {
    for parts in [[10_001, -1], [10_000, 0]] {
        assert_eq!(refusal(&wallet(), &in_parts(&parts)), Some(LedgerError::Malformed), "{parts:?}");
    }
}

fn in_parts(parts: &[i64]) -> Movement {
    let line = |units: &i64| Line { what: "sms".to_owned(), amount: Credits::from_units(*units) };
    Movement { lines: parts.iter().map(line).collect(), ..movement(EntryKind::Hold, 0) }
}

#[test]
fn a_hold_says_how_much_is_missing() {
    for (price, missing) in [("9", None), ("9.0001", Some("0.0001")), ("1000", Some("991"))] {
        let movement = Movement { amount: credits(price), ..movement(EntryKind::Hold, 0) };
        let wanted = missing.map(|missing| LedgerError::InsufficientFunds { missing: credits(missing) });
        assert_eq!(refusal(&wallet(), &movement), wanted, "{price}");
    }
}

#[test]
fn a_hold_is_settled_once() {
    for first in [EntryKind::Capture, EntryKind::Release] {
        let settled = after(&wallet(), &movement(first, 2), start());
        for second in [EntryKind::Capture, EntryKind::Release] {
            let again = refusal(&settled, &movement(second, 2));
            assert_eq!(again, Some(LedgerError::NotHeld), "{first:?}, then {second:?}");
        }
    }
}

#[test]
fn no_more_is_settled_than_is_held() {
    for kind in [EntryKind::Capture, EntryKind::Release] {
        let movement = Movement { amount: credits("1.0001"), ..movement(kind, 2) };
        assert_eq!(refusal(&wallet(), &movement), Some(LedgerError::NotHeld), "{kind:?}");
    }
}

#[test]
fn a_settlement_names_a_hold_that_exists() {
    for kind in [EntryKind::Capture, EntryKind::Release] {
        for settles in [0, 3, u64::MAX] {
            let answer = refusal(&wallet(), &movement(kind, settles));
            assert_eq!(answer, Some(LedgerError::Malformed), "{kind:?} of hold {settles}; the newest entry is 2");
        }
    }
}

#[test]
fn sums_beyond_the_machine_are_refused() {
    let full = Wallet { available: Credits::from_units(i64::MAX), ..wallet() };
    for kind in [EntryKind::TopUp, EntryKind::Adjustment, EntryKind::Release] {
        assert_eq!(refusal(&full, &movement(kind, 2)), Some(LedgerError::TooLarge), "{kind:?}");
    }
    let full = Wallet { held: Credits::from_units(i64::MAX), ..wallet() };
    assert_eq!(refusal(&full, &movement(EntryKind::Hold, 0)), Some(LedgerError::TooLarge));
}

#[test]
fn a_wallet_never_holds_what_can_not_be_read_back() {
    let (most, one) = (Credits::from_units(MAX_UNITS), Credits::from_units(1));
    let readable = |wallet: &Wallet, entry: &Entry| {
        let wallet_text = serde_json::to_string(wallet).expect("a text");
        let entry_text = serde_json::to_string(entry).expect("a text");
        serde_json::from_str::<Wallet>(&wallet_text).is_ok() && serde_json::from_str::<Entry>(&entry_text).is_ok()
    };
    let (full, entry) = Wallet::default().post(&top_up(most), start()).expect("the most that is kept");
    assert!(readable(&full, &entry));
    assert_eq!(refusal(&full, &top_up(one)), Some(LedgerError::TooLarge), "₵1,000,000.0000 has no text");

    let held = after(&full, &movement(EntryKind::Hold, 0), start());
    assert_eq!(
        refusal(&held, &top_up(one)),
        Some(LedgerError::TooLarge),
        "held money must find room when it comes back"
    );
    let (back, entry) = held.post(&movement(EntryKind::Release, 2), start()).expect("a hold can always be released");
    assert!(readable(&back, &entry));
}

#[test]
fn counters_follow_the_days() {
    let evening = at("2026-11-21T23:59:59.999Z");
    let midnight = at("2026-11-22T00:00:00Z");
    let usage = |open_orders: u32, day: &str, orders_today: u32, spent: &str| {
        (open_orders, day.to_owned(), orders_today, credits(spent))
    };
    let of = |wallet: &Wallet| {
        let Usage { open_orders, day, orders_today, spent_today, .. } = wallet.usage.clone();
        (open_orders, day, orders_today, spent_today)
    };
    let mut wallet = after(&Wallet::default(), &top_up(credits("10")), evening);
    assert_eq!(of(&wallet), usage(0, "2026-11-21", 0, "0"));
    let steps = [
        (movement(EntryKind::Hold, 0), evening, usage(1, "2026-11-21", 1, "1")),
        (movement(EntryKind::Hold, 0), evening, usage(2, "2026-11-21", 2, "2")),
        (movement(EntryKind::Release, 2), evening, usage(1, "2026-11-21", 2, "1")),
        (movement(EntryKind::Hold, 0), midnight, usage(2, "2026-11-22", 1, "1")),
        (movement(EntryKind::Capture, 3), midnight, usage(1, "2026-11-22", 1, "1")),
        (movement(EntryKind::Release, 5), midnight, usage(0, "2026-11-22", 1, "0")),
        (top_up(credits("1")), midnight, usage(0, "2026-11-22", 1, "0")),
    ];
    for (movement, at, wanted) in steps {
        wallet = after(&wallet, &movement, at);
        assert_eq!(of(&wallet), wanted, "{:?} at {at}", movement.kind);
    }
    assert_eq!(wallet.orders_on_day_of(midnight), 1);
    assert_eq!(wallet.orders_on_day_of(midnight.plus(std::time::Duration::from_hours(24))), 0);
}

#[test]
fn a_refund_of_yesterdays_order_makes_no_room_today() {
    let today = at("2026-11-22T08:00:00Z");
    let [hold, release] = [movement(EntryKind::Hold, 0), movement(EntryKind::Release, 2)];
    let hold_first = after(&after(&wallet(), &hold, today), &release, today);
    let release_first = after(&after(&wallet(), &release, today), &hold, today);
    assert_eq!(release_first.usage.spent_today, credits("1"));
    assert_eq!(hold_first.usage.spent_today, credits("1"), "the order of two movements makes no difference");
}

#[test]
fn a_clock_that_is_a_little_late_does_not_empty_the_counters() {
    let (late, midnight) = (at("2026-11-21T23:59:59.900Z"), at("2026-11-22T00:00:00.100Z"));
    let hold = movement(EntryKind::Hold, 0);
    let mut wallet = after(&Wallet::default(), &top_up(credits("10")), late);
    for (n, at) in (1..).zip([midnight, late, midnight, late, midnight]) {
        wallet = after(&wallet, &hold, at);
        assert_eq!((wallet.usage.day.as_str(), wallet.usage.orders_today), ("2026-11-22", n));
        assert_eq!(wallet.orders_on_day_of(late), n, "a limit judged by the late clock sees today's orders");
    }
}

#[test]
fn an_entry_names_who_and_why() {
    let by = user().to_string();
    let release = Movement { rule: Some(RefundRule::Cancelled), actor: by.clone(), ..movement(EntryKind::Release, 2) };
    let (_, entry) = wallet().post(&release, start()).expect("a good movement");
    assert_eq!((entry.actor, entry.rule, entry.settles, entry.seq), (by, Some(RefundRule::Cancelled), Some(2), 3));
}
