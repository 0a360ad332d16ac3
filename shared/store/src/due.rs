//! The due index of the orders' table: everything that a worker has to look at, by the moment from which on.
//!
//! Orders of every kind share it. One that this code does not know (it was written by a newer version) is passed over and
//! told to the caller; it never takes the place of another.

use crate::{
    Orders, StoreError,
    error::took_effect,
    item::{self, Item},
    keys::{self, Key},
};
use domain::{OrderId, Timestamp, UserId};
use std::collections::BTreeMap;

/// How many pages one search reads at most.
const MOST_PAGES: usize = 20;

/// An order that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Whose it is.
    pub owner: UserId,
    /// Which it is.
    pub order: DueOrder,
    /// Since when it is due.
    pub since: Timestamp,
}

/// An order of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueOrder {
    /// A verification.
    Verification(OrderId),
}

/// What is due.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueList {
    /// Oldest first.
    pub orders: Vec<Due>,
    /// How many others are due, by their kind: the part of the identifier before `_`.
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

    /// What is due in one of [`Orders::due_shards`]: about `most` orders, and not fewer because of those that are unknown.
    pub async fn due(self, shard: u8, now: Timestamp, most: i32) -> Result<DueList, StoreError> {
        let (mut list, mut after) = (DueList::default(), None);
        for _ in 0..MOST_PAGES {
            let answer = self
                .0
                .client()
                .query()
                .table_name(self.0.name())
                .index_name("due")
                .key_condition_expression("due_pk = :pk AND due_sk <= :now")
                .expression_attribute_values(":pk", item::text(keys::due(shard)))
                .expression_attribute_values(":now", item::text(now.to_string()))
                .set_exclusive_start_key(after)
                .limit(most)
                .send()
                .await?;
            answer.items.unwrap_or_default().iter().for_each(|row| list.add(row));
            after = answer.last_evaluated_key;
            let enough = usize::try_from(most).is_ok_and(|most| list.orders.len() >= most);
            if after.is_none() || enough {
                break;
            }
        }
        Ok(list)
    }

    /// Moves a due order out of the index until then, so that it is handed to one worker at a time; `false` where somebody
    /// else moved it or works on it. The order itself does not change: its next write puts it where it belongs.
    pub async fn lease(self, due: &Due, until: Timestamp) -> Result<bool, StoreError> {
        let leased = self
            .0
            .update(&due.key())
            .update_expression("SET due_sk = :until")
            .condition_expression("due_sk = :since")
            .expression_attribute_values(":until", item::text(until.to_string()))
            .expression_attribute_values(":since", item::text(due.since.to_string()))
            .send()
            .await;
        took_effect(leased)
    }
}

/// An order of a kind that is known here.
fn due(row: &Item) -> Option<Due> {
    let owner = item::text_of(row, "pk")?.strip_prefix(keys::USER_PREFIX)?.parse().ok()?;
    let order = DueOrder::Verification(item::text_of(row, "sk")?.parse().ok()?);
    let since = item::text_of(row, "due_sk")?.parse().ok()?;
    Some(Due { owner, order, since })
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
