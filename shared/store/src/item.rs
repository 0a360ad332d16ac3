//! Items as they are stored: keys, the number of their shape, and the typed body beside them.

use crate::{StoreError, keys::Key};
use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Serialize, de::DeserializeOwned};
use std::collections::HashMap;

/// A DynamoDB item.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// The number of the shape in which items are written today. A change of shape raises it and brings a migration.
pub(crate) const SCHEMA: u32 = 1;

/// The item for a body. `expires` is when DynamoDB may delete it, in seconds since 1970.
pub(crate) fn write<T: Serialize>(key: &Key, body: &T, expires: Option<i64>) -> Result<Item, StoreError> {
    let mut item: Item = serde_dynamo::to_item(body)?;
    // What an item lacks takes no room, at its top level at least.
    item.retain(|_, value| !value.is_null());
    item.insert("pk".to_owned(), text(&key.pk));
    item.insert("sk".to_owned(), text(&key.sk));
    item.insert("schema".to_owned(), number(SCHEMA));
    if let Some(expires) = expires {
        item.insert("expires_at_epoch".to_owned(), number(expires));
    }
    Ok(item)
}

/// The body of an item. Keys and other attributes that are not the body's are passed over.
pub(crate) fn read<T: DeserializeOwned>(item: Item) -> Result<T, StoreError> {
    Ok(serde_dynamo::from_item(item)?)
}

/// The bodies of many items.
pub(crate) fn read_all<T: DeserializeOwned>(items: Option<Vec<Item>>) -> Result<Vec<T>, StoreError> {
    items.unwrap_or_default().into_iter().map(read).collect()
}

/// A key in the form that requests want.
pub(crate) fn key_item(key: &Key) -> Item {
    HashMap::from([("pk".to_owned(), text(&key.pk)), ("sk".to_owned(), text(&key.sk))])
}

/// A text attribute.
pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// A number attribute.
#[expect(clippy::needless_pass_by_value, reason = "numbers are copied")]
pub(crate) fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// A text attribute of an item, or nothing.
pub(crate) fn text_of<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.get(name)?.as_s().ok().map(String::as_str)
}

/// A whole number attribute of an item, or nothing.
pub(crate) fn number_of<N: std::str::FromStr>(item: &Item, name: &str) -> Option<N> {
    item.get(name)?.as_n().ok()?.parse().ok()
}
