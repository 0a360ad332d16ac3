//! Orders of one wallet under random events, written as the store writes them: money moves once, ended orders do not
//! change, the timeline matches the ledger, and the actions offered to the customer are those that are possible. About
//! 10,000 steps, more with `SOAK_STEPS`.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

mod support;

use namaskah_domain::{
    Actor, Credits, Timestamp,
    ledger::{EntryKind, Included, LedgerError},
    order::{
        CHECK_AFTER, CloseReason, GIVE_UP_AFTER, LONGEST_LISTENING, LONGEST_WAIT, NotPossible, Order, Status, Step,
        TimelineEvent, poll_delay,
    },
    policy::RefundRule,
};
use proptest::{prelude::*, sample::Index, test_runner::TestRunner};
use std::{cell::RefCell, collections::BTreeMap, mem, time::Duration};
use support::{
    books::{self, Checked},
    fixtures, messages,
    rules::{self, Happening, Outcome},
    runs,
    shop::{Refused, Shop},
    story,
    what::{What, untimely, what},
};

/// The number of orders that change at a time.
const PLAYED: usize = 4;

/// One random step.
#[derive(Clone, Debug)]
enum Act {
    Later(Duration),
    TopUp(i64),
    Open(i64),
    /// Pays a period of some minutes with included verifications.
    Subscribe(u32, u64),
    /// An event of one of the orders.
    Happens(Index, What),
}

fn act() -> impl Strategy<Value = Act> {
    let span = prop_oneof![
        6 => 0_u64..30_000,
        3 => Just(120_000_u64),
        3 => 60_000_u64..300_000,
        2 => Just(1_200_000_u64),
        1 => Just(1_800_000_u64),
        1 => Just(86_400_000_u64),
    ];
    prop_oneof![
        5 => span.prop_map(|ms| Act::Later(Duration::from_millis(ms))),
        2 => (1_i64..50_000).prop_map(Act::TopUp),
        4 => (1_i64..20_000).prop_map(Act::Open),
        1 => (1_u32..6, 1_u64..120).prop_map(|(units, minutes)| Act::Subscribe(units, minutes)),
        30 => (any::<Index>(), what()).prop_map(|(order, what)| Act::Happens(order, what)),
    ]
}

/// Compares the result of an event with the table. [`messages::check`] checks the messages.
fn follows_the_table(
    before: &Order,
    what: &What,
    answer: &Result<Option<Step>, NotPossible>,
    now: Timestamp,
) -> Checked {
    let Some(happening) = what.happening() else { return Ok(()) };
    let outcome = match (rules::outcome(happening, before.status), untimely(before, happening, now)) {
        (Outcome::No, _) => Err(NotPossible::WrongStatus { status: before.status }),
        (Outcome::NotYet, _) => Err(NotPossible::StillRequesting),
        (_, Some(untimely)) => Err(untimely),
        (outcome, None) => Ok(outcome),
    };
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(refusal) => {
            prop_assert_eq!(answer.as_ref().err(), Some(&refusal), "{:?} of {:?}", what, before.status);
            return Ok(());
        }
    };
    prop_assert!(answer.is_ok(), "{:?} of {:?} is possible, not {:?}", what, before.status, answer);
    let step = answer.as_ref().ok().and_then(Option::as_ref);
    if matches!(happening, Happening::NewMessage | Happening::OldMessage) && outcome == Outcome::Stays {
        // The message is known, or there is no room: nothing to write.
        return Ok(());
    }
    let (status, money) = match outcome {
        Outcome::Nothing => {
            prop_assert!(step.is_none(), "{:?} of {:?} writes nothing", what, before.status);
            return Ok(());
        }
        Outcome::Stays => (before.status, None),
        Outcome::To(status) => (status, None),
        Outcome::Captures(status) => (status, Some(EntryKind::Capture)),
        Outcome::Releases(status) => (status, Some(EntryKind::Release)),
        Outcome::No | Outcome::NotYet => unreachable!("rejections were compared above"),
    };
    let did = step.map(|step| (step.subject.status, step.movement.as_ref().map(|movement| movement.kind)));
    prop_assert_eq!(did, Some((status, money)), "{:?} of {:?}", what, before.status);
    Ok(())
}

/// Checks the reason, the refund rule and the actor of an order that was returned.
fn says_why(before: &Order, what: &What, step: &Step, now: Timestamp) -> Checked {
    let Some(happening) = what.happening() else { return Ok(()) };
    let ended = if now >= before.expires_at { CloseReason::Timeout } else { CloseReason::Supplier };
    let because = match (happening, what) {
        (_, What::NoNumber(because)) => *because,
        (Happening::NoNumber, _) => CloseReason::NoNumbers,
        (Happening::Cancel, _) => CloseReason::Cancelled,
        (Happening::Report, _) => CloseReason::Reported,
        (Happening::TimeOut, _) => CloseReason::Timeout,
        (Happening::Unreachable, _) => CloseReason::SupplierUnreachable,
        (Happening::GivenBack, _) => before.closed_because.unwrap_or(ended),
        _ => return Ok(()),
    };
    prop_assert_eq!(step.subject.closed_because, Some(because), "after {:?}", happening);
    let Some(movement) = &step.movement else { return Ok(()) };
    let rule = match because {
        CloseReason::Cancelled => RefundRule::Cancelled,
        CloseReason::Reported => RefundRule::NumberReported,
        CloseReason::Timeout => RefundRule::NoCode,
        CloseReason::Supplier => RefundRule::SupplierClosed,
        CloseReason::SupplierUnreachable => RefundRule::SupplierUnreachable,
        CloseReason::NoNumbers | CloseReason::PriceRose | CloseReason::SupplierUnavailable => RefundRule::NoNumber,
    };
    prop_assert_eq!(&movement.rule, &Some(rule.id()), "after {:?}", happening);
    let customer = matches!(because, CloseReason::Cancelled | CloseReason::Reported);
    let actor = if customer { Actor::user(&fixtures::user()) } else { Actor::system("orders") };
    prop_assert_eq!(&movement.actor, &actor, "after {:?}", happening);
    Ok(())
}

/// Checks that the order stores the facts of the event.
fn remembers(before: &Order, what: &What, after: &Order, now: Timestamp) -> Checked {
    if let (What::Bought { lifetime, .. }, Some(number)) = (what, &after.number) {
        prop_assert_eq!(number.bought_at, now);
        prop_assert_eq!(after.expires_at, now.plus((*lifetime).min(LONGEST_WAIT)), "the deadline follows our clock");
        prop_assert_eq!(after.listens_until, now.plus((*lifetime).min(LONGEST_LISTENING)));
    } else if what.happening() == Some(Happening::Finish) {
        prop_assert_eq!(after.listens_until, now);
    } else if what.happening() != Some(Happening::NumberBought) {
        prop_assert_eq!((after.expires_at, after.listens_until), (before.expires_at, before.listens_until));
        prop_assert_eq!(&after.number, &before.number);
    }
    prop_assert_eq!(&after.attempt, &before.attempt);
    Ok(())
}

/// Checks the lines that the event adds to the timeline.
fn adds_lines(before: &Order, what: &What, step: &Step, after: &Order) -> Checked {
    let mut wanted = match what.happening() {
        Some(Happening::NumberBought) => vec![TimelineEvent::NumberBought],
        Some(Happening::Cancel | Happening::Report | Happening::TimeOut) => vec![TimelineEvent::CancelRequested],
        Some(Happening::Finish) => vec![TimelineEvent::Finished],
        Some(Happening::ReportLate) if story::count(before, TimelineEvent::Reported) == 0 => {
            vec![TimelineEvent::Reported]
        }
        _ => messages::lines(before, after),
    };
    match step.movement.as_ref().map(|movement| movement.kind) {
        Some(EntryKind::Capture) => wanted.push(TimelineEvent::Captured),
        Some(_) => wanted.push(TimelineEvent::Released),
        None => {}
    }
    let added: Vec<_> = after.timeline.iter().skip(before.timeline.len()).map(|item| item.event).collect();
    prop_assert_eq!(added, wanted, "after {:?} of {:?}", what, before.status);
    Ok(())
}

/// Checks when the order is due, and whether it is polled.
fn is_due(order: &Order, now: Timestamp) -> Checked {
    if order.status.is_open() {
        let due = order.due_at.map(|due| (due > now, due.since(now) <= Duration::from_mins(5)));
        prop_assert_eq!(due, Some((true, true)), "{:?} due {:?}", order.status, order.due_at);
    } else {
        let says_something = order.messages.iter().any(|message| message.text.is_some() || message.code.is_some());
        prop_assert_eq!(order.due_at, says_something.then_some(order.purge_at), "due only to delete texts");
    }
    if order.status == Status::Requesting {
        prop_assert!(order.due_at >= Some(order.attempt.at.plus(CHECK_AFTER)), "the purchase has ended by then");
    }
    let fetches = match order.status {
        Status::Waiting | Status::Cancelling => true,
        Status::Completed => now < order.listens_until,
        Status::Requesting | Status::Refunded | Status::Failed => false,
    };
    prop_assert_eq!(poll_delay(order, now).is_some(), fetches, "polled while a message may come");
    Ok(())
}

fn happens(shop: &mut Shop, at: usize, what: &What, now: Timestamp) -> Checked {
    let before = shop.orders[at].clone();
    let answer = what.happen(before.clone(), now);
    follows_the_table(&before, what, &answer, now)?;
    if let What::Messages(messages) = what {
        messages::check(&before, messages, answer.as_ref().ok().and_then(Option::as_ref))?;
    }
    let Ok(Some(step)) = answer else { return Ok(()) };
    says_why(&before, what, &step, now)?;
    let after = shop.commit(&step, now);
    prop_assert!(after.is_ok(), "the ledger accepts every movement of an order: {:?}", after);
    let after = after.expect("checked above");
    remembers(&before, what, &after, now)?;
    adds_lines(&before, what, &step, &after)?;
    story::goes_on(&before, &after)?;
    tells_the_truth(shop, &after)?;
    is_due(&after, now)
}

fn open(shop: &mut Shop, price: i64, now: Timestamp) -> Checked {
    let (n, price) = (shop.orders.len(), Credits::from_units(price));
    let opened = shop.open(fixtures::new_order(n, price), now);
    match opened {
        Ok(order) => {
            prop_assert_eq!((order.status, order.price, order.number.is_none()), (Status::Requesting, price, true));
            prop_assert_eq!(order.expires_at, now.plus(LONGEST_WAIT));
            tells_the_truth(shop, &order)?;
            is_due(&order, now)
        }
        Err(refused) => {
            let included = shop.wallet.includes(Included::one(fixtures::INCLUDED), price, now).amount;
            let missing = Credits::from_units(price.units() - included.units() - shop.wallet.available.units());
            prop_assert!(missing.is_positive(), "{} of {} missing", missing, price);
            prop_assert_eq!(refused, Refused::Ledger(LedgerError::InsufficientFunds { missing }));
            prop_assert_eq!(shop.orders.len(), n, "a rejected order is not stored");
            Ok(())
        }
    }
}

/// Checks an order after an event.
fn tells_the_truth(shop: &Shop, order: &Order) -> Checked {
    story::agrees_with_ledger(order, &shop.entries_of(&order.id))?;
    story::is_coherent(order)
}

/// Checks that no money stays held if the supplier never answers again.
fn everything_ends(shop: &mut Shop, now: Timestamp) -> Checked {
    let latest = shop.orders.iter().map(|order| order.expires_at).max().unwrap_or(now);
    let end = now.max(latest).plus(GIVE_UP_AFTER);
    for at in 0..shop.orders.len() {
        happens(shop, at, &What::Plain(Happening::Unreachable), end)?;
    }
    prop_assert_eq!(shop.wallet.held, Credits::ZERO, "nothing stays held");
    books::check(&shop.wallet, &shop.entries)?;
    shop.orders.iter().try_for_each(|order| tells_the_truth(shop, order))
}

#[test]
fn money_moves_once_whatever_happens() {
    let config = runs::config();
    let thorough = runs::is_thorough(&config);
    let reached = RefCell::new(BTreeMap::<String, u32>::new());
    let reach = |what: String| *reached.borrow_mut().entry(what).or_default() += 1;
    let outcome = TestRunner::new(config).run(&prop::collection::vec(act(), 1..=runs::LONGEST), |acts| {
        let mut now = fixtures::start();
        let mut shop = Shop::with(fixtures::credits("3"));
        for act in acts {
            // Only the newest orders change, so that each sees many events.
            let first = shop.orders.len().saturating_sub(PLAYED);
            match act {
                Act::Later(span) => now = now.plus(span),
                Act::TopUp(units) => {
                    shop.post(&fixtures::top_up(Credits::from_units(units)), now).expect("a payment");
                }
                Act::Subscribe(units, minutes) => {
                    let until = now.plus(Duration::from_mins(minutes));
                    // Without money there is no period.
                    let _ = shop.post(&fixtures::subscription(units, until, false), now);
                }
                Act::Open(price) => {
                    let orders = shop.orders.len();
                    open(&mut shop, price, now)?;
                    if shop.orders.last().is_some_and(|order| order.included.is_positive()) {
                        reach("an included order".to_owned());
                    }
                    if orders == shop.orders.len() {
                        reach("an order without money".to_owned());
                    }
                }
                Act::Happens(order, what) if !shop.orders.is_empty() => {
                    let at = first + order.index(shop.orders.len() - first);
                    if let Some(happening) = what.happening() {
                        reach(format!("{happening:?} while {:?}", shop.orders[at].status));
                        if let Some(refusal) = untimely(&shop.orders[at], happening, now) {
                            reach(format!("{happening:?} untimely: {:?}", mem::discriminant(&refusal)));
                        }
                    }
                    happens(&mut shop, at, &what, now)?;
                }
                Act::Happens(..) => {}
            }
            books::check(&shop.wallet, &shop.entries)?;
            shop.orders[first..].iter().try_for_each(|order| story::actions_match_transitions(order, now))?;
        }
        everything_ends(&mut shop, now)
    });
    outcome.expect("orders and ledger agree");
    let reached = reached.into_inner();
    let cells = reached.keys().filter(|what| what.contains(" while ")).count();
    let rarest = reached.iter().min_by_key(|(_, times)| **times);
    println!("{cells} cells of the table in {} events, rarest {rarest:?}", reached.values().sum::<u32>());
    if thorough {
        assert_eq!(
            cells,
            rules::TABLE.len() * rules::STATUSES.len(),
            "every event occurred in every state: {reached:?}"
        );
        let untimely = reached.keys().filter(|what| what.contains("untimely")).count();
        assert_eq!(untimely, 5, "every untimely event occurred: {reached:?}");
        for what in ["an order without money", "an included order"] {
            assert!(reached.contains_key(what), "{reached:?}");
        }
    }
}
