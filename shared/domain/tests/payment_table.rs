//! The possible reports and actions in each state of a payment, with their times, case by case.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

mod support;

use namaskah_domain::{
    Credits, Timestamp,
    ledger::EntryKind,
    payment::{
        Failure, Fault, GIVE_UP_AFTER, Method, NotPossible, Payment, PaymentEvent, Reported, Settlement, Status,
    },
};
use std::time::Duration;
use support::{
    fixtures::start,
    payments::{
        REPORTED, customer,
        rules::{AGES, Before, COLUMNS, Does, LOOKS, Money, OF_CARDS, OF_COINS, OF_STATES, Then},
        says, story, usual_checkout,
    },
};

const METHODS: [Method; 2] = [Method::Card, Method::Bitcoin];
const HOUR: Duration = Duration::from_hours(1);
/// The age from which on money that was seen and did not settle is not waited for.
const SETTLES_WITHIN: Duration = Duration::from_hours(72);

/// The new receipts of a report.
const NEW: [&[Money]; 11] = [
    &[],
    &[Money::Exact],
    &[Money::Half],
    &[Money::Double],
    &[Money::Dust],
    &[Money::Nairas],
    &[Money::UnknownCurrency],
    &[Money::Exact, Money::Exact],
    &[Money::Half, Money::Half],
    &[Money::Nairas, Money::Dust],
    &[Money::Nairas, Money::Exact],
];

/// What a report must do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Outcome {
    status: Option<Status>,
    failure: Option<Failure>,
    credited: i64,
    moved: Vec<i64>,
    faults: Vec<Fault>,
    events: Vec<PaymentEvent>,
}

/// The outcome of a report by the tables.
fn wanted(before: Before, method: Method, new: &[Money], state: Reported, age: Duration) -> Outcome {
    let (status, failure) = before.status();
    let credited = match before {
        Before::Part => Money::Half.worth(),
        Before::Succeeded => Money::Exact.worth(),
        _ => 0,
    };
    let mut outcome = Outcome { status: Some(status), failure, credited, ..Outcome::default() };
    // Money that was seen is waited for until two days after the end.
    let state = if state == Reported::Confirming && age >= SETTLES_WITHIN { Reported::Closed } else { state };
    let mut column = before;
    for money in new {
        column = outcome.receives(*money, column, method, state);
    }
    outcome.is_written_at_once();
    if outcome.is_open() {
        let [before_end, after_end] = OF_STATES.iter().find(|(row, _)| *row == state).expect("a row").1;
        let then = if age < GIVE_UP_AFTER { before_end } else { after_end };
        let is_seen = before == Before::Confirming || !new.is_empty();
        outcome.ends(then[usize::from(outcome.status == Some(Status::Pending))], state, is_seen);
    }
    outcome
}

impl Outcome {
    fn is_open(&self) -> bool {
        self.status.is_some_and(Status::is_open)
    }

    /// All receipts of a report are written together: one movement, after what was refused.
    fn is_written_at_once(&mut self) {
        let sum: i64 = self.moved.drain(..).sum();
        self.events.retain(|event| *event != PaymentEvent::Credited);
        if sum > 0 {
            self.moved.push(sum);
            self.events.push(PaymentEvent::Credited);
        }
    }

    /// A receipt, and the column that the payment is in then.
    fn receives(&mut self, money: Money, column: Before, method: Method, state: Reported) -> Before {
        let table = if method.is_crypto() { OF_COINS } else { OF_CARDS };
        let row = table.iter().find(|(row, _)| *row == money).expect("a row").1;
        let does = row[COLUMNS.iter().position(|other| *other == column).expect("a column")];
        match does {
            Does::Pays | Does::Parts => {
                self.credited += money.worth();
                self.moved.push(money.worth());
                self.events.push(PaymentEvent::Credited);
            }
            Does::Fails => {
                (self.status, self.failure) = (Some(Status::Failed), Some(Failure::NotTheAmount));
                self.refuses(Fault::NotTheAmount);
            }
            Does::Faults(fault) => self.refuses(fault),
            Does::Nothing => {}
            Does::Never => panic!("{column:?} of {method:?}"),
        }
        let is_over = does == Does::Pays || state == Reported::Closed && does != Does::Faults(Fault::NotTheAmount);
        if self.credited > 0 && is_over {
            (self.status, self.failure) = (Some(Status::Succeeded), None);
        }
        match does {
            Does::Pays => Before::Succeeded,
            Does::Parts => Before::Part,
            Does::Fails => Before::Refused,
            _ => column,
        }
    }

    fn refuses(&mut self, fault: Fault) {
        self.faults.push(fault);
        self.events.push(PaymentEvent::Refused);
    }

    /// The state of the report, for an open payment.
    fn ends(&mut self, then: Then, state: Reported, is_seen: bool) {
        let is_part = self.credited > 0;
        let (status, event) = match then {
            Then::Ends if is_part => (Status::Succeeded, PaymentEvent::Closed),
            Then::Ends => (Status::Abandoned, PaymentEvent::Abandoned),
            Then::Declines if !is_part => {
                self.failure = Some(Failure::Declined);
                (Status::Failed, PaymentEvent::Failed)
            }
            Then::Stays if state == Reported::Confirming && !is_seen => {
                self.events.push(PaymentEvent::Confirming);
                return;
            }
            Then::Declines | Then::Stays => return,
        };
        self.status = Some(status);
        self.events.push(event);
    }
}

/// The outcome of what was written.
fn done(before: &Payment, after: &Payment, written: &[Settlement]) -> Outcome {
    let movements = written.iter().filter_map(|settlement| settlement.step.movement.as_ref());
    Outcome {
        status: Some(after.status),
        failure: after.failure,
        credited: after.credited.units(),
        moved: movements.inspect(|of| assert_eq!(of.kind, EntryKind::TopUp)).map(|of| of.amount.units()).collect(),
        faults: written.iter().flat_map(|settlement| &settlement.faults).map(|(_, fault)| *fault).collect(),
        events: after.timeline[before.timeline.len()..].iter().map(|item| item.event).collect(),
    }
}

/// When to look next, by the tables.
fn next_look(payment: &Payment, state: Reported, n: usize) -> Option<Timestamp> {
    if state == Reported::Confirming && AGES[n] < SETTLES_WITHIN {
        return Some(start().plus(AGES[n]).plus(HOUR));
    }
    let is_done = payment.status == Status::Succeeded || payment.failure == Some(Failure::NotOpened);
    let row = if payment.method.is_crypto() { 2 } else { usize::from(is_done) };
    LOOKS[row].1[n].map(|seconds| start().plus(Duration::from_secs(seconds)))
}

#[test]
fn the_reports_of_each_state_match_the_tables() {
    let mut cases = 0;
    for (method, before, state) in METHODS
        .iter()
        .flat_map(|method| COLUMNS.iter().map(move |before| (*method, *before)))
        .flat_map(|(method, before)| REPORTED.iter().map(move |state| (method, before, *state)))
    {
        let Some((till, payment)) = before.make(customer(1), method, start()) else { continue };
        for (n, age) in AGES.iter().enumerate() {
            let now = start().plus(*age);
            for (new, again) in NEW.iter().flat_map(|new| [(new, false), (new, true)]) {
                let what = format!("{method:?} {before:?} after {age:?}: {state:?} with {new:?}, again: {again}");
                let known = before.noted().filter(|_| again);
                let new_ones = new.iter().zip(["first", "second"]).map(|(money, id)| money.receipt(id));
                let report = says(&known.into_iter().chain(new_ones).collect::<Vec<_>>(), state);
                let mut till = till.clone();
                let written = till.look(0, &report, now).expect("written");
                let after = &till.payments[0];
                assert_eq!(done(&payment, after, &written), wanted(before, method, new, state, *age), "{what}");
                let is_waited_for = state == Reported::Confirming && *age < SETTLES_WITHIN;
                assert_eq!(after.is_confirming, is_waited_for, "{what}");
                if written.is_empty() {
                    assert!(!payment.is_due(now), "{what}: nobody scheduled the next look");
                } else {
                    assert_eq!(after.due_at, next_look(after, state, n), "{what}");
                }
                assert_eq!(till.clone().look(0, &report, now), Ok(Vec::new()), "{what}: the second time");
                story::agrees_with_ledger(&till, after).unwrap_or_else(|wrong| panic!("{what}: {wrong}"));
                cases += 1;
            }
        }
    }
    println!("{cases} cases");
    assert_eq!(cases, (9 + 10) * REPORTED.len() * AGES.len() * NEW.len() * 2);
}

#[test]
fn the_actions_of_each_state_match_the_table() {
    let (open, none, cancel) = (Ok(Status::Pending), Ok(Status::Failed), Ok(Status::Cancelled));
    for (before, method) in COLUMNS.iter().flat_map(|before| METHODS.map(|method| (*before, method))) {
        let Some((_, payment)) = before.make(customer(1), method, start()) else { continue };
        let wrong = Err(NotPossible::WrongStatus { status: payment.status });
        let wanted = |now| match before {
            Before::Started if payment.is_starting(now) => [open, none, Err(NotPossible::Starting)],
            // The answer to its start was lost, and the customer does not want to wait.
            Before::Started => [open, none, cancel],
            Before::Pending => [wrong, wrong, cancel],
            Before::Confirming => [wrong, wrong, Err(NotPossible::Confirming)],
            // The part stays credited.
            Before::Part => [wrong, wrong, Ok(Status::Succeeded)],
            _ => [wrong; 3],
        };
        for now in AGES.map(|age| start().plus(age)) {
            let checkout = usual_checkout(&payment, now);
            let done = [
                payment.clone().opened(checkout, now),
                payment.clone().not_opened(now),
                payment.clone().cancelled(now),
            ];
            assert!(done.iter().flatten().all(|step| step.movement.is_none()), "only a report moves money");
            assert_eq!(done.map(|done| done.map(|step| step.subject.status)), wanted(now), "{before:?} {method:?}");
        }
    }
}

#[test]
fn the_order_of_receipts_does_not_matter() {
    let money = [Money::Exact, Money::Half, Money::Nairas, Money::Dust, Money::UnknownCurrency];
    let receipts: Vec<_> = money.iter().zip(["1", "2", "3", "4", "5"]).map(|(money, id)| money.receipt(id)).collect();
    let orders = support::payments::orders(&receipts);
    assert_eq!(orders.len(), 120);
    for (before, method) in COLUMNS.iter().flat_map(|before| METHODS.map(|method| (*before, method))) {
        let Some((till, payment)) = before.make(customer(1), method, start()) else { continue };
        let already = payment.credited.units();
        let (worth, faults) = match method {
            Method::Bitcoin => (already + Money::Exact.worth() + Money::Half.worth(), 2),
            _ => (Money::Exact.worth(), if already > 0 { 5 } else { 4 }),
        };
        for order in &orders {
            let mut till = till.clone();
            let written = till.look(0, &says(order, Reported::Open), start()).expect("written");
            let paid = &till.payments[0];
            assert_eq!((paid.status, paid.credited), (Status::Succeeded, Credits::from_units(worth)), "{before:?}");
            assert_eq!(written.iter().flat_map(|settlement| &settlement.faults).count(), faults, "{before:?}");
            for again in orders.iter().step_by(7) {
                assert_eq!(paid.clone().settled(&says(again, Reported::Closed), start()), None, "{before:?}");
            }
        }
    }
}
