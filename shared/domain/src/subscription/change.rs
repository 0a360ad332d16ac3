//! What a customer does to the own subscription.

use super::{Charge, Period, Step, Subscription, SubscriptionEvent, SubscriptionStatus, unused_share};
use crate::{Actor, Plan, Timestamp};
use thiserror::Error;

/// A customer's choice of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The wanted plan; the free plan cancels.
    pub plan: Plan,
    /// The plan that the customer has now.
    pub held: Plan,
    /// A number of the request, by which a repeated one finds what it paid.
    pub mark: u64,
}

/// Why a subscription is not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotChanged {
    /// The customer has this plan, and keeps it.
    #[error("the customer has this plan")]
    AlreadyOnPlan,
    /// The staff set the plan of the customer. Nobody pays for such a plan.
    #[error("the staff set the plan")]
    PlanGranted,
}

impl Subscription {
    /// Changes the plan as the customer chooses. A higher plan begins now, and a lower one after the period.
    pub fn change(mut self, change: Change, now: Timestamp) -> Result<Step, NotChanged> {
        let Change { plan, held, mark } = change;
        if held != self.plan_held() {
            return Err(NotChanged::PlanGranted);
        }
        let actor = Actor::user(&self.owner);
        let full = |event| Charge::full(event, plan, Some(mark));
        match self.status {
            SubscriptionStatus::Ended if plan == Plan::Starter => Err(NotChanged::AlreadyOnPlan),
            SubscriptionStatus::Ended => {
                Ok(self.paid(plan, Period::first(now), full(SubscriptionEvent::Subscribed), actor, now))
            }
            _ if plan > self.plan => {
                let unused = unused_share(self.charge.price, self.period, now);
                let upgrade = Charge { unused, ..full(SubscriptionEvent::Upgraded) };
                Ok(self.paid(plan, Period::first(now), upgrade, actor, now))
            }
            // The days of grace are over at once.
            SubscriptionStatus::Grace if plan == Plan::Starter => {
                Ok(Step::free(self.ended(SubscriptionEvent::Ended, now)))
            }
            // The customer pays what could not be renewed.
            SubscriptionStatus::Grace => {
                let period = self.period.following();
                Ok(self.paid(plan, period, full(SubscriptionEvent::Renewed), actor, now))
            }
            SubscriptionStatus::Active if plan == self.next => Err(NotChanged::AlreadyOnPlan),
            SubscriptionStatus::Active => {
                self.next = plan;
                Ok(Step::free(self))
            }
        }
    }
}
