//! Numbers that their supplier does not know any more: which looks count, and what follows.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

mod support;

use namaskah_domain::{
    Timestamp,
    order::{LOOKS, LOOKS_APART, Missed, Order, Status},
};
use std::time::Duration;
use support::{
    fixtures::{credits, new_order, sold, start},
    rules::{self, Happening},
};

fn waiting() -> Order {
    let order = Order::open(new_order(0, credits("0.5")), start()).subject;
    order.number_bought(sold(start(), Duration::from_mins(20)), start()).expect("bought").subject
}

fn at(seconds: u64) -> Timestamp {
    start().plus(Duration::from_secs(seconds))
}

/// Looks at these seconds, each of which misses the number. Returns the looks at which something was written, and the
/// one at which the number was lost.
fn look_at(mut order: Order, seconds: &[u64]) -> (Vec<u64>, Option<u64>) {
    let mut written = Vec::new();
    for &second in seconds {
        match order.clone().missed(at(second)) {
            Missed::Nothing => {}
            Missed::Counted(step) => {
                assert_eq!(step.movement, None, "no money moves");
                assert!(step.subject.due_at > Some(at(second)), "a worker looks again");
                order = step.subject;
                written.push(second);
            }
            Missed::Lost => return (written, Some(second)),
        }
    }
    (written, None)
}

#[test]
fn a_number_is_lost_after_three_looks_within_a_minute() {
    assert_eq!((LOOKS, LOOKS_APART), (3, Duration::from_secs(15)));
    let every = |pause| (0..).step_by(pause).take(40).collect::<Vec<_>>();
    for (pause, written, lost) in [
        (2, vec![0, 16], Some(32)),
        (5, vec![0, 15], Some(30)),
        (14, vec![0, 28], Some(56)),
        (15, vec![0, 15], Some(30)),
        // Only the sweep looks.
        (150, vec![0, 150], Some(300)),
    ] {
        assert_eq!(look_at(waiting(), &every(pause)), (written, lost), "every {pause} s");
    }
    assert_eq!(look_at(waiting(), &[0, 14, 15, 29]), (vec![0, 15], None));
    assert_eq!(look_at(waiting(), &[0, 0, 0, 1]), (vec![0], None), "a burst is one look");
}

#[test]
fn an_answer_that_knows_the_number_begins_the_count_anew() {
    let (mut order, mut looks) = (waiting(), 0);
    for second in [0, 20] {
        let Missed::Counted(step) = order.missed(at(second)) else { panic!("not counted at {second} s") };
        looks += 1;
        order = step.subject;
        assert_eq!(order.missing.map(|missing| missing.looks), Some(looks));
    }
    let found = order.clone().found();
    assert_eq!(found.missing, None);
    assert_eq!(look_at(found.clone(), &[40, 60, 80]), (vec![40, 60], Some(80)));
    assert_eq!(look_at(order.clone(), &[40]), (vec![], Some(40)), "without it the third look decides");
    assert_eq!(Order { missing: order.missing, ..found }, order, "nothing else changes");
}

#[test]
fn only_an_order_that_waits_can_lose_its_number() {
    for status in rules::STATUSES {
        let order = Order { status, ..waiting() };
        let counts = matches!(status, Status::Waiting | Status::Cancelling);
        assert_eq!(matches!(order.missed(at(0)), Missed::Counted(_)), counts, "{status:?}");
    }
    let completed = rules::happen(waiting(), Happening::NewMessage, at(1)).expect("possible").expect("new").subject;
    assert_eq!(look_at(completed, &[20, 40, 60, 80]), (vec![], None), "it has its code");
}

#[test]
fn the_count_is_stored_and_orders_without_one_are_readable() {
    let Missed::Counted(step) = waiting().missed(at(0)) else { panic!("not counted") };
    let mut stored = serde_json::to_value(&step.subject).expect("serialisable");
    assert_eq!(serde_json::from_value::<Order>(stored.clone()).expect("readable"), step.subject);
    stored.as_object_mut().expect("an object").remove("missing");
    assert_eq!(serde_json::from_value::<Order>(stored).expect("readable").missing, None);
}
