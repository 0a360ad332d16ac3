//! When workers look at a payment: nothing that may still come is forgotten.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

mod support;

use namaskah_domain::{
    Credits, Timestamp,
    payment::{
        Fault, GIVE_UP_AFTER, Look, MOST_AT_ONCE, MOST_RECEIPTS, Method, NotPossible, Receipt, Report, Reported,
        Status, Step,
    },
};
use std::time::Duration;
use support::{
    fixtures::start,
    payments::{
        checkout, customer, dollars, fifty_dollars, price, receipt,
        rules::{Before, COLUMNS, Money},
        says,
        till::Till,
    },
};

const METHODS: [Method; 2] = [Method::Card, Method::Bitcoin];
const HOUR: Duration = Duration::from_hours(1);

#[test]
fn money_that_was_seen_is_waited_for_however_the_payment_ended() {
    for (before, method) in COLUMNS.iter().flat_map(|before| METHODS.map(|method| (*before, method))) {
        let Some((mut till, payment)) = before.make(customer(1), method, start()) else { continue };
        let known: Vec<_> = before.noted().into_iter().collect();
        // It is seen at the last look for two days, and settles after a week.
        let mut now = start().plus(GIVE_UP_AFTER);
        for _ in 0..48 {
            till.look(0, &says(&known, Reported::Confirming), now).expect("written");
            let waiting = &till.payments[0];
            assert_eq!((waiting.status, waiting.is_confirming), (payment.status, true), "{before:?} {method:?}");
            now = waiting.due_at.expect("somebody looks");
        }
        till.look(0, &says(&known, Reported::Confirming), now).expect("written");
        let forgotten = &till.payments[0];
        assert_eq!((forgotten.status.is_open(), forgotten.is_confirming, forgotten.due_at), (false, false, None));
        now = start().plus(GIVE_UP_AFTER * 7);
        let settled: Vec<_> = known.iter().cloned().chain([Money::Exact.receipt("late")]).collect();
        till.look(0, &says(&settled, Reported::Closed), now).expect("written");
        let paid = &till.payments[0];
        assert_eq!((paid.status, paid.is_confirming, paid.due_at), (Status::Succeeded, false, None), "{before:?}");
    }
}

#[test]
fn a_checkout_that_was_made_late_can_be_paid_until_its_end() {
    for method in METHODS {
        let mut till = Till::default();
        let at = till.start(fifty_dollars(0, customer(1), method), start());
        let (opened_at, end) = (start().plus(HOUR * 20), start().plus(HOUR * 44));
        let opened = till.payments[at].clone().opened(checkout(end), opened_at).expect("possible");
        till.write(&opened, opened_at);
        for now in [start().plus(GIVE_UP_AFTER), Timestamp::from_millis(end.millis() - 1)] {
            till.look(at, &says(&[], Reported::Open), now).expect("written");
            assert_eq!((till.payments[at].status, till.payments[at].due_at), (Status::Pending, Some(end)), "{now}");
        }
        till.look(at, &says(&[], Reported::Open), end).expect("written");
        assert_eq!(till.payments[at].status, Status::Abandoned);
        let coins_may_come = method.is_crypto().then(|| start().plus(HOUR * 48));
        assert_eq!(till.payments[at].due_at, coins_may_come);
    }
}

#[test]
fn an_open_payment_is_always_looked_at_again() {
    let late = start().plus(HOUR * 100);
    let due = |step: Result<Step, NotPossible>| step.expect("possible").subject.due_at;
    for method in METHODS {
        // The invoice is an old one, which an earlier request made.
        let (_, started) = Before::Started.make(customer(1), method, start()).expect("a payment");
        assert_eq!(due(started.opened(checkout(start().plus(HOUR)), late)), Some(late.plus(HOUR)), "{method:?}");
    }
    let (_, pending) = Before::Pending.make(customer(1), Method::Bitcoin, start()).expect("a payment");
    let part = pending.settled(&says(&[Money::Half.receipt("1")], Reported::Open), late).expect("a receipt");
    assert_eq!((part.step.subject.status, part.step.subject.due_at), (Status::Pending, Some(late.plus(HOUR))));
}

#[test]
fn many_receipts_are_noted_in_few_steps_and_the_rest_is_ignored() {
    let (mut till, _) = Before::Pending.make(customer(1), Method::Bitcoin, start()).expect("a payment");
    let receipts: Vec<_> = (0..2_000).map(|n| receipt(&n.to_string(), Some(dollars(1)))).collect();
    let look = says(&receipts, Reported::Open);
    let first = till.payments[0].clone().settled(&look, start()).expect("receipts");
    assert_eq!(first.receipts.len(), MOST_AT_ONCE);
    let paid = till.commit(&first.step, &first.receipts, start()).expect("written");
    assert_eq!(paid.due_at, Some(start()), "a worker that dies now must not lose the rest");
    let rest = till.look(0, &look, start()).expect("written");
    let payment = &till.payments[0];
    assert_eq!((payment.receipts.len(), rest.len()), (MOST_RECEIPTS, 3));
    assert_eq!(payment.credited, Credits::from_units(50 * 100));
    let told: Vec<_> = rest.iter().flat_map(|settlement| &settlement.faults).map(|(_, fault)| *fault).collect();
    assert_eq!((told, payment.status), (vec![Fault::TooMany], Status::Pending), "a person learns of it once");
    assert!(payment.due_at > Some(start()));
    assert_eq!(till.look(0, &look, start()), Ok(Vec::new()));
    assert!(serde_json::to_vec(&till.payments[0]).expect("a record").len() < 20_000, "far below the limit of an item");
}

#[test]
fn far_more_coins_than_agreed_wait_for_more_blocks() {
    // A payment of ₵25 needs one confirmation. ₵500 need two, ₵5,000 need six, and more are for a person.
    for (cents, minutes, credits) in [(10_000, 0, 50), (10_002, 60, 50), (100_000, 60, 500), (1_000_000, 180, 5_000)] {
        let (mut till, _) = Before::Pending.make(customer(1), Method::Bitcoin, start()).expect("a payment");
        let look = says(&[receipt("1", Some(dollars(cents)))], Reported::Closed);
        let counts_at = start().plus(Duration::from_mins(minutes));
        if minutes > 0 {
            let early = Timestamp::from_millis(counts_at.millis() - 1);
            for now in [start(), early] {
                till.look(0, &look, now).expect("written");
                let waiting = &till.payments[0];
                assert_eq!((waiting.status, waiting.is_confirming), (Status::Pending, true), "{cents} at {now}");
                assert!(waiting.due_at.is_some_and(|due| due <= now.plus(HOUR)), "{cents}");
            }
        }
        till.look(0, &look, counts_at).expect("written");
        let paid = &till.payments[0];
        let units = paid.credited.units() / 10_000;
        assert_eq!((paid.status, units, paid.is_confirming), (Status::Succeeded, credits, false), "{cents}");
    }
    let (mut till, _) = Before::Pending.make(customer(1), Method::Bitcoin, start()).expect("a payment");
    let look = says(&[receipt("1", Some(dollars(1_000_002)))], Reported::Closed);
    let written = till.look(0, &look, start().plus(GIVE_UP_AFTER)).expect("written");
    assert_eq!(written[0].faults.iter().map(|(_, fault)| *fault).collect::<Vec<_>>(), [Fault::NotTheAmount]);
    assert_eq!(till.balance(&customer(1)), "0.0000");
}

#[test]
fn late_money_is_worth_the_dearer_credit_of_start_and_now() {
    for (method, cents, units) in [
        (Method::Card, 100, 250_000),
        (Method::Card, 400, 125_000),
        (Method::Bitcoin, 100, 250_000),
        (Method::Bitcoin, 400, 125_000),
    ] {
        for is_late in [false, true] {
            let (mut till, payment) = Before::Pending.make(customer(1), method, start()).expect("a payment");
            let end = payment.expires_at();
            let at = if is_late { Timestamp::from_millis(end.millis() + 1) } else { end };
            let receipts = vec![Receipt { at, ..Money::Exact.receipt("1") }];
            let report = Report { receipts, state: Reported::Closed };
            assert_eq!(payment.is_late(&report.receipts[0]), is_late);
            let look = Look { price: Some(price(cents)), ..Look::at(report, at) };
            till.look(0, &look, at.plus(HOUR * 5)).expect("written");
            let units = if is_late { units } else { 250_000 };
            assert_eq!(till.payments[0].credited.units(), units, "{method:?} {cents} {is_late}");
        }
    }
}

#[test]
fn money_for_a_deleted_account_is_noted_for_a_person() {
    for method in METHODS {
        let (mut till, payment) = Before::Pending.make(customer(1), method, start()).expect("a payment");
        let report = says(&[Money::Exact.receipt("1"), Money::Dust.receipt("2")], Reported::Closed).report;
        let look = Look { is_account_gone: true, ..Look::at(report, start()) };
        let written = till.look(0, &look, start()).expect("written");
        assert_eq!(written[0].faults[0].1, Fault::NoAccount, "{method:?}");
        assert!(written.iter().all(|settlement| settlement.step.movement.is_none()), "{method:?}");
        assert_eq!(till.payments[0].receipts.len(), 2);
        assert_ne!(till.payments[0].status, payment.status);
        assert_eq!(till.look(0, &look, start()), Ok(Vec::new()));
    }
}

#[test]
fn an_event_from_before_the_last_answer_says_nothing_new() {
    let (mut till, payment) = Before::Pending.make(customer(1), Method::Card, start()).expect("a payment");
    assert!(!payment.knows_of(start()), "nobody asked");
    let asked_at = start().plus(HOUR);
    let look = Look { asked_at, ..says(&[Money::Exact.receipt("1")], Reported::Closed) };
    till.look(0, &look, asked_at.plus(HOUR)).expect("written");
    let lags = Duration::from_secs(5);
    for (event_at, knows) in [(asked_at.minus(HOUR), true), (asked_at.minus(lags), false), (asked_at.plus(HOUR), false)]
    {
        assert_eq!(till.payments[0].knows_of(event_at), knows, "{event_at}");
    }
}
