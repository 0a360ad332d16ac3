//! Subscriptions: a table of cases with exact amounts, and properties of any history.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a panic fails the test")]

#[path = "support/fixtures.rs"]
#[allow(dead_code, reason = "each test uses some of the fixtures")]
mod fixtures;

use fixtures::{at, credits, user};
use namaskah_domain::{
    Actor, Credits, Plan, SubscriptionId, Timestamp,
    ledger::{Cause, EntryKind, Included, LedgerError, Movement, Subject, Wallet},
    subscription::{Change, Holder, NotChanged, Renewal, Step, Subscription, SubscriptionEvent, SubscriptionStatus},
};
use proptest::prelude::*;

/// A customer with a wallet, a subscription and the plan of the profile.
struct Person {
    wallet: Wallet,
    subscription: Subscription,
    plan: Plan,
    requests: u64,
}

impl Person {
    fn with(amount: &str) -> Self {
        let now = at("2026-01-01T00:00:00Z");
        let mut wallet = Wallet::default();
        if credits(amount).is_positive() {
            wallet = wallet.post(&fixtures::top_up(credits(amount)), now).unwrap().0;
        }
        let subscription = Subscription::none(SubscriptionId::new(now, 1), user(), now);
        Self { wallet, subscription, plan: Plan::Starter, requests: 0 }
    }

    /// Writes a step as the store does: with its money, or not at all.
    fn write(&mut self, step: Step, now: Timestamp) -> Result<(), LedgerError> {
        let entry = match &step.movement {
            Some(movement) => {
                let (wallet, entry) = self.wallet.post(movement, now)?;
                self.wallet = wallet;
                Some(entry)
            }
            None => None,
        };
        self.plan = step.subject.plan_held();
        self.subscription = step.subject.written_with(entry.as_ref());
        Ok(())
    }

    /// What the customer pays for a choice.
    fn choose(&mut self, plan: Plan, now: &str) -> Result<String, Refused> {
        self.choose_at(plan, at(now)).map(|amount| amount.to_string())
    }

    fn choose_at(&mut self, plan: Plan, now: Timestamp) -> Result<Credits, Refused> {
        self.requests += 1;
        let before = self.wallet.available;
        let change = Change { plan, held: self.plan, mark: self.requests };
        let step = self.subscription.clone().change(change, now).map_err(Refused::Rule)?;
        self.write(step, now).map_err(Refused::Ledger)?;
        Ok(before.checked_take(self.wallet.available).unwrap())
    }

    /// A run of the worker.
    fn work(&mut self, now: Timestamp) {
        match self.subscription.clone().renewal(Holder::Has(self.plan), now) {
            None => {}
            Some(Renewal::End(step)) => self.write(step, now).unwrap(),
            Some(Renewal::Pay(step)) if self.write(step.clone(), now).is_ok() => {}
            Some(Renewal::Pay(_)) => self.write(self.subscription.clone().not_renewed(now), now).unwrap(),
        }
    }

    fn works(&mut self, now: &str) -> (SubscriptionStatus, Plan, String) {
        self.work(at(now));
        (self.subscription.status, self.plan, self.wallet.available.to_string())
    }

    fn until(&self) -> String {
        self.subscription.period.until.to_string()
    }

    fn events(&self) -> Vec<SubscriptionEvent> {
        self.subscription.timeline.iter().map(|item| item.event).collect()
    }
}

#[derive(Debug, PartialEq)]
enum Refused {
    Rule(NotChanged),
    Ledger(LedgerError),
}

fn row(status: SubscriptionStatus, plan: Plan, available: &str) -> (SubscriptionStatus, Plan, String) {
    (status, plan, available.to_owned())
}

use Plan::{Enterprise, Pro, Starter};
use SubscriptionStatus::{Active, Ended, Grace};

#[test]
fn a_month_is_paid_when_it_begins() {
    let mut person = Person::with("30");
    assert_eq!(person.choose(Pro, "2026-01-31T10:00:00Z").as_deref(), Ok("12.5000"));
    assert_eq!((person.plan, person.until().as_str()), (Pro, "2026-02-28T10:00:00.000Z"));
    assert_eq!(person.works("2026-02-28T09:59:59.999Z"), row(Active, Pro, "17.5000"), "not due");
    assert_eq!(person.works("2026-02-28T10:00:00Z"), row(Active, Pro, "5.0000"));
    assert_eq!(person.works("2026-02-28T10:00:00Z"), row(Active, Pro, "5.0000"), "once");
    assert_eq!(person.until(), "2026-03-31T10:00:00.000Z");
    assert_eq!(person.events(), [SubscriptionEvent::Subscribed, SubscriptionEvent::Renewed]);
    assert_eq!(person.subscription.timeline[1].entry, Some(3));
}

#[test]
fn each_paid_period_has_its_included_verifications() {
    let mut person = Person::with("300");
    let allowance = |person: &Person| person.wallet.usage.allowance.map(|a| (a.units, a.used, a.until.to_string()));
    assert_eq!(allowance(&person), None);
    person.choose(Pro, "2026-01-31T10:00:00Z").unwrap();
    assert_eq!(allowance(&person), Some((25, 0, "2026-02-28T10:00:00.000Z".to_owned())));
    let hold = Movement {
        included: Included::one(credits("0.45")),
        ..Movement::new(EntryKind::Hold, credits("0.45"), fixtures::order(1), Actor::user(&user()))
    };
    person.wallet = person.wallet.post(&hold, at("2026-02-01T00:00:00Z")).unwrap().0;
    person.choose(Enterprise, "2026-02-10T10:00:00Z").unwrap();
    assert_eq!(allowance(&person), Some((200, 1, "2026-03-10T10:00:00.000Z".to_owned())), "used ones count");
    person.choose(Pro, "2026-02-11T10:00:00Z").unwrap();
    assert_eq!(allowance(&person), Some((200, 1, "2026-03-10T10:00:00.000Z".to_owned())), "lower at the end");
    person.works("2026-03-10T10:00:00Z");
    assert_eq!(allowance(&person), Some((25, 0, "2026-04-10T10:00:00.000Z".to_owned())), "a new period");
    person.choose(Starter, "2026-03-11T10:00:00Z").unwrap();
    person.works("2026-04-10T10:00:00Z");
    assert_eq!(
        person.wallet.usage.allowance.map(|a| a.left(at("2026-04-10T10:00:00Z"))),
        Some(0),
        "nothing in the end"
    );
}

#[test]
fn an_upgrade_pays_the_difference_of_the_unused_share() {
    for (upgraded, pays) in [
        ("2026-11-01T00:00:00Z", "62.5000"),
        ("2026-11-16T00:00:00Z", "68.7500"),
        ("2026-11-11T00:00:00Z", "66.6666"),
        ("2026-11-30T23:59:59.999Z", "74.9999"),
        ("2026-12-01T00:00:00Z", "75.0000"),
    ] {
        let mut person = Person::with("100");
        person.choose(Pro, "2026-11-01T00:00:00Z").unwrap();
        assert_eq!(person.choose(Enterprise, upgraded).as_deref(), Ok(pays), "{upgraded}");
        assert_eq!((person.plan, person.subscription.period.from), (Enterprise, at(upgraded)), "a new period");
        let charge = person.subscription.timeline[1].charge.unwrap();
        assert_eq!((charge.price, charge.amount().to_string().as_str()), (credits("75"), pays));
    }
}

#[test]
fn the_share_of_an_upgraded_period_is_that_of_its_whole_price() {
    let mut person = Person::with("200");
    person.choose(Pro, "2026-11-01T00:00:00Z").unwrap();
    person.choose(Enterprise, "2026-11-16T00:00:00Z").unwrap();
    assert_eq!(person.subscription.charge.price, credits("75"));
    person.choose(Pro, "2026-11-17T00:00:00Z").unwrap();
    assert_eq!(person.works("2026-12-16T00:00:00Z").1, Pro);
}

#[test]
fn without_the_money_nothing_changes() {
    let mut person = Person::with("12.4999");
    let missing = Refused::Ledger(LedgerError::InsufficientFunds { missing: credits("0.0001") });
    assert_eq!(person.choose(Pro, "2026-01-01T00:00:00Z"), Err(missing));
    assert_eq!((person.plan, person.subscription.version), (Starter, 0));
}

#[test]
fn a_downgrade_waits_for_the_end_and_may_be_taken_back() {
    let mut person = Person::with("100");
    person.choose(Enterprise, "2026-12-31T00:00:00Z").unwrap();
    assert_eq!(person.choose(Pro, "2027-01-01T00:00:00Z").as_deref(), Ok("0.0000"));
    assert_eq!(person.choose(Pro, "2027-01-01T00:00:00Z"), Err(Refused::Rule(NotChanged::AlreadyOnPlan)));
    assert_eq!((person.plan, person.subscription.next), (Enterprise, Pro));
    person.choose(Enterprise, "2027-01-02T00:00:00Z").unwrap();
    assert_eq!(person.subscription.next, Enterprise, "taken back");
    person.choose(Pro, "2027-01-03T00:00:00Z").unwrap();
    assert_eq!(person.works("2027-01-31T00:00:00Z"), row(Active, Pro, "12.5000"));
    assert_eq!(person.subscription.timeline.len(), 2, "only what is paid has a line");
}

#[test]
fn a_cancelled_plan_ends_with_its_period_and_can_begin_again() {
    let mut person = Person::with("25");
    assert_eq!(person.choose(Starter, "2026-01-01T00:00:00Z"), Err(Refused::Rule(NotChanged::AlreadyOnPlan)));
    person.choose(Pro, "2026-01-31T00:00:00Z").unwrap();
    person.choose(Starter, "2026-02-01T00:00:00Z").unwrap();
    assert_eq!(person.works("2026-02-27T23:59:59Z").1, Pro);
    assert_eq!(person.works("2026-02-28T00:00:00Z"), row(Ended, Starter, "12.5000"));
    assert_eq!(person.works("2026-03-28T00:00:00Z"), row(Ended, Starter, "12.5000"));
    person.choose(Pro, "2026-04-05T00:00:00Z").unwrap();
    assert_eq!(person.until(), "2026-05-05T00:00:00.000Z");
    assert_eq!(person.works("2026-04-06T00:00:00Z"), row(Active, Pro, "0.0000"));
}

#[test]
fn without_money_the_plan_goes_on_for_three_days_and_ends() {
    let mut person = Person::with("20");
    person.choose(Pro, "2026-11-28T06:00:00Z").unwrap();
    for (now, status, plan) in [
        ("2026-12-28T06:00:00Z", Grace, Pro),
        ("2026-12-29T06:00:00Z", Grace, Pro),
        ("2026-12-30T06:00:00Z", Grace, Pro),
        ("2026-12-31T05:59:59Z", Grace, Pro),
        ("2026-12-31T06:00:00Z", Ended, Starter),
    ] {
        assert_eq!(person.works(now), row(status, plan, "7.5000"), "{now}");
    }
    assert_eq!(person.events()[1..4], [SubscriptionEvent::RenewalFailed; 3]);
    assert_eq!(person.events()[4..], [SubscriptionEvent::EndedUnpaid]);
}

#[test]
fn grace_ends_with_money_and_the_period_follows_the_last_one() {
    let mut person = Person::with("12.5");
    person.choose(Pro, "2026-11-28T06:00:00Z").unwrap();
    person.works("2026-12-28T06:00:00Z");
    let now = at("2026-12-29T01:00:00Z");
    person.wallet = person.wallet.post(&fixtures::top_up(credits("37.5")), now).unwrap().0;
    assert_eq!(person.works("2026-12-29T05:00:00Z").0, Grace, "the next try is a day later");
    assert_eq!(person.works("2026-12-29T06:00:00Z"), row(Active, Pro, "25.0000"));
    assert_eq!(person.until(), "2027-01-28T06:00:00.000Z");
    // The customer need not wait for the try.
    person.works("2027-01-28T06:00:00Z");
    person.works("2027-02-28T06:00:00Z");
    person.works("2027-03-28T06:00:00Z");
    assert_eq!(person.subscription.status, Grace);
    person.wallet = person.wallet.post(&fixtures::top_up(credits("100")), now).unwrap().0;
    assert_eq!(person.choose(Pro, "2027-03-28T07:00:00Z").as_deref(), Ok("12.5000"));
    assert_eq!(person.until(), "2027-04-28T06:00:00.000Z");
    assert_eq!(person.subscription.failures, 0);
}

#[test]
fn in_grace_a_higher_plan_costs_its_whole_price_and_a_cancel_ends_at_once() {
    let mut person = Person::with("100");
    person.choose(Pro, "2026-11-28T06:00:00Z").unwrap();
    let spent = Movement::new(EntryKind::Purchase, credits("87.5"), cause(), Actor::system("test"));
    person.wallet = person.wallet.post(&spent, at("2026-11-29T00:00:00Z")).unwrap().0;
    person.works("2026-12-28T06:00:00Z");
    let mut other = Person { wallet: person.wallet.clone(), subscription: person.subscription.clone(), ..person };
    other.wallet = other.wallet.post(&fixtures::top_up(credits("75")), at("2026-12-28T07:00:00Z")).unwrap().0;
    assert_eq!(other.choose(Enterprise, "2026-12-28T08:00:00Z").as_deref(), Ok("75.0000"));
    assert_eq!(other.until(), "2027-01-28T08:00:00.000Z");
    let mut person = Person::with("12.5");
    person.choose(Pro, "2026-11-28T06:00:00Z").unwrap();
    person.works("2026-12-28T06:00:00Z");
    person.choose(Starter, "2026-12-28T07:00:00Z").unwrap();
    assert_eq!((person.subscription.status, person.plan), (Ended, Starter));
}

#[test]
fn a_worker_that_stood_still_leaves_a_day_to_pay() {
    let mut person = Person::with("12.5");
    person.choose(Pro, "2026-01-10T00:00:00Z").unwrap();
    assert_eq!(person.works("2026-03-01T12:00:00Z").0, Grace);
    assert_eq!(person.works("2026-03-02T11:59:59Z").0, Grace);
    assert_eq!(person.works("2026-03-02T12:00:00Z").0, Ended);
}

#[test]
fn a_plan_that_the_staff_set_is_not_sold_and_not_renewed() {
    let mut person = Person::with("100");
    person.plan = Pro;
    for plan in Plan::ALL {
        assert_eq!(person.choose(*plan, "2026-01-10T00:00:00Z"), Err(Refused::Rule(NotChanged::PlanGranted)));
    }
    person.plan = Starter;
    person.choose(Pro, "2026-01-10T00:00:00Z").unwrap();
    for holder in [Holder::Gone, Holder::Has(Enterprise), Holder::Has(Starter)] {
        let Some(Renewal::End(step)) = person.subscription.clone().renewal(holder, at("2026-02-10T00:00:00Z")) else {
            panic!("{holder:?}")
        };
        assert!(step.movement.is_none());
        assert_eq!(step.subject.timeline[1].event, SubscriptionEvent::EndedByStaff);
    }
}

#[test]
fn a_repeated_request_finds_what_it_paid() {
    let mut person = Person::with("100");
    person.choose(Pro, "2026-01-10T00:00:00Z").unwrap();
    person.choose(Enterprise, "2026-01-11T00:00:00Z").unwrap();
    assert_eq!(person.subscription.charged_by(1).unwrap().plan, Pro);
    assert_eq!(person.subscription.charged_by(2).unwrap().plan, Enterprise);
    assert_eq!(person.subscription.charged_by(3), None);
}

fn cause() -> Cause {
    Cause::Subscription { subscription_id: SubscriptionId::new(at("2026-01-01T00:00:00Z"), 1) }
}

#[derive(Clone, Debug)]
enum Act {
    Choose(Plan),
    TopUp(i64),
    Wait(u64),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let plan = prop::sample::select(Plan::ALL.to_vec()).prop_map(Act::Choose);
    let top_up = (1..1_000_000_i64).prop_map(Act::TopUp);
    let wait = (0..40 * 86_400_000_u64).prop_map(Act::Wait);
    prop::collection::vec(prop_oneof![plan, top_up, wait], 1..60)
}

proptest! {
    #[test]
    fn what_is_paid_is_what_the_history_says(acts in acts(), start in 1_600_000_000_000..2_000_000_000_000_i64) {
        let mut person = Person::with("0");
        let (mut now, mut topped) = (Timestamp::from_millis(start), Credits::ZERO);
        for act in acts {
            let before = (person.subscription.clone(), person.wallet.clone());
            match act {
                Act::TopUp(units) => {
                    let amount = Credits::from_units(units);
                    topped = topped.checked_add(amount).unwrap();
                    person.wallet = person.wallet.post(&fixtures::top_up(amount), now).unwrap().0;
                }
                Act::Wait(millis) => now = now.plus(std::time::Duration::from_millis(millis)),
                Act::Choose(plan) => {
                    let chosen = person.choose_at(plan, now);
                    prop_assert!(chosen != Err(Refused::Rule(NotChanged::PlanGranted)));
                    if chosen.is_err() {
                        prop_assert_eq!(&before, &(person.subscription.clone(), person.wallet.clone()));
                    }
                }
            }
            // The worker runs as often as it likes.
            for _ in 0..3 {
                person.work(now);
            }
            let subscription = &person.subscription;
            let charges = subscription.timeline.iter().filter_map(|item| item.charge);
            let paid: i64 = charges.map(|charge| charge.amount().units()).sum();
            prop_assert_eq!(paid, topped.units() - person.wallet.available.units());
            prop_assert_eq!(person.plan, subscription.plan_held());
            prop_assert_eq!(subscription.due_at.is_none(), subscription.status == Ended);
            // A paid plan that is not in grace is paid for now, or the worker has not caught up with a long wait.
            if subscription.status == Active {
                prop_assert!(subscription.period.from <= now && subscription.period.from < subscription.period.until);
            }
            if subscription.status == Grace {
                prop_assert!(subscription.due_at.is_some_and(|due| due > now) && subscription.failures > 0);
            }
            prop_assert!(subscription.next <= subscription.plan);
        }
    }
}
