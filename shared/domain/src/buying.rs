//! Whether a customer may open one more order: the plan limits the number of open orders, and a high
//! return rate pauses buying.
//!
//! Suppliers rate our account and reject purchases if it cancels too often. One customer's returns
//! could therefore block all customers (docs/rules.md: "Who may buy").

use crate::{
    Plan, Timestamp,
    ledger::{Movement, OrderKind, Wallet},
    policy::RefundRule,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use thiserror::Error;

/// The number of settled orders after which the return rate is evaluated.
const EVALUATED_EVERY: u32 = 50;
/// The highest return rate without a pause.
const MAX_RETURNS_PERCENT: u32 = 80;
/// How long buying pauses.
const PAUSE: Duration = Duration::from_hours(6);

/// Why a customer may not open an order now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MayNotBuy {
    /// The plan's limit of open orders is reached.
    #[error("{limit} orders are open")]
    TooManyOpen {
        /// The plan's limit.
        limit: u32,
    },
    /// The customer returned nearly all of the last orders.
    #[error("buying is paused until {until}")]
    Paused {
        /// When the pause ends.
        until: Timestamp,
    },
}

/// How many numbers a customer returns. It is stored in the wallet, so concurrent purchases can't
/// bypass it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnRate {
    /// Orders settled since the last evaluation.
    pub settled: u32,
    /// Orders among them that the customer cancelled or reported.
    pub given_back: u32,
    /// End of the last pause.
    pub paused_until: Option<Timestamp>,
}

impl ReturnRate {
    /// The rate after a movement. Only settlements of verifications count.
    pub(crate) fn after(&self, movement: &Movement, at: Timestamp) -> Self {
        let mut rate = self.clone();
        let closes = movement.settles.is_some_and(|settled| settled.closes);
        if !closes || movement.cause.order_kind() != Some(OrderKind::Verification) {
            return rate;
        }
        let given_back = [RefundRule::Cancelled.id(), RefundRule::NumberReported.id()];
        rate.given_back += u32::from(movement.rule.as_ref().is_some_and(|rule| given_back.contains(rule)));
        rate.settled += 1;
        if rate.settled >= EVALUATED_EVERY {
            if rate.given_back * 100 > rate.settled * MAX_RETURNS_PERCENT {
                rate.paused_until = Some(at.plus(PAUSE));
            }
            (rate.settled, rate.given_back) = (0, 0);
        }
        rate
    }

    /// End of the current pause; `None` if buying is not paused.
    pub fn paused_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.paused_until.filter(|until| now < *until)
    }
}

impl Wallet {
    /// Checks whether the owner of this wallet may open one more verification.
    pub fn may_open_order(&self, plan: Plan, now: Timestamp) -> Result<(), MayNotBuy> {
        let limit = plan.terms().open_orders;
        if self.usage.open(OrderKind::Verification) >= limit {
            return Err(MayNotBuy::TooManyOpen { limit });
        }
        self.usage.return_rate.paused_until(now).map_or(Ok(()), |until| Err(MayNotBuy::Paused { until }))
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
        let cause = Cause::Verification { verification_id: OrderId::new(Timestamp::from_millis(0), 1) };
        Movement::new(kind, Credits::from_units(1), cause, Actor::system("test"))
    }

    fn settlement(kind: EntryKind, rule: Option<RefundRule>) -> Movement {
        let settles = Some(Settlement { hold: 1, closes: true });
        Movement { settles, rule: rule.map(RefundRule::id), ..movement(kind) }
    }

    /// The rate after fifty orders. The customer returned the first `given_back`; the others ended by
    /// the rule `others`, or with a code.
    fn after_fifty(given_back: u32, others: Option<RefundRule>) -> ReturnRate {
        let now = Timestamp::from_millis(0);
        (0..50).fold(ReturnRate::default(), |rate, n| {
            let back = if n % 2 == 0 { RefundRule::Cancelled } else { RefundRule::NumberReported };
            let movement = match others {
                _ if n < given_back => settlement(EntryKind::Release, Some(back)),
                None => settlement(EntryKind::Capture, None),
                rule => settlement(EntryKind::Release, rule),
            };
            rate.after(&movement, now)
        })
    }

    #[test]
    fn a_return_rate_above_80_percent_pauses_buying() {
        for others in [None, Some(RefundRule::NoCode), Some(RefundRule::SupplierClosed)] {
            let below = after_fifty(40, others);
            assert_eq!(below, ReturnRate::default(), "counting starts again: {others:?}");
            let above = after_fifty(41, others);
            let until = Timestamp::from_millis(0).plus(PAUSE);
            assert_eq!(above.paused_until, Some(until), "{others:?}");
            assert_eq!(above.paused_until(Timestamp::from_millis(until.millis() - 1)), Some(until));
            assert_eq!(above.paused_until(until), None, "the pause has ended");
        }
    }

    #[test]
    fn forty_nine_orders_are_not_evaluated() {
        let rate = (0..49).fold(ReturnRate::default(), |rate, _| {
            rate.after(&settlement(EntryKind::Release, Some(RefundRule::Cancelled)), Timestamp::from_millis(0))
        });
        assert_eq!((rate.settled, rate.given_back, rate.paused_until), (49, 49, None));
        let held = rate.after(&movement(EntryKind::Hold), Timestamp::from_millis(0));
        assert_eq!(held, rate, "an order counts when it is settled");
    }

    #[test]
    fn the_plan_limits_open_orders() {
        let now = Timestamp::from_millis(0);
        let full = Wallet { available: Credits::from_units(5), ..Wallet::default() };
        let hold = |wallet: Wallet| wallet.post(&movement(EntryKind::Hold), now).unwrap().0;
        let mut wallet = (0..4).fold(full, |wallet, _| hold(wallet));
        assert_eq!(wallet.may_open_order(Plan::Starter, now), Ok(()));
        wallet = hold(wallet);
        assert_eq!(wallet.may_open_order(Plan::Starter, now), Err(MayNotBuy::TooManyOpen { limit: 5 }));
        assert_eq!(wallet.may_open_order(Plan::Pro, now), Ok(()));
        wallet.usage.return_rate = after_fifty(50, None);
        let until = now.plus(PAUSE);
        assert_eq!(wallet.may_open_order(Plan::Pro, now), Err(MayNotBuy::Paused { until }));
    }
}
