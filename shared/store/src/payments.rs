//! Payments, in the ledger's table, and the events that gateways sent about them.

use crate::{
    Claim, Cursor, Ledger, Page, Place, Record, StoreError, Stored, due, error::took_effect, item, keys,
    table::Consistency,
};
use domain::{
    GatewayEventId, PaymentId, Timestamp, UserId,
    access::Mode,
    payment::{GatewayId, Payment, PaymentReference, PaymentTimelineItem, ReceiptId},
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long an event of a gateway is kept.
const EVENTS_KEPT: Duration = Duration::from_hours(30 * 24);

impl Stored for Payment {
    type Id = PaymentReference;

    fn place(owner: &UserId, id: &PaymentReference) -> Place {
        Place { table: |tables| &tables.ledger, key: keys::payment(owner, &id.payment) }
    }

    fn is_of(owner: &UserId, id: &PaymentReference) -> bool {
        *owner == id.user
    }

    /// Test keys pay nothing, so they see no payment.
    fn mode(_: &PaymentReference) -> Option<Mode> {
        Some(Mode::Live)
    }
}

impl Record for Payment {
    type Event = PaymentTimelineItem;

    fn id(&self) -> &PaymentReference {
        &self.reference
    }

    fn timeline(&self) -> &[PaymentTimelineItem] {
        &self.timeline
    }

    fn due_at(&self) -> Option<Timestamp> {
        self.due_at
    }
}

impl Claim {
    /// A claim of a payment on money that settled at its gateway, so that the money is credited once.
    pub fn receipt(id: &ReceiptId, payment: &Payment) -> Self {
        let place = Place { table: |tables| &tables.ledger, key: keys::receipt(&payment.gateway, id) };
        Self::at(place, payment)
    }
}

/// An event that a gateway sent, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayEvent {
    /// Our identifier of the delivery.
    pub id: GatewayEventId,
    /// The gateway.
    pub gateway: GatewayId,
    /// The body as it came. It is private.
    pub body: String,
    /// When it came.
    pub received_at: Timestamp,
    /// The gateway's identifier of the event; `None` if the event can't be read.
    pub event: Option<String>,
    /// The gateway's name of what happened.
    pub kind: Option<String>,
    /// The payment; `None` if the event is about nothing that we started.
    pub reference: Option<PaymentReference>,
    /// What came of it.
    pub outcome: String,
    /// When.
    pub handled_at: Timestamp,
}

/// What is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueMoney {
    /// A payment: its gateway must be asked.
    Payment(PaymentReference),
    /// The subscription of a customer: its period ends.
    Subscription(UserId),
}

/// A payment or a subscription that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRecord {
    /// Which.
    pub money: DueMoney,
    since: Timestamp,
}

impl Ledger<'_> {
    /// A page of a customer's payments, newest first.
    pub async fn payments(
        self,
        owner: &UserId,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Payment>, StoreError> {
        if after.is_some_and(|cursor| !cursor.is_within(PaymentId::PREFIX, "pay_~")) {
            return Ok(Page::empty());
        }
        let payments = self.0.query(keys::payments(owner)).prefix(PaymentId::PREFIX);
        payments.after(after).newest_first().strong().page(limit).await
    }

    /// All payments of a customer, oldest first.
    pub async fn all_payments(self, owner: &UserId) -> Result<Vec<Payment>, StoreError> {
        let rows = self.0.query(keys::payments(owner)).prefix(PaymentId::PREFIX).strong().all().await?;
        rows.into_iter().map(item::read).collect()
    }

    /// Notes that the gateway is asked about a payment now, if nobody asked since `since`. Returns whether it is. The note
    /// is not part of the payment's version.
    pub async fn may_ask_gateway(
        self,
        reference: &PaymentReference,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let asked = self
            .0
            .update(&keys::payment(&reference.user, &reference.payment))
            .update_expression("SET polled_at = :now")
            .condition_expression("attribute_exists(pk) AND (attribute_not_exists(polled_at) OR polled_at < :since)")
            .expression_attribute_values(":now", item::text(now.to_string()))
            .expression_attribute_values(":since", item::text(since.to_string()))
            .send()
            .await;
        took_effect(asked)
    }

    /// The shards of the due index.
    pub fn due_shards() -> impl Iterator<Item = u8> {
        0..keys::DUE_SHARDS
    }

    /// What is due in one of [`Ledger::due_shards`]: about `most`.
    pub async fn due(self, shard: u8, now: Timestamp, most: i32) -> Result<Vec<DueRecord>, StoreError> {
        let mut found = Vec::new();
        let enough = usize::try_from(most).unwrap_or(usize::MAX);
        due::for_each_row(self.0, shard, now, most, |row| {
            found.extend(due_record(row));
            found.len() < enough
        })
        .await?;
        Ok(found)
    }

    /// Leases what is due until then. Returns `false` if another worker leased or changed it.
    pub async fn lease(self, due: &DueRecord, until: Timestamp) -> Result<bool, StoreError> {
        let key = match &due.money {
            DueMoney::Payment(reference) => keys::payment(&reference.user, &reference.payment),
            DueMoney::Subscription(owner) => keys::subscription(owner),
        };
        due::lease(self.0, &key, due.since, until).await
    }

    /// Notes an event of a gateway, for 30 days.
    pub async fn put_gateway_event(self, event: &GatewayEvent) -> Result<(), StoreError> {
        let until = event.received_at.plus(EVENTS_KEPT).epoch_seconds();
        self.0.put_expiring(&keys::gateway_event(&event.id), event, until).await
    }

    /// An event of a gateway.
    pub async fn gateway_event(self, id: &GatewayEventId) -> Result<Option<GatewayEvent>, StoreError> {
        self.0.get(&keys::gateway_event(id), Consistency::Strong).await
    }

    /// The events that gateways sent on a day, oldest first.
    pub async fn gateway_events_of(self, day: Timestamp) -> Result<Vec<GatewayEvent>, StoreError> {
        let rows = self.0.query(keys::gateway_events(day)).all().await?;
        rows.into_iter().map(item::read).collect()
    }
}

fn due_record(row: &item::Item) -> Option<DueRecord> {
    let pk = item::text_of(row, "pk")?;
    let money = if let Some(owner) = pk.strip_prefix(keys::SUBSCRIPTION_PREFIX) {
        DueMoney::Subscription(owner.parse().ok()?)
    } else {
        let user = pk.strip_prefix(keys::PAYMENTS_PREFIX)?.parse().ok()?;
        DueMoney::Payment(PaymentReference { user, payment: item::text_of(row, "sk")?.parse().ok()? })
    };
    Some(DueRecord { money, since: due::since(row)? })
}
