//! Stored items: the keys, the schema version, and the typed body.

use crate::{StoreError, keys::Key};
use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Serialize, de::DeserializeOwned};
use std::collections::HashMap;

/// A DynamoDB item.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// The schema version of every kind of item. The first change of a kind gives it a version of its own, with a
/// migration. Items without the attribute have version 1.
pub(crate) const SCHEMA: u32 = 1;

/// The item for a body. `expires` is when DynamoDB may delete it, in seconds since 1970.
pub(crate) fn write<T: Serialize>(key: &Key, body: &T, expires: Option<i64>) -> Result<Item, StoreError> {
    let mut item: Item = serde_dynamo::to_item(body)?;
    // Absent values take no space, at least at the top level.
    item.retain(|_, value| !value.is_null());
    item.insert("pk".to_owned(), text(&key.pk));
    item.insert("sk".to_owned(), text(&key.sk));
    item.insert("schema".to_owned(), number(SCHEMA));
    if let Some(expires) = expires {
        item.insert("expires_at_epoch".to_owned(), number(expires));
    }
    Ok(item)
}

/// The body of an item. Keys and other attributes are ignored.
pub(crate) fn read<T: DeserializeOwned>(item: Item) -> Result<T, StoreError> {
    Ok(serde_dynamo::from_item(item)?)
}

/// The bodies of many items.
pub(crate) fn read_all<T: DeserializeOwned>(items: Option<Vec<Item>>) -> Result<Vec<T>, StoreError> {
    items.unwrap_or_default().into_iter().map(read).collect()
}

/// A key as an item, as requests expect it.
pub(crate) fn key_item(key: &Key) -> Item {
    HashMap::from([("pk".to_owned(), text(&key.pk)), ("sk".to_owned(), text(&key.sk))])
}

/// The key of an item, such as one of an index.
pub(crate) fn key_of(item: &Item) -> Option<Key> {
    Some(Key::new(text_of(item, "pk")?, text_of(item, "sk")?))
}

/// A string attribute.
pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// A number attribute.
#[expect(clippy::needless_pass_by_value, reason = "numbers are copied")]
pub(crate) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// A string attribute of an item, if present.
pub(crate) fn text_of<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.get(name)?.as_s().ok().map(String::as_str)
}

/// An integer attribute of an item, if present.
pub(crate) fn number_of<N: std::str::FromStr>(item: &Item, name: &str) -> Option<N> {
    item.get(name)?.as_n().ok()?.parse().ok()
}
