//! Payments under random events, written as the store writes them: each receipt of a gateway is credited once, agreed
//! money is always credited, and every payment ends. About 10,000 steps, more with `SOAK_STEPS`.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

mod support;

use namaskah_domain::payment::{Fault, GIVE_UP_AFTER, Status};
use proptest::{prelude::*, sample::Index, test_runner::TestRunner};
use std::{cell::RefCell, collections::BTreeMap, time::Duration};
use support::{
    books::Checked,
    fixtures,
    payments::{
        REPORTED,
        acts::{Act, Agreed, Beginning, How, Opening, act},
        customer, new_payment, price,
        world::{PHASES, World, phase},
    },
    runs,
};

/// The number of payments that change at a time.
const PLAYED: usize = 2;
/// The age up to which a lost request for a checkout is repeated.
const REPEATED_UNTIL: Duration = Duration::from_hours(40);
/// The age up to which a gateway may say something wrong about the state, because it is asked again.
const ASKED_AGAIN: Duration = Duration::from_hours(23);
/// Longer than the time in which workers look for money that was not seen.
const LOOKS_TAKE: Duration = Duration::from_hours(120);
/// The most looks at a payment after everything happened.
const MOST_LOOKS: usize = 12;
/// Events that are too rare to occur by chance only.
const RARE: [&str; 10] = [
    "AnswerLost",
    "Refused",
    "a stale report",
    "a dearer credit",
    "coins that need more blocks",
    "the money of another payment",
    "cancelled while Pending",
    "cancelled while Part",
    "late money",
    "a late checkout",
];

/// Does the n-th act.
fn happen(world: &mut World, n: usize, act: Act) -> Checked {
    let now = world.now;
    let first = world.accounts.len().saturating_sub(PLAYED);
    let count = world.accounts.len() - first;
    let place = |of: Index| first + of.index(count);
    match act {
        Act::Later(span) => world.now = now.plus(span),
        Act::Reprice(percent) => world.price = percent,
        Act::Start(agreed, beginning) => return starts(world, n, agreed, beginning),
        Act::Deliver { newest } => return world.deliver(newest),
        Act::ApplyKept => return world.apply_kept(),
        Act::Sweep => return world.sweep(),
        // Everything else is about a payment.
        _ if count == 0 => {}
        Act::Open(of, opening) => return opens(world, place(of), opening),
        Act::Cancel(of, closes) => return cancels(world, place(of), closes),
        Act::Pay { of, how, is_settled, is_lost } => pays(world, n, place(of), how, is_settled, is_lost),
        Act::Decline(of) => world.accounts[place(of)].is_declined = true,
        Act::Close(of) => world.accounts[place(of)].is_closed = true,
        Act::Confirm { of, settles, is_lost } => {
            if let Some(is_late) = world.accounts[place(of)].confirms(settles, now) {
                world.tell(place(of), is_lost && !is_late);
            }
        }
        Act::Look(of) => return world.look(place(of)),
        Act::Keep(of) => world.keep_report(place(of)),
        Act::Lie(of, state) if now.since(world.payment(place(of)).created_at) < ASKED_AGAIN => {
            let mut report = world.accounts[place(of)].report(now);
            report.state = state;
            let look = world.ask(place(of), report);
            return world.apply(place(of), &look);
        }
        Act::Lie(..) => {}
        Act::Confuse(of, other) => return world.confuse(place(of), place(other)),
    }
    Ok(())
}

fn starts(world: &mut World, n: usize, agreed: Agreed, beginning: Beginning) -> Checked {
    let new = new_payment(n, customer(agreed.customer), agreed.method, agreed.amount, price(agreed.price));
    let at = world.accounts.len();
    world.start(new)?;
    let usual = Opening::Arrives { is_long: true };
    match beginning {
        Beginning::Nothing => Ok(()),
        Beginning::Opened(opening) => opens(world, at, opening),
        Beginning::Part => {
            opens(world, at, usual)?;
            pays(world, n, at, How::Share(30), true, true);
            world.look(at)
        }
        Beginning::Cancelled => {
            opens(world, at, usual)?;
            cancels(world, at, false)
        }
        Beginning::Late(span) => {
            world.now = world.now.plus(span);
            opens(world, at, usual)
        }
    }
}

fn opens(world: &mut World, at: usize, opening: Opening) -> Checked {
    let (now, payment) = (world.now, world.payment(at).clone());
    if payment.status != Status::Started {
        prop_assert!(payment.not_opened(now).is_err(), "it was opened before");
        return Ok(());
    }
    let age = now.since(payment.created_at);
    if age > REPEATED_UNTIL {
        return Ok(());
    }
    world.reach(format!("{opening:?}"));
    if age >= GIVE_UP_AFTER {
        world.reach("a late checkout");
    }
    match opening {
        Opening::Arrives { is_long } => {
            let checkout = world.accounts[at].open(is_long, now);
            world.write(&payment.opened(checkout, now).expect("it was started"))
        }
        Opening::AnswerLost => {
            world.accounts[at].open(false, now);
            Ok(())
        }
        Opening::Refused if world.accounts[at].is_known() => Ok(()),
        Opening::Refused => world.write(&payment.not_opened(now).expect("it was started")),
    }
}

fn pays(world: &mut World, n: usize, at: usize, how: How, is_settled: bool, is_lost: bool) {
    if !world.accounts[at].takes_money(world.now) {
        return;
    }
    let sent = how.sent(world.payment(at).amount);
    let is_late = world.accounts[at].pays(format!("receipt-{n}"), sent, is_settled, world.now);
    // Gateways repeat events for days, so that those of late money arrive.
    world.tell(at, is_lost && !is_late);
    if is_late {
        world.reach("late money");
    }
    world.reach(format!("paid while {}", phase(world.payment(at))));
}

/// A cancel looks first, as the use case does.
fn cancels(world: &mut World, at: usize, closes: bool) -> Checked {
    world.look(at)?;
    let payment = world.payment(at).clone();
    let is_possible = payment.status.is_open() && !payment.is_starting(world.now) && !payment.is_confirming;
    let cancelled = payment.clone().cancelled(world.now);
    prop_assert_eq!(cancelled.is_ok(), is_possible, "{:?} {:?}", cancelled, payment);
    let Ok(step) = cancelled else { return Ok(()) };
    let account = &mut world.accounts[at];
    account.is_closed |= closes && account.sent.is_empty();
    world.reach(format!("cancelled while {}", phase(&payment)));
    world.write(&step)
}

/// Looks whenever something is due, at most so often.
fn looks_on(world: &mut World, most: usize) -> Checked {
    for _ in 0..most {
        let Some(due) = world.till.payments.iter().filter_map(|payment| payment.due_at).min() else { break };
        world.now = world.now.max(due);
        world.sweep()?;
    }
    Ok(())
}

/// Checks that our looks find everything, and that every payment ends.
fn everything_ends(world: &mut World) -> Checked {
    world.deliver_all()?;
    for pause in [Duration::ZERO, LOOKS_TAKE] {
        world.now = world.now.plus(pause);
        looks_on(world, MOST_LOOKS)?;
    }
    for at in 0..world.accounts.len() {
        let (payment, account) = (world.payment(at), &world.accounts[at]);
        prop_assert!(!payment.status.is_open() && !payment.is_confirming, "{:?} of {:?}", payment.status, account);
        // What settles only now is heard of by events.
        while world.accounts[at].confirms(at % 2 == 0, world.now).is_some() {
            world.tell(at, false);
        }
    }
    world.deliver_all()?;
    looks_on(world, MOST_LOOKS * world.accounts.len())?;
    for (at, account) in world.accounts.iter().enumerate() {
        let payment = world.payment(at);
        prop_assert!(!payment.status.is_open(), "{:?} of {:?}", payment, account);
        prop_assert_eq!(payment.due_at, None);
        prop_assert!(world.knows_all(at), "{:?} of {:?}", payment, account);
        prop_assert_eq!(payment.credited.units(), world.worth(at), "{:?} of {:?}", payment, account);
    }
    Ok(())
}

#[test]
fn agreed_money_is_credited_once_whatever_happens() {
    let config = runs::config();
    let thorough = runs::is_thorough(&config);
    let reached = RefCell::new(BTreeMap::<String, u32>::new());
    let outcome = TestRunner::new(config).run(&prop::collection::vec(act(), 1..=runs::LONGEST), |acts| {
        let mut world = World::new(fixtures::start());
        for (n, act) in acts.into_iter().enumerate() {
            happen(&mut world, n, act)?;
        }
        everything_ends(&mut world)?;
        for what in world.reached {
            *reached.borrow_mut().entry(what).or_default() += 1;
        }
        Ok(())
    });
    let reached = reached.into_inner();
    let rarest = reached.iter().min_by_key(|(_, times)| **times);
    println!("{} kinds of events, {} in all, rarest {rarest:?}", reached.len(), reached.values().sum::<u32>());
    outcome.expect("gateways, payments and ledger agree");
    if thorough {
        let reports = REPORTED.iter().flat_map(|state| PHASES.map(|phase| format!("{state:?} while {phase}")));
        let payments = PHASES.iter().map(|phase| format!("paid while {phase}"));
        let faults = [Fault::NotTheAmount, Fault::PaidTwice].map(|fault| format!("{fault:?}"));
        for what in reports.chain(payments).chain(faults).chain(RARE.map(str::to_owned)) {
            assert!(reached.contains_key(&what), "{what} occurred: {reached:#?}");
        }
    }
}
