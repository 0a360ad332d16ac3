//! What an export shows of the subscription.

use domain::{
    Credits, EntrySeq, Plan, Timestamp,
    subscription::{Subscription, SubscriptionEvent, SubscriptionStatus, SubscriptionTimelineItem},
};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct SubscriptionRecord {
    status: SubscriptionStatus,
    plan: Plan,
    next_plan: Plan,
    from: Timestamp,
    until: Timestamp,
    created_at: Timestamp,
    ended_at: Option<Timestamp>,
    timeline: Vec<EventRecord>,
}

#[derive(Serialize)]
struct EventRecord {
    at: Timestamp,
    event: SubscriptionEvent,
    plan: Plan,
    amount: Option<Credits>,
    entry: Option<EntrySeq>,
}

impl From<Subscription> for SubscriptionRecord {
    fn from(subscription: Subscription) -> Self {
        Self {
            status: subscription.status,
            plan: subscription.plan,
            next_plan: subscription.next,
            from: subscription.period.from,
            until: subscription.period.until,
            created_at: subscription.created_at,
            ended_at: subscription.ended_at,
            timeline: subscription.timeline.into_iter().map(EventRecord::from).collect(),
        }
    }
}

impl From<SubscriptionTimelineItem> for EventRecord {
    fn from(item: SubscriptionTimelineItem) -> Self {
        let SubscriptionTimelineItem { at, event, plan, charge, entry } = item;
        Self { at, event, plan, amount: charge.map(|charge| charge.amount()), entry }
    }
}
