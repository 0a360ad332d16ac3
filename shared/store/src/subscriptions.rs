//! Subscriptions, in the ledger's table, so that a period and its money are written and restored together.

use crate::{Ledger, Place, Record, StoreError, Stored, keys, table::Consistency};
use domain::{
    SubscriptionId, Timestamp, UserId,
    access::Mode,
    subscription::{Subscription, SubscriptionTimelineItem},
};

impl Stored for Subscription {
    type Id = SubscriptionId;

    /// A customer has one, so the identifier does not matter. Two that begin at once are the same item.
    fn place(owner: &UserId, _id: &SubscriptionId) -> Place {
        Place { table: |tables| &tables.ledger, key: keys::subscription(owner) }
    }

    fn mode(_: &SubscriptionId) -> Option<Mode> {
        Some(Mode::Live)
    }
}

impl Record for Subscription {
    type Event = SubscriptionTimelineItem;

    fn id(&self) -> &SubscriptionId {
        &self.id
    }

    fn timeline(&self) -> &[SubscriptionTimelineItem] {
        &self.timeline
    }

    fn due_at(&self) -> Option<Timestamp> {
        self.due_at
    }
}

impl Ledger<'_> {
    /// The subscription of a customer, by a strong read; `None` if there never was one.
    pub async fn subscription(self, owner: &UserId) -> Result<Option<Subscription>, StoreError> {
        self.0.get(&keys::subscription(owner), Consistency::Strong).await
    }
}
