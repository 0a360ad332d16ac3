//! Reads, lists and writes of orders.

use crate::{
    Cursor, Orders, Page, Place, Record, StoreError, Stored, error::took_effect, filter::Conditions, item, keys,
};
use domain::{
    CountryCode, OrderId, ServiceName, Timestamp, UserId,
    access::Mode,
    costs::CostedOrder,
    order::{Order, Status, TimelineItem},
};

/// A filter of a customer's orders.
#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    /// Whether the orders are real.
    pub mode: Mode,
    /// Only orders with this status.
    pub status: Option<Status>,
    /// Only orders for this service.
    pub service: Option<ServiceName>,
    /// Only orders in this country.
    pub country: Option<CountryCode>,
    /// Only orders with this tag.
    pub tag: Option<(String, String)>,
    /// Only orders created at or after this time.
    pub from: Option<Timestamp>,
    /// Only orders created before this time.
    pub before: Option<Timestamp>,
}

impl Record for Order {
    type Event = TimelineItem;

    fn id(&self) -> &OrderId {
        &self.id
    }

    fn timeline(&self) -> &[TimelineItem] {
        &self.timeline
    }

    fn due_at(&self) -> Option<Timestamp> {
        self.due_at
    }

    fn kept_until(&self) -> Option<Timestamp> {
        Self::kept_until(self)
    }

    /// The poller is not part of the version.
    fn is_same_write(&self, other: &Self) -> bool {
        *self == Self { poller: self.poller.clone(), ..other.clone() }
    }
}

impl Stored for Order {
    type Id = OrderId;

    fn place(owner: &UserId, id: &OrderId) -> Place {
        Place { table: |tables| &tables.orders, key: keys::order(owner, id) }
    }

    fn mode(id: &OrderId) -> Option<Mode> {
        Some(id.mode())
    }
}

impl Orders<'_> {
    /// Makes a queue message the poller of this order; `false` if the order has another poller.
    pub async fn claim_poll(self, order: &Order, message_id: &str) -> Result<bool, StoreError> {
        let claimed = self
            .0
            .update(&keys::order(&order.user_id, &order.id))
            .update_expression("SET poller = :message")
            .condition_expression("attribute_exists(pk) AND (attribute_not_exists(poller) OR poller = :message)")
            .expression_attribute_values(":message", item::text(message_id))
            .send()
            .await;
        took_effect(claimed)
    }

    /// A page of a customer's orders, newest first, by one query. A page may be shorter than `limit` and
    /// still have a next one.
    pub async fn list(
        self,
        owner: &UserId,
        filter: &OrderFilter,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Order>, StoreError> {
        let (lowest, beyond) = OrderId::range_of(filter.mode);
        let lowest_at = |at| OrderId::of(filter.mode, at, 0).to_string();
        let (lowest, beyond) = (filter.from.map_or(lowest, lowest_at), filter.before.map_or(beyond, lowest_at));
        // DynamoDB rejects a range that ends before it begins; for a customer it is empty.
        if lowest > beyond || after.is_some_and(|cursor| !cursor.is_within(&lowest, &beyond)) {
            return Ok(Page::empty());
        }
        let conditions = conditions_of(filter);
        let most = conditions.reads(limit);
        let query = self.0.query(keys::user(owner)).between(&lowest, &beyond).newest_first().strong();
        let page = query.after(after).filtered(conditions).page::<Order>(most).await?;
        let mut page = page.cut_to(limit, |order| order.id.to_string());
        // `BETWEEN` includes its upper bound, but `before` is exclusive.
        page.items.retain(|order| filter.before.is_none_or(|before| order.created_at < before));
        Ok(page)
    }

    /// What a cost report needs of a customer's orders that were created from `from` on and before `to`, in any order. Reads
    /// one more than `most` at the most, so that the caller sees that there are more.
    pub async fn costed(
        self,
        (owner, mode): (&UserId, Mode),
        from: Timestamp,
        to: Timestamp,
        most: usize,
    ) -> Result<Vec<CostedOrder>, StoreError> {
        let lowest_at = |at| OrderId::of(mode, at, 0).to_string();
        let (lowest, beyond) = (lowest_at(from), lowest_at(to));
        // DynamoDB rejects a range that ends before it begins; for a customer it is empty.
        if lowest > beyond {
            return Ok(Vec::new());
        }
        let (mut orders, mut after) = (Vec::<CostedOrder>::new(), None);
        while orders.len() <= most {
            let query = self.0.query(keys::user(owner)).between(&lowest, &beyond).after(after.as_ref()).strong();
            let query = query.only(&["status", "price", "included", "lines", "key", "request", "created_at"]);
            let page = query.page(most + 1 - orders.len()).await?;
            orders.extend(page.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        orders.retain(|order| order.created_at < to);
        Ok(orders)
    }

    /// A page of all orders of a customer: those of tests, then the real ones, each newest first.
    pub async fn all(self, owner: &UserId, limit: usize, after: Option<&Cursor>) -> Result<Page<Order>, StoreError> {
        self.0.query(keys::user(owner)).prefix(OrderId::PREFIX).after(after).newest_first().strong().page(limit).await
    }
}

impl OrderFilter {
    /// Whether a page reads orders that it does not return. A range of time is part of the key, so it does not.
    pub fn leaves_out(&self) -> bool {
        self.status.is_some() || self.service.is_some() || self.country.is_some() || self.tag.is_some()
    }
}

fn conditions_of(filter: &OrderFilter) -> Conditions {
    let mut conditions = Conditions::default();
    if let Some(status) = filter.status {
        conditions.equal(&["status"], item::text(status.as_str()));
    }
    if let Some(service) = &filter.service {
        conditions.equal(&["request", "service"], item::text(service.as_str()));
    }
    if let Some(country) = &filter.country {
        conditions.equal(&["request", "country"], item::text(country.as_str()));
    }
    if let Some((tag, value)) = &filter.tag {
        conditions.equal(&["request", "tags", tag], item::text(value));
    }
    conditions
}
