//! Primitives of a table: reads, pages of a query, conditional writes.
//!
//! They do not know the stored records. Keys, conditions and schemas belong to each table's module.

use crate::{
    Cursor, Page, StoreError,
    error::took_effect,
    item::{self, Item},
    keys::Key,
};
use aws_sdk_dynamodb::{
    Client,
    operation::{
        query::builders::QueryFluentBuilder, scan::builders::ScanFluentBuilder,
        update_item::builders::UpdateItemFluentBuilder,
    },
    types::{
        AttributeValue, Delete, KeysAndAttributes, Put, Update,
        builders::{DeleteBuilder, UpdateBuilder},
    },
};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::HashMap;

/// The limit of keys per batch read (DynamoDB's).
const KEYS_AT_ONCE: usize = 100;

/// Whether a read sees every write that was answered before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Consistency {
    /// It may miss recent writes, at half the price.
    Eventual,
    /// It sees all of them.
    Strong,
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'a> {
    client: &'a Client,
    name: &'a str,
}

impl<'a> Table<'a> {
    pub(crate) const fn new(client: &'a Client, name: &'a str) -> Self {
        Self { client, name }
    }

    /// The database client, for requests of a single table.
    pub(crate) const fn client(&self) -> &'a Client {
        self.client
    }

    /// The table's name, for such requests.
    pub(crate) const fn name(&self) -> &'a str {
        self.name
    }

    /// One item, if it exists.
    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        key: &Key,
        reads: Consistency,
    ) -> Result<Option<T>, StoreError> {
        let request = self.client.get_item().table_name(self.name).set_key(Some(item::key_item(key)));
        let found = request.consistent_read(reads == Consistency::Strong).send().await?;
        found.item.map(item::read).transpose()
    }

    /// Many items, in any order. Keys without an item are skipped. The keys must be distinct.
    pub(crate) async fn get_many(&self, keys: &[Key], reads: Consistency) -> Result<Vec<Item>, StoreError> {
        let mut found = Vec::with_capacity(keys.len());
        for some in keys.chunks(KEYS_AT_ONCE) {
            let request = HashMap::from([(self.name.to_owned(), keys_of(some, reads)?)]);
            found.extend(read_batch(self.client, request).await?.remove(self.name).unwrap_or_default());
        }
        Ok(found)
    }

    /// Writes an item; replaces an existing one.
    pub(crate) async fn put<T: Serialize>(&self, key: &Key, body: &T) -> Result<(), StoreError> {
        self.put_row(item::write(key, body, None)?).await
    }

    /// Writes an item that DynamoDB may delete after `expires`, in seconds since 1970; replaces an existing one.
    pub(crate) async fn put_expiring<T: Serialize>(&self, key: &Key, body: &T, expires: i64) -> Result<(), StoreError> {
        self.put_row(item::write(key, body, Some(expires))?).await
    }

    async fn put_row(&self, row: Item) -> Result<(), StoreError> {
        self.client.put_item().table_name(self.name).set_item(Some(row)).send().await?;
        Ok(())
    }

    /// Writes an item unless one exists; then returns `false`.
    pub(crate) async fn put_if_absent<T: Serialize>(&self, key: &Key, body: &T) -> Result<bool, StoreError> {
        self.put_row_if_absent(item::write(key, body, None)?).await
    }

    /// The same of an item with attributes of an index.
    pub(crate) async fn put_row_if_absent(&self, row: Item) -> Result<bool, StoreError> {
        let put = self.client.put_item().table_name(self.name).set_item(Some(row));
        took_effect(put.condition_expression(ABSENT).send().await)
    }

    /// Removes an item; `false` if it does not exist. If two requests remove it at once, one gets `true`.
    pub(crate) async fn remove_existing(&self, key: &Key) -> Result<bool, StoreError> {
        let delete = self.client.delete_item().table_name(self.name).set_key(Some(item::key_item(key)));
        took_effect(delete.condition_expression("attribute_exists(pk)").send().await)
    }

    /// Deletes an item, if it exists.
    pub(crate) async fn delete(&self, key: &Key) -> Result<(), StoreError> {
        self.client.delete_item().table_name(self.name).set_key(Some(item::key_item(key))).send().await?;
        Ok(())
    }

    /// An update of one item, for the caller to complete and send.
    pub(crate) fn update(&self, key: &Key) -> UpdateItemFluentBuilder {
        self.client.update_item().table_name(self.name).set_key(Some(item::key_item(key)))
    }

    /// Sets one entry of a map in an item, and leaves the others.
    pub(crate) async fn put_in_map<T: Serialize + Sync>(
        &self,
        key: &Key,
        map: &str,
        entry: &str,
        value: &T,
    ) -> Result<(), StoreError> {
        self.change_map(key, map, entry, value, "SET #map.#entry = :value").await
    }

    /// Adds an entry to a map in an item, unless the map has it.
    pub(crate) async fn add_to_map<T: Serialize + Sync>(
        &self,
        key: &Key,
        map: &str,
        entry: &str,
        value: &T,
    ) -> Result<(), StoreError> {
        self.change_map(key, map, entry, value, "SET #map.#entry = if_not_exists(#map.#entry, :value)").await
    }

    async fn change_map<T: Serialize + Sync>(
        &self,
        key: &Key,
        map: &str,
        entry: &str,
        value: &T,
        change: &str,
    ) -> Result<(), StoreError> {
        // A path into a map needs the map.
        let begun = self.update(key).update_expression("SET #map = if_not_exists(#map, :empty)");
        let begun = begun.expression_attribute_names("#map", map);
        begun.expression_attribute_values(":empty", AttributeValue::M(HashMap::new())).send().await?;
        self.update(key)
            .update_expression(change)
            .expression_attribute_names("#map", map)
            .expression_attribute_names("#entry", entry)
            .expression_attribute_values(":value", serde_dynamo::to_attribute_value(value)?)
            .send()
            .await?;
        Ok(())
    }

    /// The write of a new item in a transaction; it fails if the item exists.
    pub(crate) fn absent_put<T: Serialize>(
        &self,
        key: &Key,
        body: &T,
        expires: Option<i64>,
    ) -> Result<Put, StoreError> {
        self.absent_row_put(item::write(key, body, expires)?)
    }

    /// The same of an item with attributes of an index.
    pub(crate) fn absent_row_put(&self, row: Item) -> Result<Put, StoreError> {
        Ok(Put::builder().table_name(self.name).set_item(Some(row)).condition_expression(ABSENT).build()?)
    }

    /// The write of an item in a transaction, which replaces an existing one.
    pub(crate) fn any_put<T: Serialize>(&self, key: &Key, body: &T, expires: Option<i64>) -> Result<Put, StoreError> {
        Ok(Put::builder().table_name(self.name).set_item(Some(item::write(key, body, expires)?)).build()?)
    }

    /// The write of an item's next version in a transaction. It fails unless the version before is stored,
    /// or no item at all before version 1. `attribute` is the name of the version in the item.
    pub(crate) fn next_put(&self, row: Item, attribute: &str, version: u64) -> Result<Put, StoreError> {
        let put = Put::builder().table_name(self.name).set_item(Some(row));
        let put = if version == 1 {
            put.condition_expression(ABSENT)
        } else {
            put.condition_expression("#version = :read")
                .expression_attribute_names("#version", attribute)
                .expression_attribute_values(":read", item::number(version - 1))
        };
        Ok(put.build()?)
    }

    /// An update of one item in a transaction, for the caller to complete.
    pub(crate) fn update_write(&self, key: &Key) -> UpdateBuilder {
        Update::builder().table_name(self.name).set_key(Some(item::key_item(key)))
    }

    /// A deletion of one item in a transaction, for the caller to complete.
    pub(crate) fn delete_write(&self, key: &Key) -> DeleteBuilder {
        Delete::builder().table_name(self.name).set_key(Some(item::key_item(key)))
    }

    /// A read of the whole table, for the caller to filter.
    #[expect(clippy::disallowed_methods, reason = "proofs of all wallets and migrations see every item")]
    pub(crate) fn scan(&self, filtered: impl FnOnce(ScanFluentBuilder) -> ScanFluentBuilder) -> Scan {
        Scan { request: Some(filtered(self.client.scan().table_name(self.name))) }
    }

    /// A query of a partition.
    pub(crate) fn query(&self, pk: impl Into<String>) -> Query {
        let pk = pk.into();
        let request = self.client.query().table_name(self.name);
        let request = request.key_condition_expression("pk = :pk").expression_attribute_values(":pk", item::text(&pk));
        Query { request, pk }
    }
}

/// A read of a whole table, page by page, in no order.
pub(crate) struct Scan {
    /// The request of the next page.
    request: Option<ScanFluentBuilder>,
}

impl Scan {
    /// The next page, which may be empty; `None` after the last one.
    pub(crate) async fn next_page(&mut self) -> Result<Option<Vec<Item>>, StoreError> {
        let Some(request) = self.request.take() else { return Ok(None) };
        let page = request.clone().send().await?;
        let start = page.last_evaluated_key.filter(|key| !key.is_empty());
        self.request = start.map(|start| request.set_exclusive_start_key(Some(start)));
        Ok(Some(page.items.unwrap_or_default()))
    }
}

/// The condition of a write that must not replace an item.
const ABSENT: &str = "attribute_not_exists(pk)";

/// The keys of a batch read of one table.
pub(crate) fn keys_of(keys: &[Key], reads: Consistency) -> Result<KeysAndAttributes, StoreError> {
    let keys = keys.iter().map(item::key_item).collect();
    Ok(KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(reads == Consistency::Strong).build()?)
}

/// Reads items of one or several tables, by table. The keys must be distinct.
pub(crate) async fn read_batch(
    client: &Client,
    keys: HashMap<String, KeysAndAttributes>,
) -> Result<HashMap<String, Vec<Item>>, StoreError> {
    let answer = client.batch_get_item().set_request_items(Some(keys)).send().await?;
    // Keys stay unprocessed if a table is throttling.
    if answer.unprocessed_keys.is_some_and(|left| !left.is_empty()) {
        return Err(StoreError::Throttled);
    }
    Ok(answer.responses.unwrap_or_default())
}

/// A query of one partition; by default lowest key first and eventually consistent.
pub(crate) struct Query {
    request: QueryFluentBuilder,
    pk: String,
}

impl Query {
    /// Only sort keys with this prefix; an empty prefix matches all.
    pub(crate) fn prefix(self, prefix: &str) -> Self {
        if prefix.is_empty() {
            return self;
        }
        self.with(|request| {
            request
                .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
                .expression_attribute_values(":prefix", item::text(prefix))
        })
    }

    /// Only sort keys from `lowest` to `highest`, both included.
    pub(crate) fn between(self, lowest: &str, highest: &str) -> Self {
        self.with(|request| {
            request
                .key_condition_expression("pk = :pk AND sk BETWEEN :lowest AND :highest")
                .expression_attribute_values(":lowest", item::text(lowest))
                .expression_attribute_values(":highest", item::text(highest))
        })
    }

    /// Only these attributes, besides the key. The items are read and paid for in full.
    pub(crate) fn only(self, attributes: &[&str]) -> Self {
        let names: Vec<_> = attributes.iter().map(|attribute| format!("#only_{attribute}")).collect();
        self.with(|mut request| {
            for (name, attribute) in names.iter().zip(attributes) {
                request = request.expression_attribute_names(name, *attribute);
            }
            // The sort key is the cursor.
            request.projection_expression(format!("sk, {}", names.join(", ")))
        })
    }

    /// Highest key first.
    pub(crate) fn newest_first(self) -> Self {
        self.with(|request| request.scan_index_forward(false))
    }

    /// With strong consistency.
    pub(crate) fn strong(self) -> Self {
        self.with(|request| request.consistent_read(true))
    }

    /// Starts after this cursor.
    pub(crate) fn after(self, cursor: Option<&Cursor>) -> Self {
        let start = cursor.map(|cursor| item::key_item(&Key::new(&self.pk, cursor.sk())));
        self.with(|request| request.set_exclusive_start_key(start))
    }

    /// The query with more in its request.
    pub(crate) fn with(self, more: impl FnOnce(QueryFluentBuilder) -> QueryFluentBuilder) -> Self {
        Self { request: more(self.request), pk: self.pk }
    }

    /// One page; reads at most `limit` items.
    pub(crate) async fn page<T: DeserializeOwned>(self, limit: usize) -> Result<Page<T>, StoreError> {
        let limit = i32::try_from(limit).unwrap_or(i32::MAX);
        let answer = self.request.limit(limit).send().await?;
        let next = answer.last_evaluated_key.as_ref().and_then(|key| item::text_of(key, "sk")).map(Cursor::after);
        let read = usize::try_from(answer.scanned_count).unwrap_or(0);
        Ok(Page { items: item::read_all(answer.items)?, next, read })
    }

    /// The first `limit` items.
    pub(crate) async fn rows(self, limit: i32) -> Result<Vec<Item>, StoreError> {
        Ok(self.request.limit(limit).send().await?.items.unwrap_or_default())
    }

    /// All items as their bodies, page by page. It takes less memory than [`Self::all`].
    pub(crate) async fn bodies<T: DeserializeOwned>(self) -> Result<Vec<T>, StoreError> {
        let mut bodies = Vec::new();
        let mut start = None;
        loop {
            let answer = self.request.clone().set_exclusive_start_key(start).send().await?;
            bodies.extend(item::read_all(answer.items)?);
            start = answer.last_evaluated_key.filter(|key| !key.is_empty());
            if start.is_none() {
                return Ok(bodies);
            }
        }
    }

    /// All items, page by page.
    pub(crate) async fn all(self) -> Result<Vec<Item>, StoreError> {
        let mut rows = Vec::new();
        let mut start = None;
        loop {
            let answer = self.request.clone().set_exclusive_start_key(start).send().await?;
            rows.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key.filter(|key| !key.is_empty());
            if start.is_none() {
                return Ok(rows);
            }
        }
    }
}
