//! The public form of a subscription.

use domain::{
    Credits, EntrySeq, Plan, Timestamp,
    subscription::{Subscription, SubscriptionEvent, SubscriptionStatus, SubscriptionTimelineItem},
};
use serde::Serialize;
use utoipa::ToSchema;

/// The subscription of a customer.
#[derive(Serialize, ToSchema)]
pub struct SubscriptionView {
    /// The plan whose terms hold now.
    plan: Plan,
    /// Null if there never was a paid plan.
    status: Option<SubscriptionStatus>,
    /// The paid period; null without a paid plan.
    period: Option<PeriodView>,
    /// The plan that follows the period; null without a paid plan. After a cancellation it is `starter`.
    next_plan: Option<Plan>,
    /// What the wallet pays for the next period; null without a paid plan.
    next_price: Option<Credits>,
    /// Until when the plan goes on although the wallet could not pay; null unless `status` is `grace`.
    grace_until: Option<Timestamp>,
    /// When the last paid plan ended; null before that.
    ended_at: Option<Timestamp>,
    /// What was paid and what ended, oldest first.
    timeline: Vec<SubscriptionEventView>,
}

/// A paid period.
#[derive(Serialize, ToSchema)]
pub struct PeriodView {
    from: Timestamp,
    until: Timestamp,
}

/// An event of a subscription.
#[derive(Serialize, ToSchema)]
pub struct SubscriptionEventView {
    at: Timestamp,
    event: SubscriptionEvent,
    plan: Plan,
    /// What was paid; absent if nothing was to pay.
    #[serde(skip_serializing_if = "Option::is_none")]
    charged: Option<ChargeView>,
}

/// What was paid for a period, and why.
#[derive(Serialize, ToSchema)]
pub struct ChargeView {
    /// Price of the period.
    price: Credits,
    /// Unused share of the period before, which counts towards the price.
    unused: Credits,
    /// What the wallet paid: `price` less `unused`.
    amount: Credits,
    /// Ledger entry of the payment; null if nothing was left to pay.
    #[schema(value_type = Option<u64>)]
    entry: Option<EntrySeq>,
}

impl SubscriptionView {
    /// The subscription as its customer sees it. `plan` is that of the profile.
    pub(crate) fn of(subscription: Option<Subscription>, plan: Plan) -> Self {
        let Some(subscription) = subscription else {
            let (timeline, status) = (Vec::new(), None);
            let nothing = (None, None, None, None, None);
            let (period, next_plan, next_price, grace_until, ended_at) = nothing;
            return Self { plan, status, period, next_plan, next_price, grace_until, ended_at, timeline };
        };
        let is_paid = subscription.status != SubscriptionStatus::Ended;
        let in_grace = subscription.status == SubscriptionStatus::Grace;
        let period = subscription.period;
        Self {
            plan,
            status: Some(subscription.status),
            period: is_paid.then_some(PeriodView { from: period.from, until: period.until }),
            next_plan: is_paid.then_some(subscription.next),
            next_price: is_paid.then(|| subscription.next.month_price()),
            grace_until: in_grace.then(|| subscription.grace_until()),
            ended_at: subscription.ended_at,
            timeline: subscription.timeline.iter().map(SubscriptionEventView::from).collect(),
        }
    }
}

impl From<&SubscriptionTimelineItem> for SubscriptionEventView {
    fn from(item: &SubscriptionTimelineItem) -> Self {
        Self { at: item.at, event: item.event, plan: item.plan, charged: charge_in(item) }
    }
}

/// The charge of an event.
pub(crate) fn charge_in(item: &SubscriptionTimelineItem) -> Option<ChargeView> {
    let charge = item.charge?;
    Some(ChargeView { price: charge.price, unused: charge.unused, amount: charge.amount(), entry: item.entry })
}
