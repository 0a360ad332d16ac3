//! The possible events and actions in each state of an order, with their times, case by case.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

mod support;

use namaskah_domain::{
    Code, OrderId, Plan, Timestamp,
    access::Mode,
    ledger::{Entry, EntryKind},
    order::{
        BUYING_TAKES, CANCEL_AFTER, CloseReason, GIVE_UP_AFTER, LONGEST_WAIT, MOST_MESSAGES, NewOrder, NotPossible,
        Order, Sale, Status, Step, TimelineEvent,
    },
    policy::RefundRule,
    sandbox::KEPT,
};
use std::time::Duration;
use support::{
    fixtures::{self, Sms, credits, sold, start},
    messages,
    rules::{self, Happening, Outcome, STATUSES, TABLE},
    shop::{Shop, ids},
    story,
};

/// An hour after the start: waiting times are over, but the supplier's two hours are not.
fn an_hour_later() -> Timestamp {
    start().plus(Duration::from_hours(1))
}

/// A shop with one order, after these events.
fn after(way: &[Happening]) -> (Shop, Order) {
    let mut shop = Shop::with(credits("10"));
    let mut order = shop.open(fixtures::new_order(0, credits("0.5")), start()).expect("an order");
    for happening in way {
        // A customer may cancel only two minutes after the purchase.
        let now = if *happening == Happening::Cancel { start().plus(CANCEL_AFTER) } else { start() };
        let step = rules::happen(order, *happening, now).expect("possible").expect("something to write");
        order = shop.commit(&step, now).expect("written");
    }
    (shop, order)
}

fn in_status(status: Status) -> (Shop, Order) {
    use Happening::{Cancel, GivenBack, NewMessage, NoNumber, NumberBought};
    let (shop, order) = after(match status {
        Status::Requesting => &[],
        Status::Waiting => &[NumberBought],
        Status::Cancelling => &[NumberBought, Cancel],
        Status::Completed => &[NumberBought, NewMessage],
        Status::Refunded => &[NumberBought, GivenBack],
        Status::Failed => &[NoNumber],
    });
    assert_eq!(order.status, status);
    (shop, order)
}

/// The actual outcome, in the terms of the table.
fn outcome(before: &Order, answer: Result<Option<Step>, NotPossible>) -> Outcome {
    let step = match answer {
        Ok(Some(step)) => step,
        Ok(None) => return Outcome::Nothing,
        Err(NotPossible::StillRequesting) => return Outcome::NotYet,
        Err(NotPossible::WrongStatus { status }) if status == before.status => return Outcome::No,
        Err(error) => panic!("{error:?} an hour after the purchase, while {:?}", before.status),
    };
    let status = step.subject.status;
    match step.movement.map(|movement| movement.kind) {
        None if status == before.status => Outcome::Stays,
        None => Outcome::To(status),
        Some(EntryKind::Capture) => Outcome::Captures(status),
        Some(EntryKind::Release) => Outcome::Releases(status),
        Some(kind) => panic!("{kind:?} after the hold"),
    }
}

#[test]
fn the_events_of_each_state_match_the_table() {
    let line = |name: &str, cells: [String; 6]| {
        println!("{name:<14}{}", cells.map(|cell| format!("{cell:<20}")).join(" "));
    };
    line("", STATUSES.map(|status| status.as_str().to_owned()));
    let mut wrong = Vec::new();
    for (happening, wanted) in TABLE {
        let done = STATUSES.map(|status| {
            // The completed order already has the table's message, so it gets another one.
            let (_, order) = in_status(status);
            let when = if happening == Happening::Purge { order.purge_at } else { an_hour_later() };
            let answer = if happening == Happening::NewMessage && status == Status::Completed {
                Ok(order.clone().receive(messages::incoming(&order, &[another()]), ids(start()), when))
            } else {
                rules::happen(order.clone(), happening, when)
            };
            outcome(&order, answer)
        });
        line(&format!("{happening:?}"), done.map(|outcome| format!("{outcome:?}")));
        if done != wanted {
            wrong.push((happening, wanted));
        }
    }
    assert!(wrong.is_empty(), "expected: {wrong:?}");
}

/// A message that is new to the order.
fn another() -> Sms {
    Sms { n: 7, after_sale_ms: 1000 }
}

#[test]
fn an_early_cancel_fails_with_its_earliest_time() {
    let (_, order) = in_status(Status::Waiting);
    let from = start().plus(CANCEL_AFTER);
    let just_before = Timestamp::from_millis(from.millis() - 1);
    let cancel = |at| order.clone().begin_cancel(CloseReason::Cancelled, at).map(|_| ());
    assert_eq!(cancel(just_before), Err(NotPossible::TooEarly { from }));
    assert_eq!(cancel(from), Ok(()));
    assert!(order.clone().begin_cancel(CloseReason::Reported, start()).is_ok(), "a report is possible immediately");
    for at in [just_before, from] {
        let action = order.actions(at).cancel;
        assert_eq!((action.possible, action.from), (at == from, Some(from)));
    }
}

#[test]
fn money_is_held_half_an_hour_for_an_unreachable_supplier() {
    for status in [Status::Requesting, Status::Waiting, Status::Cancelling] {
        let (_, order) = in_status(status);
        let end = order.expires_at.plus(GIVE_UP_AFTER);
        assert_eq!(end, start().plus(LONGEST_WAIT).plus(GIVE_UP_AFTER), "{status:?}");
        let just_before = Timestamp::from_millis(end.millis() - 1);
        assert_eq!(
            order.clone().supplier_unreachable(just_before).map(|_| ()),
            Err(NotPossible::WrongStatus { status })
        );
        assert_eq!((order.is_given_up(just_before), order.is_given_up(end)), (false, true));
        assert!(order.supplier_unreachable(end).is_ok(), "{status:?}");
    }
}

#[test]
fn the_deadline_is_the_suppliers_within_twenty_minutes_by_our_clock() {
    let minutes = Duration::from_mins;
    for (lifetime, wait, listens) in [(0, 0, 0), (5, 5, 5), (20, 20, 20), (21, 20, 21), (180, 20, 180), (600, 20, 180)]
    {
        for suppliers_clock in [start(), fixtures::at("2026-11-20T00:00:00Z"), fixtures::at("2026-11-23T00:00:00Z")] {
            let (_, order) = in_status(Status::Requesting);
            let step = order.number_bought(sold(suppliers_clock, minutes(lifetime)), start()).expect("bought");
            let order = step.subject;
            assert_eq!(order.expires_at, start().plus(minutes(wait)), "{lifetime} min");
            assert_eq!(order.listens_until, start().plus(minutes(listens)), "{lifetime} min");
            let just_before = Timestamp::from_millis(order.expires_at.millis() - 1);
            assert_eq!((order.is_overdue(just_before), order.is_overdue(order.expires_at)), (false, true));
        }
    }
    let mut upside_down = sold(start(), minutes(5));
    (upside_down.sold_at, upside_down.ends_at) = (upside_down.ends_at, upside_down.sold_at);
    let (_, order) = in_status(Status::Requesting);
    let step = order.number_bought(upside_down, start()).expect("bought");
    assert_eq!(step.subject.expires_at, start(), "a negative lifetime counts as zero");
}

#[test]
fn the_close_reason_depends_on_the_deadline() {
    let (_, order) = in_status(Status::Waiting);
    let deadline = order.expires_at;
    let cases = [
        (Timestamp::from_millis(deadline.millis() - 1), CloseReason::Supplier, RefundRule::SupplierClosed),
        (deadline, CloseReason::Timeout, RefundRule::NoCode),
    ];
    for (now, because, rule) in cases {
        let step = order.clone().given_back(now).expect("possible");
        assert_eq!(step.subject.closed_because, Some(because));
        assert_eq!(step.movement.and_then(|movement| movement.rule), Some(rule.id()));
    }
}

#[test]
fn a_message_counts_from_the_moment_of_the_sale_by_the_suppliers_clock() {
    for (after_sale_ms, counts) in [(-86_400_000, false), (-1, false), (0, true), (1, true)] {
        let (_, order) = in_status(Status::Waiting);
        let incoming = messages::incoming(&order, &[Sms { n: 1, after_sale_ms }]);
        // Our own clock does not matter.
        for now in [start(), start().plus(fixtures::DAY)] {
            let step = order.clone().receive(incoming.clone(), ids(now), now).expect("a new message");
            assert_eq!(step.subject.messages[0].ignored, !counts, "{after_sale_ms} ms");
            assert_eq!(step.subject.status == Status::Completed, counts, "{after_sale_ms} ms");
        }
    }
}

#[test]
fn the_same_message_is_stored_once() {
    let (_, order) = in_status(Status::Waiting);
    let thrice = messages::incoming(&order, &[another(); 3]);
    let order = order.receive(thrice.clone(), ids(start()), start()).expect("new").subject;
    assert_eq!(order.messages.len(), 1);
    assert_eq!(order.receive(thrice, ids(start()), start()), None);
}

#[test]
fn old_messages_leave_room_for_one_that_counts() {
    // A number that was used before may have many old messages.
    let old: Vec<_> = (0..50).map(|n| Sms { n, after_sale_ms: -1000 }).collect();
    let (_, order) = in_status(Status::Waiting);
    let order = order.clone().receive(messages::incoming(&order, &old), ids(start()), start()).expect("new").subject;
    assert_eq!(order.status, Status::Waiting);
    assert!(order.messages.len() <= MOST_MESSAGES);
    let step = order.clone().receive(messages::incoming(&order, &[another()]), ids(start()), start());
    let step = step.expect("a message that counts is never lost");
    assert_eq!(step.subject.status, Status::Completed);
    assert_eq!(step.subject.code().map(Code::as_str), another().code().as_deref());
    assert!(step.subject.messages.len() <= MOST_MESSAGES);
}

#[test]
fn a_code_that_comes_while_cancelling_is_delivered() {
    let (mut shop, order) = in_status(Status::Cancelling);
    let step = rules::happen(order, Happening::NewMessage, an_hour_later()).expect("possible").expect("new");
    let order = shop.commit(&step, an_hour_later()).expect("written");
    assert_eq!((order.status, order.closed_because, order.cost()), (Status::Completed, None, credits("0.5")));
    assert_eq!(order.clone().given_back(an_hour_later()), Err(NotPossible::WrongStatus { status: Status::Completed }));
    story::agrees_with_ledger(&order, &shop.entries_of(&order.id)).expect("one capture");
}

#[test]
fn an_order_can_be_finished_once() {
    let (_, order) = in_status(Status::Completed);
    assert!(order.actions(start()).finish.possible);
    let order = order.finish(start()).expect("messages are still fetched").subject;
    let wrong = NotPossible::WrongStatus { status: Status::Completed };
    assert!(!order.actions(start()).finish.possible, "already finished");
    assert_eq!(order.finish(start()).map(|_| ()), Err(wrong), "an action that is not offered is rejected");

    let (_, order) = in_status(Status::Completed);
    let over = order.listens_until;
    assert!(!order.actions(over).finish.possible);
    assert_eq!(order.finish(over).map(|_| ()), Err(wrong), "fetching has ended");
}

#[test]
fn message_texts_are_deleted_after_their_retention() {
    let (_, order) = in_status(Status::Completed);
    assert_eq!(order.due_at, Some(order.purge_at), "due when the texts must be deleted");
    let just_before = Timestamp::from_millis(order.purge_at.millis() - 1);
    assert!(order.clone().purged(just_before).is_err(), "texts are kept for the plan's retention");
    let (text, code) = (another().text(), order.code().expect("a code").as_str().to_owned());
    let at = order.purge_at;
    let purged = order.purged(at).expect("the retention has ended").subject;
    assert_eq!((purged.messages.len(), purged.code()), (1, None), "the message itself remains");
    assert_eq!((purged.status, purged.due_at), (Status::Completed, None));
    let stored = serde_json::to_string(&purged).expect("serialisable");
    assert!(!stored.contains(&code) && !stored.contains(&text) && purged.messages[0].fingerprint.is_empty());
}

#[test]
fn a_test_order_is_deleted_with_its_texts_once_it_is_closed() {
    let mut shop = Shop::with(credits("10"));
    let id = OrderId::of(Mode::Test, start(), 1);
    for plan in [Plan::Starter, Plan::Enterprise] {
        let new = NewOrder { id: id.clone(), plan, ..fixtures::new_order(0, credits("0.5")) };
        assert_eq!(Order::open(new, start()).subject.purge_at, start().plus(KEPT), "{plan:?}");
    }
    let new = NewOrder { id, ..fixtures::new_order(0, credits("0.5")) };
    let mut order = shop.open(new, start()).expect("an order");
    for happening in [Happening::NumberBought, Happening::NewMessage] {
        assert_eq!(order.kept_until(), None, "its price is held");
        let step = rules::happen(order, happening, start()).expect("possible").expect("something to write");
        order = shop.commit(&step, start()).expect("written");
    }
    assert_eq!((order.status, order.due_at), (Status::Completed, None), "nobody deletes its texts before");
    assert_eq!(order.kept_until(), Some(start().plus(KEPT)));
    let kept: Vec<_> = shop.entries.iter().map(Entry::kept_until).collect();
    assert_eq!(kept, [None, Some(start().plus(KEPT)), Some(start().plus(KEPT))], "the payment is real money");
    let (_, real) = in_status(Status::Completed);
    assert_eq!(real.kept_until(), None);
}

#[test]
fn an_order_of_a_deleted_account_is_forgotten_once_it_is_closed() {
    let (_, mut order) = in_status(Status::Completed);
    order.request.tags.insert("name".to_owned(), "Kofi".to_owned());
    let (text, code) = (another().text(), order.code().expect("a code").as_str().to_owned());
    assert!(!order.is_forgotten(start()));
    let forgotten = order.forgotten(start()).expect("it is closed").subject;
    assert_eq!((forgotten.listens_until, forgotten.purge_at, forgotten.due_at), (start(), start(), None));
    let stored = serde_json::to_string(&forgotten).expect("serialisable");
    assert!(!stored.contains(&code) && !stored.contains(&text) && !stored.contains("Kofi"), "{stored}");
    assert!(forgotten.is_forgotten(start()));
    for status in STATUSES.iter().copied().filter(|status| status.is_open()) {
        let (_, order) = in_status(status);
        assert!(!order.is_forgotten(start()) && order.forgotten(start()).is_err(), "{status:?}");
    }
}

#[test]
fn customers_see_a_message_until_its_retention_is_over() {
    let (_, order) = in_status(Status::Completed);
    let seen = |order: &Order, at: Timestamp| {
        let message = order.visible_messages(at).remove(0);
        (message.text.is_some(), message.code.is_some(), order.visible_code(at).is_some())
    };
    let just_before = Timestamp::from_millis(order.purge_at.millis() - 1);
    assert_eq!(seen(&order, just_before), (true, true, true));
    assert_eq!(seen(&order, order.purge_at), (false, false, false), "even if no worker deleted it yet");
    let mut ignored = order;
    ignored.messages[0].ignored = true;
    assert_eq!(seen(&ignored, just_before), (false, false, false), "it was for an earlier customer");
}

#[test]
fn the_log_of_an_order_contains_no_private_data() {
    let (_, order) = in_status(Status::Completed);
    let stored = serde_json::to_string(&order).expect("serialisable");
    let logged = format!("{order:?} {:?}", messages::incoming(&order, &[another()]));
    let phone = order.number.as_ref().expect("a number").phone.as_str();
    let code = order.code().expect("a code").as_str();
    for private in [phone, code, "Your code is", "WhatsApp"] {
        assert!(stored.contains(private) && !logged.contains(private), "{private} in {logged}");
    }
}

#[test]
fn polls_are_frequent_while_a_code_is_likely() {
    let seconds = |order: &namaskah_domain::order::Order, after: u64| {
        let now = start().plus(Duration::from_secs(after));
        namaskah_domain::order::poll_delay(order, now).map(|delay| delay.as_secs())
    };
    let (_, order) = in_status(Status::Waiting);
    assert_eq!([0, 59, 60, 179, 180, 1199, 1200].map(|at| seconds(&order, at)), [2, 2, 5, 5, 15, 15, 60].map(Some));
    let (_, order) = in_status(Status::Completed);
    assert_eq!([0, 119, 120, 1000].map(|at| seconds(&order, at)), [15, 15, 60, 60].map(Some), "{order:?}");
    let (_, order) = in_status(Status::Refunded);
    assert_eq!(seconds(&order, 0), None);
}

#[test]
fn a_late_report_is_recorded_once() {
    // Otherwise repeated reports would grow the stored order without limit.
    let (_, mut order) = in_status(Status::Completed);
    for _ in 0..3 {
        assert!(order.actions(start()).report.possible);
        let step = order.reported_late(start()).expect("a completed order may be reported");
        assert_eq!(step.movement, None);
        order = step.subject;
    }
    assert_eq!(story::count(&order, TimelineEvent::Reported), 1);
}

#[test]
fn a_more_expensive_sale_does_not_raise_the_price() {
    let (_, order) = in_status(Status::Requesting);
    let mut dear = sold(start(), LONGEST_WAIT);
    dear.cost = namaskah_domain::SupplierMoney::from_micros(i64::MAX);
    let step = order.number_bought(dear, start()).expect("bought");
    assert_eq!((step.subject.price, step.subject.cost()), (credits("0.5"), credits("0.5")));
    let step = rules::happen(step.subject, Happening::NewMessage, start()).expect("possible").expect("new");
    assert_eq!(step.movement.map(|movement| movement.amount), Some(credits("0.5")));
}

#[test]
fn a_number_unknown_to_the_supplier_waits_until_the_deadline() {
    for (status, waits) in [
        (Status::Requesting, false),
        (Status::Waiting, true),
        (Status::Cancelling, true),
        (Status::Completed, false),
        (Status::Refunded, false),
    ] {
        let (_, order) = in_status(status);
        let just_before = Timestamp::from_millis(order.expires_at.millis() - 1);
        assert!(!order.is_past_deadline(just_before), "{status:?}");
        assert_eq!(order.is_past_deadline(order.expires_at), waits, "{status:?}");
    }
}

#[test]
fn a_sale_is_adopted_only_if_it_matches_the_request() {
    let (_, order) = in_status(Status::Requesting);
    let (other_service, other_country) = ("telegram".parse().unwrap(), "RU".parse().unwrap());
    let asked = Sale { cost: order.attempt.cap, ..sold(order.attempt.at, LONGEST_WAIT) };
    let sale = || asked.clone();
    let foreign = "+5511987654321".parse().unwrap();
    let dear = namaskah_domain::SupplierMoney::from_micros(order.attempt.cap.micros() + 1);
    let long_ago = order.attempt.at.minus(Duration::from_secs(11));
    let late = order.attempt.at.plus(BUYING_TAKES + Duration::from_secs(11));
    for (what, sale, contradicts, fits) in [
        ("as requested", sale(), false, true),
        ("no country", Sale { country: None, ..sale() }, false, false),
        ("another country", Sale { country: Some(other_country), ..sale() }, true, false),
        ("a number of another country", Sale { phone: foreign, ..sale() }, true, false),
        ("another service", Sale { service: Some(other_service), ..sale() }, true, false),
        ("too expensive", Sale { cost: dear, ..sale() }, false, false),
        ("sold before the request", Sale { sold_at: long_ago, ..sale() }, false, false),
        ("sold after the purchase had ended", Sale { sold_at: late, ..sale() }, false, false),
        ("ended without a message", Sale { is_usable: false, ..sale() }, false, false),
    ] {
        assert_eq!((order.request.is_contradicted_by(&sale), order.may_own(&sale)), (contradicts, fits), "{what}");
    }
}
