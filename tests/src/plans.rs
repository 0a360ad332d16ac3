//! Plans that tests need in a certain month, for a certain price, or with certain included verifications.

use crate::Cloud;
use domain::{
    Actor, Credits, SubscriptionId, Timestamp, UserId,
    ledger::{Cause, EntryKind, Grant, Movement},
    subscription::{Charge, Step, Subscription, SubscriptionEvent},
};
use store::Transaction;

impl Cloud {
    /// Pays a period of a plan that the customer has no longer: no worker renews it. What it includes stays until its end.
    pub async fn pay_period(&self, user: &UserId, price: Credits, grants: Option<Grant>, at: Timestamp) {
        let stored = self.store.ledger().subscription(user).await.expect("the subscription");
        let before = stored.unwrap_or_else(|| Subscription::none(SubscriptionId::new(at, 1), user.clone(), at));
        let charge = Charge { event: SubscriptionEvent::Subscribed, price, unused: Credits::ZERO, mark: None };
        let cause = Cause::Subscription { subscription_id: before.id.clone() };
        let movement = Movement { grants, ..Movement::new(EntryKind::Purchase, price, cause, Actor::system("test")) };
        let step = Step::with(Subscription { charge, ..before }, movement);
        self.store.commit(Transaction::of(step), at).await.expect("a paid period");
    }
}
