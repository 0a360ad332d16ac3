//! The effects of each change of an order.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a panic fails the test")]

mod support;

use namaskah_domain::order::{CHECK_AFTER, CloseReason, Effect, Order, Status, effects};
use std::time::Duration;
use support::fixtures::{DAY, credits, new_order, sold, start};

/// An order in this state, after its first attempt.
fn order(status: Status) -> Order {
    let order = Order::open(new_order(0, credits("0.5")), start()).subject;
    let with_number = |order: Order| {
        let number = sold(start(), Duration::from_mins(20));
        order.number_bought(number, start()).expect("a number").subject
    };
    let order = match status {
        Status::Requesting => order,
        Status::Failed => order.no_number(CloseReason::NoNumbers, start()).expect("possible").subject,
        _ => Order { status, ..with_number(order) },
    };
    assert_eq!(order.status, status);
    order
}

#[test]
fn effects_follow_from_what_changed() {
    let requesting = order(Status::Requesting);
    let second_attempt = {
        let mut order = requesting.clone();
        order.attempt.n = 2;
        order
    };
    let poll = Effect::StartPoll(Duration::from_secs(2));
    let [waiting, cancelling, completed, refunded, failed] =
        [Status::Waiting, Status::Cancelling, Status::Completed, Status::Refunded, Status::Failed].map(order);
    for (before, after, expected) in [
        (None, &requesting, vec![Effect::Check(CHECK_AFTER)]),
        (Some(&requesting), &requesting, vec![]),
        (Some(&requesting), &second_attempt, vec![Effect::Check(CHECK_AFTER)]),
        (Some(&requesting), &waiting, vec![poll]),
        (Some(&requesting), &failed, vec![Effect::CountEnd]),
        (Some(&waiting), &waiting, vec![]),
        (Some(&waiting), &cancelling, vec![]),
        (Some(&waiting), &completed, vec![Effect::CountEnd]),
        (Some(&waiting), &refunded, vec![Effect::CountEnd]),
        (Some(&cancelling), &completed, vec![Effect::CountEnd]),
        (Some(&cancelling), &refunded, vec![Effect::CountEnd]),
        (Some(&completed), &completed, vec![]),
        (Some(&refunded), &refunded, vec![]),
        // A stream may start in the middle of an order's life.
        (None, &waiting, vec![poll]),
        (None, &completed, vec![Effect::CountEnd]),
    ] {
        let change = format!("{:?} -> {:?}", before.map(|order| order.status), after.status);
        assert_eq!(effects(before, after, start()), expected, "{change}");
    }
}

#[test]
fn the_first_delay_of_a_late_poll_depends_on_the_orders_age() {
    let (before, after) = (order(Status::Requesting), order(Status::Waiting));
    let delay = |now| match effects(Some(&before), &after, now)[..] {
        [Effect::StartPoll(delay)] => delay,
        ref other => panic!("{other:?}"),
    };
    assert!(delay(start().plus(DAY)) > delay(start()));
}
