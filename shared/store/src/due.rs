//! The due index: items that a worker must check, by due time. The tables of orders and of the ledger have one.
//!
//! All kinds of order share that of the orders. An unknown kind, written by a newer version, is skipped and reported
//! to the caller; it takes no place from others.

use crate::{
    Orders, StoreError,
    error::took_effect,
    item::{self, Item},
    keys::{self, Key},
    table::Table,
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{OrderId, Timestamp, UserId};
use std::collections::BTreeMap;

/// The limit of pages per search.
const MOST_PAGES: usize = 20;

/// An order that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The customer.
    pub owner: UserId,
    /// The order.
    pub order: DueOrder,
    /// The due time.
    pub since: Timestamp,
}

/// An order of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueOrder {
    /// A verification.
    Verification(OrderId),
}

/// The result of a search for due orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueList {
    /// Known orders, oldest first.
    pub orders: Vec<Due>,
    /// The number of due orders of unknown kinds, by the part of the identifier before `_`.
    pub unknown: BTreeMap<String, u64>,
}

impl Due {
    fn key(&self) -> Key {
        match &self.order {
            DueOrder::Verification(id) => keys::order(&self.owner, id),
        }
    }
}

impl DueList {
    fn add(&mut self, row: &Item) {
        match due(row) {
            Some(due) => self.orders.push(due),
            None => *self.unknown.entry(kind_of(row)).or_default() += 1,
        }
    }
}

impl Orders<'_> {
    /// The shards of the due index.
    pub fn due_shards() -> impl Iterator<Item = u8> {
        0..keys::DUE_SHARDS
    }

    /// The due orders of one of [`Orders::due_shards`]: about `most`, not counting unknown kinds.
    pub async fn due(self, shard: u8, now: Timestamp, most: i32) -> Result<DueList, StoreError> {
        let mut list = DueList::default();
        let enough = usize::try_from(most).unwrap_or(usize::MAX);
        for_each_row(self.0, shard, now, most, |row| {
            list.add(row);
            list.orders.len() < enough
        })
        .await?;
        Ok(list)
    }

    /// Leases a due order: moves it in the index to `until`, so that one worker has it at a time. Returns
    /// `false` if another worker leased or changed it. The order itself stays unchanged, and its next write
    /// sets the due time again.
    pub async fn lease(self, due: &Due, until: Timestamp) -> Result<bool, StoreError> {
        lease(self.0, &due.key(), due.since, until).await
    }
}

/// Calls `visit` with the rows of a shard that are due, oldest first, until it answers `false` after a page.
pub(crate) async fn for_each_row(
    table: Table<'_>,
    shard: u8,
    now: Timestamp,
    page: i32,
    mut visit: impl FnMut(&Item) -> bool,
) -> Result<(), StoreError> {
    let mut after = None;
    for _ in 0..MOST_PAGES {
        let answer = table
            .client()
            .query()
            .table_name(table.name())
            .index_name("due")
            .key_condition_expression("due_pk = :pk AND due_sk <= :now")
            .expression_attribute_values(":pk", item::text(keys::due(shard)))
            .expression_attribute_values(":now", item::text(now.to_string()))
            .set_exclusive_start_key(after)
            .limit(page)
            .send()
            .await?;
        let wants_more = answer.items.unwrap_or_default().iter().fold(true, |_, row| visit(row));
        after = answer.last_evaluated_key;
        if after.is_none() || !wants_more {
            break;
        }
    }
    Ok(())
}

/// The time since which a row of the index is due.
pub(crate) fn since(row: &Item) -> Option<Timestamp> {
    item::text_of(row, "due_sk")?.parse().ok()
}

/// Moves an item in the index to `until`, if it is due since then. Returns whether it is.
pub(crate) async fn lease(table: Table<'_>, key: &Key, since: Timestamp, until: Timestamp) -> Result<bool, StoreError> {
    let leased = table
        .update(key)
        .update_expression("SET due_sk = :until")
        .condition_expression("due_sk = :since")
        .expression_attribute_values(":until", item::text(until.to_string()))
        .expression_attribute_values(":since", item::text(since.to_string()))
        .send()
        .await;
    took_effect(leased)
}

/// The attributes that put an item into the index.
pub(crate) fn attributes(id: &str, at: Timestamp) -> [(String, AttributeValue); 2] {
    let shard = keys::shard(id, keys::DUE_SHARDS);
    [("due_pk".to_owned(), item::text(keys::due(shard))), ("due_sk".to_owned(), item::text(at.to_string()))]
}

/// The due order of a row; `None` for an unknown kind.
fn due(row: &Item) -> Option<Due> {
    let owner = item::text_of(row, "pk")?.strip_prefix(keys::USER_PREFIX)?.parse().ok()?;
    let order = DueOrder::Verification(item::text_of(row, "sk")?.parse().ok()?);
    Some(Due { owner, order, since: since(row)? })
}

fn kind_of(row: &Item) -> String {
    let id = item::text_of(row, "sk").unwrap_or_default();
    id.split_once('_').map_or("none", |(kind, _)| kind).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_of_an_unknown_kind_are_counted() {
        let row = |pk: &str, sk: &str| {
            let since = "2026-11-21T10:00:00.000Z";
            Item::from(
                [("pk", pk), ("sk", sk), ("due_sk", since)].map(|(name, value)| (name.to_owned(), item::text(value))),
            )
        };
        let owner = "USER#usr_01M7Q1JNMW0KW9JVD7CEVTJTDH";
        let mut list = DueList::default();
        for (pk, sk) in [
            (owner, "rnt_01M7YRRTMW7VNQX5Q5KKJ0Z75H"),
            (owner, "vrf_01M7YRRTMW7VNQX5Q5KKJ0Z75H"),
            (owner, "rnt_01M7YRRTMW7VNQX5Q5KKJ0Z75J"),
            ("PAYMENT#1", "BALANCE"),
        ] {
            list.add(&row(pk, sk));
        }
        let found: Vec<_> = list.orders.iter().map(|due| &due.order).collect();
        assert_eq!(found, [&DueOrder::Verification("vrf_01M7YRRTMW7VNQX5Q5KKJ0Z75H".parse().unwrap())]);
        assert_eq!(list.unknown, BTreeMap::from([("none".to_owned(), 1), ("rnt".to_owned(), 2)]));
    }
}
