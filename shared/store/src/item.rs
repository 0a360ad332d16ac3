//! Items as they are stored: keys, the number of their shape, and the typed body beside them.

use crate::{StoreError, keys::Key};
use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::HashMap;

/// A DynamoDB item.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// The number of the shape in which items are written today. A change of shape raises it and brings a migration.
pub(crate) const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Outgoing<'a, T> {
    pk: &'a str,
    sk: &'a str,
    schema: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at_epoch: Option<i64>,
    #[serde(flatten)]
    body: &'a T,
}

#[derive(Deserialize)]
struct Incoming<T> {
    #[serde(flatten)]
    body: T,
}

/// The item for a body. `expires` is when DynamoDB may delete it, in seconds since 1970.
pub(crate) fn write<T: Serialize>(key: &Key, body: &T, expires: Option<i64>) -> Result<Item, StoreError> {
    let outgoing = Outgoing { pk: &key.0, sk: &key.1, schema: SCHEMA, expires_at_epoch: expires, body };
    Ok(serde_dynamo::to_item(outgoing)?)
}

/// The body of an item.
pub(crate) fn read<T: DeserializeOwned>(item: Item) -> Result<T, StoreError> {
    Ok(serde_dynamo::from_item::<_, Incoming<T>>(item)?.body)
}

/// The bodies of many items.
pub(crate) fn read_all<T: DeserializeOwned>(items: Option<Vec<Item>>) -> Result<Vec<T>, StoreError> {
    items.unwrap_or_default().into_iter().map(read).collect()
}

/// A key in the form that requests want.
pub(crate) fn key_item(key: &Key) -> Item {
    HashMap::from([("pk".to_owned(), text(&key.0)), ("sk".to_owned(), text(&key.1))])
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

/// The body of an item that only has to exist.
#[derive(Serialize)]
pub(crate) struct Marker {}
