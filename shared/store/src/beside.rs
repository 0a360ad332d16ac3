//! What is read together with the caller: any stored things that are a customer's own, in one strong read.
//!
//! A thing says where it is kept by [`Stored`], beside its other queries. Nothing here knows which things there are.

use crate::{
    Store, StoreError, Tables,
    item::{self, Item},
    keys::Key,
    table::{Consistency, keys_of},
};
use domain::UserId;
use serde::de::DeserializeOwned;
use std::{collections::HashMap, marker::PhantomData};

/// A thing that a customer owns, kept below its owner: another customer's is not found by construction.
pub trait Stored: DeserializeOwned + Send + 'static {
    /// What tells it from the owner's other things of its kind; nothing where there is only one.
    type Id;

    /// Where it is kept.
    fn place(owner: &UserId, id: &Self::Id) -> Place;
}

/// Where an item is kept.
#[derive(Clone, Debug)]
pub struct Place {
    /// The table's name among those of the deployment.
    pub(crate) table: fn(&Tables) -> &str,
    pub(crate) key: Key,
}

/// Things to read.
#[derive(Debug, Default)]
pub struct Reads(Vec<Place>);

/// A thing that is among the [`Reads`], to be taken out of what they found.
#[derive(Debug)]
pub struct Wanted<T> {
    place: Place,
    thing: PhantomData<fn() -> T>,
}

/// What a read of several things found.
#[derive(Debug)]
pub struct Found {
    tables: std::sync::Arc<Tables>,
    rows: HashMap<String, Vec<Item>>,
}

impl Reads {
    /// Wants one more thing.
    pub fn want<T: Stored>(&mut self, owner: &UserId, id: &T::Id) -> Wanted<T> {
        let place = T::place(owner, id);
        self.0.push(place.clone());
        Wanted { place, thing: PhantomData }
    }
}

impl Found {
    /// The thing; `None` where there is none.
    pub fn take<T: Stored>(&mut self, wanted: &Wanted<T>) -> Result<Option<T>, StoreError> {
        let Wanted { place: Place { table, key }, .. } = wanted;
        let Some(rows) = self.rows.get_mut(table(&self.tables)) else { return Ok(None) };
        let is_it = |row: &Item| item::text_of(row, "pk") == Some(&key.pk) && item::text_of(row, "sk") == Some(&key.sk);
        let at = rows.iter().position(is_it);
        at.map(|at| item::read(rows.swap_remove(at))).transpose()
    }
}

impl Store {
    /// Reads all of these things as they are at one moment after the call began.
    pub(crate) async fn read_together(&self, reads: Reads) -> Result<Found, StoreError> {
        let mut wanted: HashMap<&str, Vec<Key>> = HashMap::new();
        for Place { table, key } in reads.0 {
            wanted.entry(table(&self.tables)).or_default().push(key);
        }
        let mut request = HashMap::with_capacity(wanted.len());
        for (table, keys) in wanted {
            request.insert(table.to_owned(), keys_of(&keys, Consistency::Strong)?);
        }
        let answer = self.client.batch_get_item().set_request_items(Some(request)).send().await?;
        if answer.unprocessed_keys.is_some_and(|left| !left.is_empty()) {
            return Err(StoreError::Throttled);
        }
        Ok(Found { tables: self.tables.clone(), rows: answer.responses.unwrap_or_default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{OrderId, Timestamp};
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Thing {
        name: String,
    }

    impl Stored for Thing {
        type Id = OrderId;

        fn place(owner: &UserId, id: &OrderId) -> Place {
            Place { table: |tables| &tables.orders, key: Key::new(format!("USER#{owner}"), id.to_string()) }
        }
    }

    #[test]
    fn each_thing_is_taken_from_its_own_place() {
        let name = str::to_owned;
        let tables =
            Tables { accounts: name("a"), ledger: name("b"), orders: name("c"), catalog: name("d"), limits: name("e") };
        let owner = UserId::new(Timestamp::from_millis(1), 1);
        let id = |n| OrderId::new(Timestamp::from_millis(2), n);
        let row = |n| {
            let mut row = item::key_item(&Thing::place(&owner, &id(n)).key);
            row.insert("name".to_owned(), item::text(n.to_string()));
            row
        };
        let mut reads = Reads::default();
        let (first, second, third) =
            (reads.want(&owner, &id(1)), reads.want(&owner, &id(2)), reads.want(&owner, &id(3)));
        let rows = HashMap::from([("c".to_owned(), vec![row(2), row(1)])]);
        let mut found = Found { tables: tables.into(), rows };
        assert_eq!(found.take::<Thing>(&first).unwrap(), Some(Thing { name: name("1") }));
        assert_eq!(found.take::<Thing>(&second).unwrap(), Some(Thing { name: name("2") }));
        assert_eq!(found.take::<Thing>(&third).unwrap(), None);
    }
}
