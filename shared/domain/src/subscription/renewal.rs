//! The end of a period: renewal, grace, and the end of the plan.

use super::{Charge, Step, Subscription, SubscriptionEvent, SubscriptionStatus};
use crate::{Actor, Plan, Timestamp};
use std::time::Duration;

/// How many days the plan goes on without a payment.
pub const GRACE_DAYS: u32 = 3;
/// The pause between two tries to renew.
pub const RETRY_AFTER: Duration = Duration::from_hours(24);
/// Who renews.
const ACTOR: &str = "subscriptions";

/// What the account of the customer is at the end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// It may be used, and has this plan.
    Has(Plan),
    /// It was closed.
    Gone,
}

/// What follows at the end of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// The next period, if the wallet can pay it; otherwise [`Subscription::not_renewed`].
    Pay(Step),
    /// The paid plan ends.
    End(Step),
}

impl Subscription {
    /// What follows now; `None` if nothing is due.
    pub fn renewal(self, holder: Holder, now: Timestamp) -> Option<Renewal> {
        if !self.is_due(now) {
            return None;
        }
        // Nobody pays for a plan that the account does not have.
        if holder != Holder::Has(self.plan) {
            return Some(Renewal::End(Step::free(self.ended(SubscriptionEvent::EndedByStaff, now))));
        }
        if self.next == Plan::Starter {
            return Some(Renewal::End(Step::free(self.ended(SubscriptionEvent::Ended, now))));
        }
        let (plan, period) = (self.next, self.period.following());
        let charge = Charge::full(SubscriptionEvent::Renewed, plan, None);
        Some(Renewal::Pay(self.paid(plan, period, charge, Actor::system(ACTOR), now)))
    }

    /// The wallet could not pay: days of grace, and the end after them.
    pub fn not_renewed(mut self, now: Timestamp) -> Step {
        if now >= self.grace_until() && self.status == SubscriptionStatus::Grace {
            return Step::free(self.ended(SubscriptionEvent::EndedUnpaid, now));
        }
        self.status = SubscriptionStatus::Grace;
        self.failures = self.failures.saturating_add(1);
        // After a long standstill of the worker, the customer still has a day to pay.
        let next = self.period.until.plus(RETRY_AFTER.saturating_mul(self.failures));
        self.due_at = Some(if next > now { next } else { now.plus(RETRY_AFTER) });
        self.timeline.push(super::SubscriptionTimelineItem::plain(now, SubscriptionEvent::RenewalFailed, self.next));
        Step::free(self)
    }
}
