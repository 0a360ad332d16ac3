//! Who may open one more order: the plan's number of open orders, and a pause for those who give nearly every number back.
//!
//! Suppliers rate their customers and refuse those who cancel too much, so one customer's habit could take the right to buy
//! from all (docs/rules.md: "Who may buy").

use crate::{
    Plan, Timestamp,
    ledger::{Movement, OrderKind, Wallet},
    policy::RefundRule,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use thiserror::Error;

/// Over how many settled orders the habit is judged.
const JUDGED_OVER: u32 = 50;
/// How many of a hundred may be given back by the customer.
const MOST_GIVEN_BACK_PERCENT: u32 = 80;
/// How long buying pauses.
const PAUSE: Duration = Duration::from_hours(6);

/// Why a customer may not open an order now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MayNotBuy {
    /// The plan's number of open orders is reached.
    #[error("{limit} orders are open")]
    TooManyOpen {
        /// How many may be open.
        limit: u32,
    },
    /// Nearly all of the last orders were given back.
    #[error("buying is paused until {until}")]
    Paused {
        /// When it goes on.
        until: Timestamp,
    },
}

/// How a customer's orders end, as far as the customer decides it. Part of the wallet, so that no race can pass it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Habit {
    /// Orders that were settled since the last judgement.
    pub settled: u32,
    /// Of which the customer cancelled or reported.
    pub given_back: u32,
    /// Until when buying pauses, once it did.
    pub paused_until: Option<Timestamp>,
}

impl Habit {
    /// The habit after a movement: settlements of verifications count, and each fifty of them are judged.
    pub(crate) fn after(&self, movement: &Movement, at: Timestamp) -> Self {
        let mut habit = self.clone();
        let closes = movement.settles.is_some_and(|settled| settled.closes);
        if !closes || movement.cause.order_kind() != Some(OrderKind::Verification) {
            return habit;
        }
        let given_back = [RefundRule::Cancelled.id(), RefundRule::NumberReported.id()];
        habit.given_back += u32::from(movement.rule.as_ref().is_some_and(|rule| given_back.contains(rule)));
        habit.settled += 1;
        if habit.settled >= JUDGED_OVER {
            if habit.given_back * 100 > habit.settled * MOST_GIVEN_BACK_PERCENT {
                habit.paused_until = Some(at.plus(PAUSE));
            }
            (habit.settled, habit.given_back) = (0, 0);
        }
        habit
    }

    /// Until when buying pauses, if it does now.
    pub fn paused_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.paused_until.filter(|until| now < *until)
    }
}

impl Wallet {
    /// Whether this wallet's owner may open one more verification.
    pub fn may_open_order(&self, plan: Plan, now: Timestamp) -> Result<(), MayNotBuy> {
        let limit = plan.terms().open_orders;
        if self.usage.open(OrderKind::Verification) >= limit {
            return Err(MayNotBuy::TooManyOpen { limit });
        }
        self.usage.habit.paused_until(now).map_or(Ok(()), |until| Err(MayNotBuy::Paused { until }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Actor, Credits, OrderId,
        ledger::{Cause, EntryKind, Settlement},
    };

    fn movement(kind: EntryKind) -> Movement {
        let cause = Cause::Order { order_id: OrderId::new(Timestamp::from_millis(0), 1) };
        Movement::new(kind, Credits::from_units(1), cause, Actor::system("test"))
    }

    fn settlement(kind: EntryKind, rule: Option<RefundRule>) -> Movement {
        let settles = Some(Settlement { hold: 1, closes: true });
        Movement { settles, rule: rule.map(RefundRule::id), ..movement(kind) }
    }

    /// The habit after fifty orders of which so many were given back by the customer, and the rest ended by this rule.
    fn after_fifty(given_back: u32, others: Option<RefundRule>) -> Habit {
        let now = Timestamp::from_millis(0);
        (0..50).fold(Habit::default(), |habit, n| {
            let back = if n % 2 == 0 { RefundRule::Cancelled } else { RefundRule::NumberReported };
            let movement = match others {
                _ if n < given_back => settlement(EntryKind::Release, Some(back)),
                None => settlement(EntryKind::Capture, None),
                rule => settlement(EntryKind::Release, rule),
            };
            habit.after(&movement, now)
        })
    }

    #[test]
    fn more_than_four_of_five_given_back_pause_buying() {
        for others in [None, Some(RefundRule::NoCode), Some(RefundRule::SupplierClosed)] {
            let patient = after_fifty(40, others);
            assert_eq!(patient, Habit::default(), "counting begins anew: {others:?}");
            let hasty = after_fifty(41, others);
            let until = Timestamp::from_millis(0).plus(PAUSE);
            assert_eq!(hasty.paused_until, Some(until), "{others:?}");
            assert_eq!(hasty.paused_until(Timestamp::from_millis(until.millis() - 1)), Some(until));
            assert_eq!(hasty.paused_until(until), None, "the pause ends by itself");
        }
    }

    #[test]
    fn forty_nine_are_not_judged() {
        let habit = (0..49).fold(Habit::default(), |habit, _| {
            habit.after(&settlement(EntryKind::Release, Some(RefundRule::Cancelled)), Timestamp::from_millis(0))
        });
        assert_eq!((habit.settled, habit.given_back, habit.paused_until), (49, 49, None));
        let held = habit.after(&movement(EntryKind::Hold), Timestamp::from_millis(0));
        assert_eq!(held, habit, "an order counts when it is settled");
    }

    #[test]
    fn the_open_orders_of_the_plan_are_the_other_limit() {
        let now = Timestamp::from_millis(0);
        let full = Wallet { available: Credits::from_units(5), ..Wallet::default() };
        let hold = |wallet: Wallet| wallet.post(&movement(EntryKind::Hold), now).unwrap().0;
        let mut wallet = (0..4).fold(full, |wallet, _| hold(wallet));
        assert_eq!(wallet.may_open_order(Plan::Starter, now), Ok(()));
        wallet = hold(wallet);
        assert_eq!(wallet.may_open_order(Plan::Starter, now), Err(MayNotBuy::TooManyOpen { limit: 5 }));
        assert_eq!(wallet.may_open_order(Plan::Pro, now), Ok(()));
        wallet.usage.habit = after_fifty(50, None);
        let until = now.plus(PAUSE);
        assert_eq!(wallet.may_open_order(Plan::Pro, now), Err(MayNotBuy::Paused { until }));
    }
}
