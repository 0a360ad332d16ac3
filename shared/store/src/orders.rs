//! Orders: reading one, listing a customer's, and who owns what a supplier sold.

use crate::{
    Cursor, Page, Place, Store, StoreError, Stored,
    error::took_effect,
    item::{self, Item},
    keys,
};
use aws_sdk_dynamodb::types::Put;
use domain::{
    CountryCode, OrderId, ServiceName, SupplierId, SupplierOrderId, Timestamp, UserId,
    order::{Order, Status},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// How many items one page reads at most where a filter leaves some out.
const READ_AT_MOST: i32 = 250;

/// Who owns a supplier's order, for ever.
#[derive(Serialize, Deserialize)]
struct ClaimRow {
    order_id: OrderId,
    user_id: UserId,
}

/// Which of a customer's orders a list wants.
#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    /// Only in this state.
    pub status: Option<Status>,
    /// Only for this service.
    pub service: Option<ServiceName>,
    /// Only in this country.
    pub country: Option<CountryCode>,
    /// Only with this label.
    pub tag: Option<(String, String)>,
    /// Only made at or after this moment.
    pub from: Option<Timestamp>,
    /// Only made before this moment.
    pub before: Option<Timestamp>,
}

/// The write of an order: new, or over the version that was read.
pub(crate) fn put(table: &str, order: &Order) -> Result<Put, StoreError> {
    let mut row = item::write(&keys::order(&order.user_id, &order.id), order, None)?;
    if let Some(due) = order.due_at {
        let shard = keys::shard(order.id.as_str(), keys::DUE_SHARDS);
        row.insert("due_pk".to_owned(), item::text(keys::due(shard)));
        row.insert("due_sk".to_owned(), item::text(due.to_string()));
    }
    let put = Put::builder().table_name(table).set_item(Some(row));
    let put = if order.version == 1 {
        put.condition_expression("attribute_not_exists(pk)")
    } else {
        put.condition_expression("#version = :read")
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":read", item::number(order.version - 1))
    };
    Ok(put.build()?)
}

/// The write that makes a supplier's order ours, if it is nobody's yet.
pub(crate) fn claim(
    table: &str,
    order: &Order,
    supplier: &SupplierId,
    id: &SupplierOrderId,
) -> Result<Put, StoreError> {
    let row = ClaimRow { order_id: order.id.clone(), user_id: order.user_id.clone() };
    Ok(Put::builder()
        .table_name(table)
        .set_item(Some(item::write(&keys::supplier_order(supplier, id), &row, None)?))
        .condition_expression("attribute_not_exists(pk)")
        .build()?)
}

impl Stored for Order {
    type Id = OrderId;

    fn place(owner: &UserId, id: &OrderId) -> Place {
        Place { table: |tables| &tables.orders, key: keys::order(owner, id) }
    }
}

impl Store {
    /// One order of this customer, by a strong read; another customer's order is not found by construction.
    pub async fn order(&self, owner: &UserId, id: &OrderId) -> Result<Option<Order>, StoreError> {
        let found = self
            .client
            .get_item()
            .table_name(&self.tables.orders)
            .set_key(Some(item::key_item(&keys::order(owner, id))))
            .consistent_read(true)
            .send()
            .await?;
        found.item.map(item::read).transpose()
    }

    /// Makes a queue message the one that polls this order; `false` where another one does already.
    pub async fn claim_poll(&self, order: &Order, message_id: &str) -> Result<bool, StoreError> {
        let claimed = self
            .client
            .update_item()
            .table_name(&self.tables.orders)
            .set_key(Some(item::key_item(&keys::order(&order.user_id, &order.id))))
            .update_expression("SET poller = :message")
            .condition_expression("attribute_exists(pk) AND (attribute_not_exists(poller) OR poller = :message)")
            .expression_attribute_values(":message", item::text(message_id))
            .send()
            .await;
        took_effect(claimed)
    }

    /// A page of a customer's orders, newest first, by one query. A page may be shorter than `limit` and still go on.
    pub async fn orders(
        &self,
        owner: &UserId,
        filter: &OrderFilter,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Order>, StoreError> {
        let lowest = filter.from.map_or_else(|| OrderId::PREFIX.to_owned(), OrderId::lowest_at);
        let beyond = filter.before.map_or_else(|| format!("{}~", OrderId::PREFIX), OrderId::lowest_at);
        // DynamoDB refuses a span that ends before it begins; for a customer it is one without orders.
        if lowest > beyond || after.is_some_and(|cursor| !cursor.is_within(&lowest, &beyond)) {
            return Ok(Page::empty());
        }
        let (conditions, names, mut values) = conditions_of(filter);
        values.insert(":pk".to_owned(), item::text(keys::user(owner)));
        values.insert(":lowest".to_owned(), item::text(&lowest));
        values.insert(":beyond".to_owned(), item::text(&beyond));
        let wanted = i32::try_from(limit).unwrap_or(READ_AT_MOST);
        let answer = self
            .client
            .query()
            .table_name(&self.tables.orders)
            .key_condition_expression("pk = :pk AND sk BETWEEN :lowest AND :beyond")
            .set_filter_expression((!conditions.is_empty()).then(|| conditions.join(" AND ")))
            .set_expression_attribute_names((!names.is_empty()).then_some(names))
            .set_expression_attribute_values(Some(values))
            .set_exclusive_start_key(after.map(|cursor| item::key_item(&(keys::user(owner), cursor.sk().to_owned()))))
            .scan_index_forward(false)
            .consistent_read(true)
            .limit(if conditions.is_empty() { wanted } else { READ_AT_MOST })
            .send()
            .await?;
        let mut items: Vec<Order> = item::read_all(answer.items)?;
        let mut next = answer.last_evaluated_key.as_ref().and_then(|key| item::text_of(key, "sk")).map(Cursor::after);
        if items.len() > limit {
            items.truncate(limit);
            next = items.last().map(|order| Cursor::after(order.id.as_str()));
        }
        // `BETWEEN` includes its upper end, which belongs to the next moment.
        items.retain(|order| filter.before.is_none_or(|before| order.created_at < before));
        Ok(Page { items, next })
    }

    /// Which of these supplier's orders belong to one of ours.
    pub async fn claimed(
        &self,
        supplier: &SupplierId,
        ids: &[SupplierOrderId],
    ) -> Result<BTreeSet<SupplierOrderId>, StoreError> {
        let mut claimed = BTreeSet::new();
        // A batch read takes 100 keys, each once.
        let distinct: Vec<_> = ids.iter().collect::<BTreeSet<_>>().into_iter().collect();
        for some in distinct.chunks(100) {
            let wanted = some.iter().map(|id| item::key_item(&keys::supplier_order(supplier, id))).collect();
            let request = aws_sdk_dynamodb::types::KeysAndAttributes::builder()
                .set_keys(Some(wanted))
                .consistent_read(true)
                .build()?;
            let answer = self.client.batch_get_item().request_items(&self.tables.orders, request).send().await?;
            if answer.unprocessed_keys.is_some_and(|left| !left.is_empty()) {
                return Err(StoreError::Throttled);
            }
            let rows = answer.responses.unwrap_or_default().remove(&self.tables.orders).unwrap_or_default();
            let keys_found: BTreeSet<_> = rows.iter().filter_map(|row| item::text_of(row, "pk")).collect();
            let is_claimed =
                |id: &&&SupplierOrderId| keys_found.contains(keys::supplier_order(supplier, id).0.as_str());
            claimed.extend(some.iter().filter(is_claimed).map(|id| (*id).clone()));
        }
        Ok(claimed)
    }
}

type Conditions = (Vec<&'static str>, HashMap<String, String>, Item);

fn conditions_of(filter: &OrderFilter) -> Conditions {
    let (mut conditions, mut names, mut values) = (Vec::new(), HashMap::new(), Item::new());
    let mut name = |alias: &str, attribute: &str| names.insert(alias.to_owned(), attribute.to_owned());
    if let Some(status) = filter.status {
        name("#status", "status");
        conditions.push("#status = :status");
        values.insert(":status".to_owned(), item::text(status.as_str()));
    }
    if filter.service.is_some() || filter.country.is_some() || filter.tag.is_some() {
        name("#request", "request");
    }
    if let Some(service) = &filter.service {
        name("#service", "service");
        conditions.push("#request.#service = :service");
        values.insert(":service".to_owned(), item::text(service.as_str()));
    }
    if let Some(country) = &filter.country {
        name("#country", "country");
        conditions.push("#request.#country = :country");
        values.insert(":country".to_owned(), item::text(country.as_str()));
    }
    if let Some((tag, value)) = &filter.tag {
        name("#tags", "tags");
        name("#tag", tag);
        conditions.push("#request.#tags.#tag = :tag");
        values.insert(":tag".to_owned(), item::text(value));
    }
    (conditions, names, values)
}
