//! Subscriptions: the paid plan of a customer, month by month.
//!
//! A customer has one subscription for life, which is active, in grace or ended. Each period is paid from the wallet when
//! it begins. A higher plan begins at once, and the unused share of the running period counts towards its price. A lower plan,
//! and the end, wait for the end of the period. A renewal that the wallet can't pay is tried again daily for three days, and
//! the plan goes on meanwhile.

mod change;
mod charge;
mod period;
mod renewal;
mod timeline;

pub use change::{Change, NotChanged};
pub use charge::{Charge, unused_share};
pub use period::{Period, months_after};
pub use renewal::{GRACE_DAYS, Holder, RETRY_AFTER, Renewal};
pub use timeline::{SubscriptionEvent, SubscriptionTimelineItem};

use crate::{
    Actor, Credits, Plan, SubscriptionId, Timestamp, UserId,
    ledger::{Cause, Entry, EntryKind, Grant, Movement, Step as LedgerStep, Subject},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The next state of a subscription, with its movement.
pub type Step = LedgerStep<Subscription>;

/// The state of a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionStatus {
    /// The period is paid.
    Active,
    /// The wallet could not pay the next period. The plan goes on for some days.
    Grace,
    /// There is no paid plan.
    Ended,
}

/// The subscription of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Identifier.
    pub id: SubscriptionId,
    /// The customer.
    pub owner: UserId,
    /// Number of writes.
    pub version: u64,
    /// State.
    pub status: SubscriptionStatus,
    /// The plan of the period; of the last one, after the end.
    pub plan: Plan,
    /// The plan that follows the period; the free plan if the customer cancelled.
    pub next: Plan,
    /// The newest paid period. A charge that is refused changes nothing of it.
    pub period: Period,
    /// What was paid for the period.
    pub charge: Charge,
    /// How often the wallet could not pay the next period.
    pub failures: u32,
    /// When a worker must look at it; `None` after the end.
    pub due_at: Option<Timestamp>,
    /// Time of the first subscription.
    pub created_at: Timestamp,
    /// When the paid plan ended.
    pub ended_at: Option<Timestamp>,
    /// History, oldest first.
    pub timeline: Vec<SubscriptionTimelineItem>,
}

impl Subscription {
    /// The subscription of a customer who never had one. It is stored once the customer chooses a plan.
    pub fn none(id: SubscriptionId, owner: UserId, now: Timestamp) -> Self {
        Self {
            id,
            owner,
            version: 0,
            status: SubscriptionStatus::Ended,
            plan: Plan::Starter,
            next: Plan::Starter,
            period: Period::first(now),
            charge: Charge::FREE,
            failures: 0,
            due_at: None,
            created_at: now,
            ended_at: None,
            timeline: Vec::new(),
        }
    }

    /// The plan that the customer has by this subscription.
    pub fn plan_held(&self) -> Plan {
        if self.status == SubscriptionStatus::Ended { Plan::Starter } else { self.plan }
    }

    /// Whether a worker must look at it now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.due_at.is_some_and(|due| due <= now)
    }

    /// The line of what a request with this mark paid.
    pub fn charged_by(&self, mark: u64) -> Option<&SubscriptionTimelineItem> {
        self.timeline.iter().rev().find(|item| item.charge.is_some_and(|charge| charge.mark == Some(mark)))
    }

    /// When the plan ends if the wallet stays empty. After a long standstill of the worker it is the next try.
    pub fn grace_until(&self) -> Timestamp {
        let until = self.period.until.plus(RETRY_AFTER.saturating_mul(GRACE_DAYS));
        let due = self.due_at.filter(|_| self.status == SubscriptionStatus::Grace);
        due.map_or(until, |due| due.max(until))
    }

    /// The step to a period that is paid now. A charge of nothing moves no money.
    fn paid(mut self, plan: Plan, period: Period, charge: Charge, actor: Actor, now: Timestamp) -> Step {
        let amount = charge.amount();
        self.status = SubscriptionStatus::Active;
        (self.plan, self.next, self.period, self.charge) = (plan, plan, period, charge);
        (self.failures, self.ended_at, self.due_at) = (0, None, Some(period.until));
        if !amount.is_positive() {
            self.timeline.push(SubscriptionTimelineItem::of_charge(now, plan, charge, None));
            return Step::free(self);
        }
        let cause = Cause::Subscription { subscription_id: self.id.clone() };
        let (units, counts_used) = (plan.terms().included_verifications, charge.event == SubscriptionEvent::Upgraded);
        let grants = Some(Grant { units, until: period.until, counts_used });
        let movement = Movement { grants, ..Movement::new(EntryKind::Purchase, amount, cause, actor) };
        Step::with(self, movement)
    }

    /// The end of the paid plan.
    fn ended(mut self, event: SubscriptionEvent, now: Timestamp) -> Self {
        (self.status, self.next) = (SubscriptionStatus::Ended, Plan::Starter);
        (self.due_at, self.ended_at) = (None, Some(now));
        self.timeline.push(SubscriptionTimelineItem::plain(now, event, self.plan));
        self
    }
}

impl Subject for Subscription {
    fn owner(&self) -> &UserId {
        &self.owner
    }

    fn version(&self) -> u64 {
        self.version
    }

    fn written_with(mut self, entry: Option<&Entry>) -> Self {
        self.version += 1;
        if let Some(entry) = entry {
            let item = SubscriptionTimelineItem::of_charge(entry.at, self.plan, self.charge, Some(entry.seq));
            self.timeline.push(item);
        }
        self
    }
}

impl Plan {
    /// What a month of it costs.
    pub const fn month_price(self) -> Credits {
        self.terms().month_price
    }
}
