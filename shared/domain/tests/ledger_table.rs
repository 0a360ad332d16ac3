//! The movements that the ledger accepts and rejects, case by case.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

mod support;

use namaskah_domain::{
    Actor, Credits, EntrySeq, FindingId, PaymentId, RentalId, SubscriptionId, Timestamp, VoucherId,
    access::Mode,
    ledger::{
        Account, Cause, Entry, EntryKind, Hold, LedgerError, Line, Movement, OrderKind, Route, Settlement, Wallet,
    },
    money::MAX_UNITS,
    policy::RefundRule,
};
use std::fmt::Write;
use support::fixtures::{self, at, credits, start, top_up, user};

/// The kinds that verifications and operators use.
const KINDS: [EntryKind; 5] =
    [EntryKind::TopUp, EntryKind::Adjustment, EntryKind::Hold, EntryKind::Capture, EntryKind::Release];

/// One cause of each kind.
fn causes() -> [Cause; 10] {
    [
        fixtures::order(1),
        fixtures::test_order(1),
        Cause::Rental { rental_id: RentalId::new(start(), 1) },
        Cause::Payment { payment_id: PaymentId::new(start(), 1) },
        Cause::Subscription { subscription_id: SubscriptionId::new(start(), 1) },
        Cause::Voucher { voucher_id: VoucherId::new(start(), 1) },
        Cause::Operator { reason: "a test".to_owned() },
        Cause::Finding { finding_id: FindingId::new(start(), 1) },
        Cause::Deletion,
        Cause::Sandbox,
    ]
}

/// A valid movement of ₵1, with the first cause that its kind allows. A settlement closes the hold `settles`.
fn movement(kind: EntryKind, settles: EntrySeq) -> Movement {
    let cause = causes().into_iter().find(|cause| kind.routes(cause.kind()).next().is_some()).expect("a cause");
    Movement {
        settles: kind.settles().then_some(Settlement { hold: settles, closes: true }),
        rule: kind.needs_rule().then(|| RefundRule::NoCode.id()),
        ..Movement::new(kind, credits("1"), cause, Actor::system("test"))
    }
}

fn after(wallet: &Wallet, movement: &Movement, at: Timestamp) -> Wallet {
    wallet.post(movement, at).expect("a valid movement").0
}

/// ₵10 paid in, ₵1 held by entry 2.
fn wallet() -> Wallet {
    let paid = after(&Wallet::default(), &top_up(credits("10")), start());
    after(&paid, &movement(EntryKind::Hold, 0), start())
}

fn refusal(wallet: &Wallet, movement: &Movement) -> Option<LedgerError> {
    wallet.post(movement, start()).err()
}

/// The same in [`wallet`], of which ₵5 are owed if the movement pays a debt.
fn usual_refusal(movement: &Movement) -> Option<LedgerError> {
    let owed = if movement.route.credit == Account::Owed { credits("5") } else { Credits::ZERO };
    refusal(&Wallet { owed, ..wallet() }, movement)
}

#[test]
fn each_kind_has_its_causes_and_its_routes() {
    let mut table = String::new();
    for &kind in EntryKind::ALL {
        for cause in causes() {
            for route in kind.routes(cause.kind()) {
                let fitting = Movement { route, cause: cause.clone(), ..movement(kind, 2) };
                assert_eq!(usual_refusal(&fitting), None, "{kind:?} because of {cause:?}");
                let _ = writeln!(table, "{kind:?}: {:?} pays {:?}, {:?}", route.debit, route.credit, cause.kind());
            }
            if kind.routes(cause.kind()).next().is_none() {
                let foreign = Movement { cause, ..movement(kind, 2) };
                assert_eq!(refusal(&wallet(), &foreign), Some(LedgerError::Malformed), "{foreign:?}");
            }
        }
    }
    let wanted = "\
TopUp: GatewayClearing pays Available, Payment
Hold: Available pays Held, Verification
Hold: Available pays Held, TestVerification
Hold: Available pays Held, Rental
Capture: Held pays Revenue, Verification
Capture: Held pays Sandbox, TestVerification
Capture: Held pays Revenue, Rental
Release: Held pays Available, Verification
Release: Held pays Available, TestVerification
Release: Held pays Available, Rental
Release: Held pays Available, Payment
Release: Held pays Owed, Payment
Refund: Revenue pays Available, Verification
Refund: Revenue pays Available, Rental
Refund: Available pays GatewayClearing, Payment
Refund: Revenue pays Available, Subscription
RefundReturn: GatewayClearing pays Available, Payment
Purchase: Available pays Revenue, Rental
Purchase: Available pays Revenue, Subscription
Promo: Promotions pays Available, Subscription
Promo: Promotions pays Available, Voucher
Promo: Promotions pays Available, Operator
Promo: Sandbox pays Available, Sandbox
Freeze: Available pays Held, Payment
Debt: Owed pays Held, Payment
Repayment: Available pays Owed, Payment
Chargeback: Held pays GatewayClearing, Payment
Adjustment: Adjustments pays Available, Operator
Adjustment: Available pays Adjustments, Operator
Adjustment: Adjustments pays Available, Finding
Adjustment: Available pays Adjustments, Finding
Adjustment: Available pays Adjustments, Deletion
Transfer: Transfers pays Available, Operator
Transfer: Available pays Transfers, Operator
Fee: Available pays Revenue, Rental
Fee: Available pays Revenue, Payment
Fee: Available pays Revenue, Subscription
Fee: Available pays Revenue, Operator
";
    assert_eq!(table, wanted);
}

#[test]
fn no_movement_pairs_real_money_with_play_money() {
    for &kind in EntryKind::ALL {
        for cause in causes() {
            for route in kind.routes(cause.kind()) {
                let others = [route.debit, route.credit].map(|account| (!account.is_customers()).then_some(account));
                for account in others.into_iter().flatten() {
                    let mode = if account == Account::Sandbox { Mode::Test } else { Mode::Live };
                    assert_eq!(mode, cause.mode(), "{kind:?} because of {cause:?} by {route:?}");
                }
            }
        }
    }
    assert!(!Account::HOUSE.contains(&Account::Sandbox), "nothing sums play money");
    assert_eq!(Account::Sandbox.house_name(), None);
}

#[test]
fn a_route_of_another_kind_is_rejected() {
    for &kind in EntryKind::ALL {
        for &other in EntryKind::ALL {
            let cause = movement(kind, 2).cause;
            for route in causes().iter().flat_map(|cause| other.routes(cause.kind())) {
                let fits = kind.routes(cause.kind()).any(|own| own == route);
                let movement = Movement { route, ..movement(kind, 2) };
                assert_eq!(usual_refusal(&movement).is_none(), fits, "{kind:?} by {route:?}");
            }
        }
    }
}

#[test]
fn settlements_name_a_hold_and_refunds_a_rule() {
    let settlement = Settlement { hold: 2, closes: true };
    for &kind in EntryKind::ALL {
        for (settles, rule) in [(false, false), (false, true), (true, false), (true, true)] {
            let movement = Movement {
                settles: settles.then_some(settlement),
                rule: rule.then(|| RefundRule::NoCode.id()),
                ..movement(kind, 2)
            };
            let fits = settles == kind.settles() && (rule || !kind.needs_rule());
            assert_eq!(usual_refusal(&movement).is_none(), fits, "{movement:?}");
        }
    }
}

#[test]
fn zero_and_negative_amounts_are_rejected() {
    for kind in KINDS {
        for units in [0, -1, i64::MIN] {
            let movement = Movement { amount: Credits::from_units(units), ..movement(kind, 2) };
            assert_eq!(refusal(&wallet(), &movement), Some(LedgerError::Malformed), "{kind:?} of {units}");
        }
    }
}

#[test]
fn the_lines_add_up_to_the_amount() {
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
fn every_line_is_positive() {
    for parts in [[10_001, -1], [10_000, 0]] {
        assert_eq!(refusal(&wallet(), &in_parts(&parts)), Some(LedgerError::Malformed), "{parts:?}");
    }
}

fn in_parts(parts: &[i64]) -> Movement {
    let line = |units: &i64| Line::new("sms", Credits::from_units(*units));
    Movement { lines: parts.iter().map(line).collect(), ..movement(EntryKind::Hold, 0) }
}

#[test]
fn a_rejected_hold_reports_the_missing_amount() {
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
fn debts_refuse_purchases_and_refunds_until_they_are_paid() {
    let payment = Cause::Payment { payment_id: PaymentId::new(start(), 1) };
    let debt = Movement { amount: credits("4"), ..movement(EntryKind::Debt, 0) };
    let debtor = after(&wallet(), &debt, start());
    assert_eq!((debtor.available, debtor.held, debtor.owed), (credits("9"), credits("5"), credits("4")));
    let refund = Movement::new(EntryKind::Refund, credits("1"), payment.clone(), Actor::system("test"));
    let refund = Movement { rule: Some(RefundRule::NoCode.id()), ..refund };
    for refused in [movement(EntryKind::Hold, 0), movement(EntryKind::Purchase, 0), refund] {
        assert_eq!(refusal(&debtor, &refused), Some(LedgerError::Owes { owed: credits("4") }), "{:?}", refused.kind);
        assert_eq!(refusal(&wallet(), &refused), None, "{:?}", refused.kind);
    }
    for allowed in [EntryKind::TopUp, EntryKind::Capture, EntryKind::Release, EntryKind::Promo, EntryKind::Fee] {
        assert_eq!(refusal(&debtor, &movement(allowed, 2)), None, "{allowed:?}");
    }
    let repay = |amount| Movement { amount: credits(amount), ..movement(EntryKind::Repayment, 0) };
    assert_eq!(refusal(&debtor, &repay("4.0001")), Some(LedgerError::NotOwed));
    let paid = after(&debtor, &repay("4"), start());
    assert_eq!((paid.available, paid.held, paid.owed), (credits("5"), credits("5"), Credits::ZERO));
    assert_eq!(refusal(&paid, &movement(EntryKind::Hold, 0)), None);
    // A dispute that was won ends its debt.
    let route = Route { debit: Account::Held, credit: Account::Owed };
    let thaw = Movement { route, cause: payment, amount: credits("4"), ..movement(EntryKind::Release, 3) };
    let free = after(&debtor, &thaw, start());
    assert_eq!((free.available, free.held, free.owed), (credits("9"), credits("1"), Credits::ZERO));
}

#[test]
fn overflowing_sums_are_rejected() {
    let full = Wallet { available: Credits::from_units(i64::MAX), ..wallet() };
    for kind in [EntryKind::TopUp, EntryKind::Adjustment, EntryKind::Release] {
        assert_eq!(refusal(&full, &movement(kind, 2)), Some(LedgerError::TooLarge), "{kind:?}");
    }
    let full = Wallet { held: Credits::from_units(i64::MAX), ..wallet() };
    assert_eq!(refusal(&full, &movement(EntryKind::Hold, 0)), Some(LedgerError::TooLarge));
}

#[test]
fn a_wallet_never_exceeds_the_largest_readable_amount() {
    let (most, one) = (Credits::from_units(MAX_UNITS), Credits::from_units(1));
    let readable = |wallet: &Wallet, entry: &Entry| {
        let wallet_text = serde_json::to_string(wallet).expect("serialisable");
        let entry_text = serde_json::to_string(entry).expect("serialisable");
        serde_json::from_str::<Wallet>(&wallet_text).is_ok() && serde_json::from_str::<Entry>(&entry_text).is_ok()
    };
    let (full, entry) = Wallet::default().post(&top_up(most), start()).expect("the largest balance");
    assert!(readable(&full, &entry));
    assert_eq!(refusal(&full, &top_up(one)), Some(LedgerError::TooLarge), "₵1,000,000.0000 can't be stored");

    let held = after(&full, &movement(EntryKind::Hold, 0), start());
    assert_eq!(
        refusal(&held, &top_up(one)),
        Some(LedgerError::TooLarge),
        "held money counts, because it may be released"
    );
    let (back, entry) = held.post(&movement(EntryKind::Release, 2), start()).expect("a hold can always be released");
    assert!(readable(&back, &entry));
}

#[test]
fn counters_restart_each_day() {
    let evening = at("2026-11-21T23:59:59.999Z");
    let midnight = at("2026-11-22T00:00:00Z");
    let usage = |open_orders: u32, day: &str, orders_today: u32, spent: &str| {
        (open_orders, day.to_owned(), orders_today, credits(spent))
    };
    let of = |wallet: &Wallet, at| {
        let usage = &wallet.usage;
        let verifications = OrderKind::Verification;
        (usage.open(verifications), usage.day.clone(), usage.opened_on_day_of(verifications, at), usage.spent_today)
    };
    let mut wallet = after(&Wallet::default(), &top_up(credits("10")), evening);
    assert_eq!(of(&wallet, evening), usage(0, "2026-11-21", 0, "0"));
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
        assert_eq!(of(&wallet, at), wanted, "{:?} at {at}", movement.kind);
    }
    let tomorrow = midnight.plus(std::time::Duration::from_hours(24));
    assert_eq!(wallet.usage.opened_on_day_of(OrderKind::Verification, tomorrow), 0);
}

#[test]
fn a_refund_of_yesterdays_order_does_not_lower_todays_spending() {
    let today = at("2026-11-22T08:00:00Z");
    let [hold, release] = [movement(EntryKind::Hold, 0), movement(EntryKind::Release, 2)];
    let hold_first = after(&after(&wallet(), &hold, today), &release, today);
    let release_first = after(&after(&wallet(), &release, today), &hold, today);
    assert_eq!(release_first.usage.spent_today, credits("1"));
    assert_eq!(hold_first.usage.spent_today, credits("1"), "the order of two movements makes no difference");
}

#[test]
fn a_month_has_the_prices_that_were_not_given_back() {
    let (december, january) = (at("2026-12-31T23:59:59.999Z"), at("2027-01-01T00:00:00Z"));
    let mut wallet = after(&Wallet::default(), &top_up(credits("10")), at("2026-11-30T08:00:00Z"));
    for (movement, when, month, spent, last_month) in [
        (movement(EntryKind::Hold, 0), at("2026-11-30T09:00:00Z"), "2026-11", "1", "0"),
        (movement(EntryKind::Release, 2), december, "2026-12", "0", "1"),
        (movement(EntryKind::Hold, 0), december, "2026-12", "1", "1"),
        (movement(EntryKind::Hold, 0), december, "2026-12", "2", "1"),
        (movement(EntryKind::Release, 5), december, "2026-12", "1", "1"),
        (movement(EntryKind::Purchase, 0), december, "2026-12", "2", "1"),
        (movement(EntryKind::Capture, 4), january, "2027-01", "0", "2"),
        (movement(EntryKind::Hold, 0), december, "2027-01", "1", "2"),
        (top_up(credits("1")), january, "2027-01", "1", "2"),
    ] {
        wallet = after(&wallet, &movement, when);
        let seen = wallet.usage.spending.at(when);
        let seen = (seen.month.as_str(), seen.spent, seen.last_month);
        assert_eq!(seen, (month, credits(spent), credits(last_month)), "{:?} at {when}", movement.kind);
    }
}

#[test]
fn a_wallet_of_before_the_sums_begins_with_none() {
    let mut stored = serde_json::to_value(wallet()).expect("a wallet is serialisable");
    stored["usage"].as_object_mut().expect("counters").remove("spending");
    let read: Wallet = serde_json::from_value(stored).expect("an older wallet");
    assert_eq!(read.usage.spending.at(start()).spent, credits("0"));
    let after = after(&read, &movement(EntryKind::Hold, 0), start());
    assert_eq!(after.usage.spending.at(start()).spent, credits("1"));
}

#[test]
fn a_clock_that_is_slightly_behind_does_not_reset_the_counters() {
    let (late, midnight) = (at("2026-11-21T23:59:59.900Z"), at("2026-11-22T00:00:00.100Z"));
    let hold = movement(EntryKind::Hold, 0);
    let mut wallet = after(&Wallet::default(), &top_up(credits("10")), late);
    for (n, at) in (1..).zip([midnight, late, midnight, late, midnight]) {
        wallet = after(&wallet, &hold, at);
        assert_eq!(wallet.usage.day, "2026-11-22");
        let opened = wallet.usage.opened_on_day_of(OrderKind::Verification, late);
        assert_eq!(opened, n, "today's orders are counted by the late clock");
    }
}

#[test]
fn each_kind_of_order_is_counted_separately() {
    let rental = Cause::Rental { rental_id: RentalId::new(start(), 1) };
    let hold = movement(EntryKind::Hold, 0);
    let both = after(&wallet(), &Movement { cause: rental.clone(), ..hold }, start());
    let open = |wallet: &Wallet| [OrderKind::Verification, OrderKind::Rental].map(|kind| wallet.usage.open(kind));
    assert_eq!(open(&both), [1, 1]);
    let captured = after(&both, &Movement { cause: rental, ..movement(EntryKind::Capture, 3) }, start());
    assert_eq!(open(&captured), [1, 0]);
    let frozen = after(&captured, &movement(EntryKind::Freeze, 0), start());
    assert_eq!(open(&frozen), [1, 0], "a dispute is not an order");
}

#[test]
fn a_hold_may_be_settled_in_parts() {
    let mut hold = Hold { entry: 2, ..Hold::of(credits("1")) };
    let part = |hold: &mut Hold, kind, amount| {
        let taken = hold.settle(kind, credits(amount))?;
        Some(Movement { amount: credits(amount), ..movement(kind, 2) }.settling(Some(taken)))
    };
    let back = part(&mut hold, EntryKind::Release, "0.25").expect("a part");
    let partly = after(&wallet(), &back, start());
    assert_eq!((partly.held, partly.available), (credits("0.75"), credits("9.25")));
    assert_eq!(partly.usage.open(OrderKind::Verification), 1, "something is still held");
    assert_eq!(part(&mut hold, EntryKind::Capture, "0.7501"), None, "more than the rest");
    assert_eq!(part(&mut hold, EntryKind::Capture, "0"), None, "zero is not a part");
    let rest = part(&mut hold, EntryKind::Capture, "0.75").expect("the rest");
    let settled = after(&partly, &rest, start());
    assert_eq!((settled.held, settled.available), (Credits::ZERO, credits("9.25")));
    assert_eq!(settled.usage.open(OrderKind::Verification), 0);
    assert_eq!(part(&mut hold, EntryKind::Release, "0.0001"), None, "nothing is left");
}

#[test]
fn an_entry_names_its_actor_and_cause() {
    let (actor, rule) = (Actor::user(&user()), Some(RefundRule::Cancelled.id()));
    let release = Movement { rule: rule.clone(), actor: actor.clone(), ..movement(EntryKind::Release, 2) };
    let (_, entry) = wallet().post(&release, start()).expect("a valid movement");
    assert_eq!((entry.actor, entry.rule, entry.settles, entry.seq), (actor, rule, release.settles, 3));
    assert_eq!((entry.cause, entry.debit, entry.credit), (release.cause, Account::Held, Account::Available));
}
