//! The original product's mistakes with money and orders, replayed against this one.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

mod support;

use namaskah_domain::{
    Timestamp,
    ledger::{EntryKind, LedgerError},
    order::{CANCEL_AFTER, CloseReason, GIVE_UP_AFTER, NotPossible, Order, Status, Step, TimelineEvent},
};
use support::{
    books,
    fixtures::{DAY, credits, new_order, sold, start},
    rules::{self, Happening},
    shop::{Refused, Shop},
    story,
};

/// An order that waits for its code, and the time from which the customer may cancel it.
fn waiting() -> (Shop, Order, Timestamp) {
    let mut shop = Shop::with(credits("1"));
    let order = shop.open(new_order(0, credits("0.5")), start()).expect("an order");
    let step = order.number_bought(sold(start(), CANCEL_AFTER * 5), start()).expect("bought");
    let order = shop.commit(&step, start()).expect("written");
    (shop, order, start().plus(CANCEL_AFTER))
}

fn step(order: &Order, happening: Happening, now: Timestamp) -> Result<Step, NotPossible> {
    rules::happen(order.clone(), happening, now).map(|step| step.expect("something to write"))
}

/// Checks the books, and returns the available and the held balance.
fn balance(shop: &Shop) -> (String, String) {
    books::check(&shop.wallet, &shop.entries).expect("the books add up");
    for order in &shop.orders {
        story::agrees_with_ledger(order, &shop.entries_of(&order.id)).expect("money moved once");
    }
    (shop.wallet.available.to_string(), shop.wallet.held.to_string())
}

#[test]
fn only_two_of_ten_concurrent_purchases_succeed_on_a_balance_for_two() {
    let mut shop = Shop::with(credits("1"));
    // All ten read the same wallet before any of them writes.
    let seen = shop.wallet.clone();
    let mut outcomes = Vec::new();
    for n in 0..10 {
        let opening = Order::open(new_order(n, credits("0.5")), start());
        let hold = opening.movement.clone().expect("an opening holds its price");
        assert!(seen.post(&hold, start()).is_ok(), "each purchase alone is affordable");
        // The write is conditional on the entry number that was read; after a conflict, the purchase starts over.
        let stale = seen.post(&hold, start()).map(|(after, _)| after.seq);
        assert_eq!(stale == Ok(shop.wallet.seq + 1), n == 0, "only the first write gets this number");
        outcomes.push(shop.commit(&opening, start()).map(|order| order.hold.entry));
    }
    assert_eq!(outcomes[..2], [Ok(2), Ok(3)]);
    let poor = Refused::Ledger(LedgerError::InsufficientFunds { missing: credits("0.5") });
    assert!(outcomes[2..].iter().all(|outcome| *outcome == Err(poor.clone())), "{outcomes:?}");
    assert_eq!(shop.orders.len(), 2);
    assert_eq!(balance(&shop), ("0.0000".to_owned(), "1.0000".to_owned()));
}

#[test]
fn a_cancel_refunds_once() {
    let (mut shop, order, now) = waiting();
    let cancel = step(&order, Happening::Cancel, now).expect("possible");
    let cancelling = shop.commit(&cancel, now).expect("written");
    assert_eq!(shop.commit(&cancel, now), Err(Refused::OrderChanged), "two concurrent cancels");
    assert_eq!(step(&cancelling, Happening::Cancel, now).map(|_| ()), wrong(Status::Cancelling), "a later cancel");

    let back = step(&cancelling, Happening::GivenBack, now).expect("possible");
    let refunded = shop.commit(&back, now).expect("written");
    assert_eq!(shop.commit(&back, now), Err(Refused::OrderChanged), "two concurrent refunds");
    for happening in [Happening::Cancel, Happening::Report, Happening::GivenBack, Happening::TimeOut] {
        assert_eq!(step(&refunded, happening, now.plus(DAY)).map(|_| ()), wrong(Status::Refunded), "{happening:?}");
    }
    assert_eq!(balance(&shop), ("1.0000".to_owned(), "0.0000".to_owned()));
}

fn wrong(status: Status) -> Result<(), NotPossible> {
    Err(NotPossible::WrongStatus { status })
}

#[test]
fn a_completed_order_does_not_time_out_and_is_not_refunded() {
    let (mut shop, order, now) = waiting();
    let mut order = shop.commit(&step(&order, Happening::NewMessage, now).expect("a code"), now).expect("written");
    for end in [false, true] {
        if end {
            order = shop.commit(&step(&order, Happening::Finish, now).expect("possible"), now).expect("written");
        }
        let long_after = order.expires_at.plus(GIVE_UP_AFTER).plus(DAY);
        let refunds = [Happening::TimeOut, Happening::Cancel, Happening::Report, Happening::GivenBack];
        for happening in refunds.into_iter().chain([Happening::Unreachable, Happening::NoNumber]) {
            assert_eq!(step(&order, happening, long_after).map(|_| ()), wrong(Status::Completed), "{happening:?}");
        }
        assert!(!order.is_overdue(long_after) && !order.is_given_up(long_after));
        let report = step(&order, Happening::ReportLate, now).expect("a completed order may be reported");
        assert_eq!(report.movement, None, "a report after the code moves no money");
    }
    assert_eq!((order.cost(), balance(&shop)), (credits("0.5"), ("0.5000".to_owned(), "0.0000".to_owned())));
}

#[test]
fn a_refunded_order_is_not_charged_for_a_late_code() {
    let (mut shop, order, now) = waiting();
    let order = shop.commit(&step(&order, Happening::GivenBack, now).expect("possible"), now).expect("written");
    assert_eq!(rules::happen(order.clone(), Happening::NewMessage, now), Ok(None));
    assert_eq!((order.cost(), balance(&shop)), (credits("0"), ("1.0000".to_owned(), "0.0000".to_owned())));
}

#[test]
fn only_one_of_a_concurrent_cancel_and_code_is_written() {
    for code_first in [true, false] {
        let (mut shop, order, now) = waiting();
        let order = shop.commit(&step(&order, Happening::Cancel, now).expect("possible"), now).expect("written");
        let code = step(&order, Happening::NewMessage, now).expect("possible");
        let back = step(&order, Happening::GivenBack, now).expect("possible");
        let (first, second) = if code_first { (code, back) } else { (back, code) };
        assert!(shop.commit(&first, now).is_ok());
        assert_eq!(shop.commit(&second, now), Err(Refused::OrderChanged));
        let left = if code_first { "0.5000" } else { "1.0000" };
        assert_eq!(balance(&shop), (left.to_owned(), "0.0000".to_owned()));
    }
}

#[test]
fn no_number_is_bought_before_its_price_is_held() {
    let opening = Order::open(new_order(0, credits("0.5")), start());
    let hold = opening.movement.as_ref().map(|movement| (movement.kind, movement.amount));
    assert_eq!(hold, Some((EntryKind::Hold, credits("0.5"))));
    assert_eq!((opening.subject.status, &opening.subject.number), (Status::Requesting, &None));

    let mut poor = Shop::with(credits("0.4999"));
    let refused = poor.commit(&opening, start());
    assert_eq!(refused, Err(Refused::Ledger(LedgerError::InsufficientFunds { missing: credits("0.0001") })));
    assert!(poor.orders.is_empty(), "no order was written");

    let (_, order, _) = waiting();
    let events: Vec<_> = order.timeline.iter().map(|item| item.event).collect();
    assert_eq!(events, [TimelineEvent::Held, TimelineEvent::NumberBought]);
}

#[test]
fn an_order_with_a_lost_poll_is_checked_again() {
    // The original polled in the web process, so that a restart lost every open order.
    let (mut shop, order, now) = waiting();
    assert!(order.due_at.is_some_and(|due| due > start()));
    let looked = shop.commit(&order.clone().rescheduled(now), now).expect("written");
    assert!(looked.due_at > order.due_at, "a check schedules the next one");
    let back = looked.begin_cancel(CloseReason::Reported, now).expect("possible");
    let order = shop.commit(&back, now).expect("written");
    assert!(order.due_at.is_some(), "the money is not settled yet");
    let order = shop.commit(&order.given_back(now).expect("possible"), now).expect("written");
    assert_eq!(order.due_at, None);
}
