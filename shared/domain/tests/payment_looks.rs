//! When workers look at a payment: nothing that may still come is forgotten.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

mod support;

use namaskah_domain::{
    Timestamp,
    payment::{GIVE_UP_AFTER, Method, NotPossible, Reported, Status, Step},
};
use std::time::Duration;
use support::{
    fixtures::start,
    payments::{
        checkout, customer, fifty_dollars, report,
        rules::{AGES, Before, COLUMNS, Money},
        till::Till,
    },
};

const METHODS: [Method; 2] = [Method::Card, Method::Bitcoin];
const HOUR: Duration = Duration::from_hours(1);

#[test]
fn a_worker_that_dies_between_two_receipts_leaves_the_payment_due() {
    for (method, age) in METHODS.iter().flat_map(|method| AGES.map(|age| (*method, age))) {
        let (mut till, payment) = Before::Pending.make(customer(1), method, start()).expect("a payment");
        let now = start().plus(age);
        let report = report(&[Money::Exact.receipt("1"), Money::Exact.receipt("2")], Reported::Closed);
        let first = payment.settled(&report, now).expect("a receipt");
        let paid = till.commit(&first.step, first.receipt.as_ref(), now).expect("written");
        assert_eq!((paid.status, paid.due_at), (Status::Succeeded, Some(now)), "{method:?} after {age:?}");
        let rest = till.look(0, &report, now).expect("written");
        assert_eq!((rest.len(), till.payments[0].is_due(now)), (1, false), "{method:?} after {age:?}");
    }
}

#[test]
fn money_that_was_seen_is_waited_for_however_the_payment_ended() {
    for (before, method) in COLUMNS.iter().flat_map(|before| METHODS.map(|method| (*before, method))) {
        let Some((mut till, payment)) = before.make(customer(1), method, start()) else { continue };
        let known: Vec<_> = before.noted().into_iter().collect();
        // It is seen at the last look, and settles after a week.
        let mut now = start().plus(GIVE_UP_AFTER * 3);
        for _ in 0..7 * 24 {
            till.look(0, &report(&known, Reported::Confirming), now).expect("written");
            let waiting = &till.payments[0];
            assert_eq!((waiting.status, waiting.is_confirming), (payment.status, true), "{before:?} {method:?}");
            now = waiting.due_at.expect("somebody looks");
        }
        let settled: Vec<_> = known.iter().cloned().chain([Money::Exact.receipt("late")]).collect();
        till.look(0, &report(&settled, Reported::Closed), now).expect("written");
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
            till.look(at, &report(&[], Reported::Open), now).expect("written");
            assert_eq!((till.payments[at].status, till.payments[at].due_at), (Status::Pending, Some(end)), "{now}");
        }
        till.look(at, &report(&[], Reported::Open), end).expect("written");
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
    let part = pending.settled(&report(&[Money::Half.receipt("1")], Reported::Open), late).expect("a receipt");
    assert_eq!((part.step.subject.status, part.step.subject.due_at), (Status::Pending, Some(late.plus(HOUR))));
}
