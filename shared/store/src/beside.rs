//! Reads several records of a customer in one strong read, together with the caller.
//!
//! A record type implements [`Stored`] in the module of its other queries. Nothing here knows the types.

use crate::{
    Store, StoreError, Tables,
    item::{self, Item},
    keys::Key,
    table::{Consistency, keys_of, read_batch},
};
use domain::{UserId, access::Mode};
use serde::de::DeserializeOwned;
use std::{collections::HashMap, marker::PhantomData};

/// A record of a customer. Its key contains the owner, so another customer's record is never found.
pub trait Stored: DeserializeOwned + Send + 'static {
    /// The identifier among the owner's records of this type; `()` if there is only one.
    type Id;

    /// The place of the record.
    fn place(owner: &UserId, id: &Self::Id) -> Place;

    /// Whether the owner can have a record with this identifier. One that names its owner leads nobody else to anything.
    fn is_of(_owner: &UserId, _id: &Self::Id) -> bool {
        true
    }

    /// The mode whose callers may see the record; `None` for both.
    fn mode(_id: &Self::Id) -> Option<Mode> {
        None
    }
}

/// The place of an item: its table and key.
#[derive(Clone, Debug)]
pub struct Place {
    /// Selects the table's name among those of the deployment.
    pub(crate) table: fn(&Tables) -> &str,
    pub(crate) key: Key,
}

/// Records to read together.
#[derive(Debug, Default)]
pub struct ReadSet(Vec<Place>);

/// A record of a [`ReadSet`], with which to take it from [`Found`].
#[derive(Debug)]
pub struct Slot<T> {
    place: Place,
    record: PhantomData<fn() -> T>,
}

/// The result of a read of several records.
#[derive(Debug)]
pub struct Found {
    tables: std::sync::Arc<Tables>,
    rows: HashMap<String, Vec<Item>>,
}

impl ReadSet {
    /// Adds a record.
    pub fn add<T: Stored>(&mut self, owner: &UserId, id: &T::Id) -> Slot<T> {
        let place = T::place(owner, id);
        self.0.push(place.clone());
        Slot { place, record: PhantomData }
    }
}

impl Found {
    /// Takes a record; `None` if it does not exist.
    pub fn take<T: Stored>(&self, slot: &Slot<T>) -> Result<Option<T>, StoreError> {
        let Slot { place: Place { table, key }, .. } = slot;
        let Some(rows) = self.rows.get(table(&self.tables)) else { return Ok(None) };
        let is_it =
            |row: &&Item| item::text_of(row, "pk") == Some(&key.pk) && item::text_of(row, "sk") == Some(&key.sk);
        // The row stays, because two slots may have the same place: a caller's session, and the session of the path.
        rows.iter().find(is_it).cloned().map(item::read).transpose()
    }
}

impl Store {
    /// Reads these records with strong consistency.
    pub(crate) async fn read_together(&self, reads: ReadSet) -> Result<Found, StoreError> {
        let mut keys_by_table: HashMap<&str, Vec<Key>> = HashMap::new();
        for Place { table, key } in reads.0 {
            let keys = keys_by_table.entry(table(&self.tables)).or_default();
            // The database refuses a read that names an item twice.
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let mut request = HashMap::with_capacity(keys_by_table.len());
        for (table, keys) in keys_by_table {
            request.insert(table.to_owned(), keys_of(&keys, Consistency::Strong)?);
        }
        Ok(Found { tables: self.tables.clone(), rows: read_batch(&self.client, request).await? })
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
    fn each_record_is_taken_from_its_own_place() {
        let name = str::to_owned;
        let tables = Tables {
            accounts: name("a"),
            ledger: name("b"),
            orders: name("c"),
            catalog: name("d"),
            limits: name("e"),
            audit: name("f"),
        };
        let owner = UserId::new(Timestamp::from_millis(1), 1);
        let id = |n| OrderId::new(Timestamp::from_millis(2), n);
        let row = |n| {
            let mut row = item::key_item(&Thing::place(&owner, &id(n)).key);
            row.insert("name".to_owned(), item::text(n.to_string()));
            row
        };
        let mut reads = ReadSet::default();
        let (first, second, third) = (reads.add(&owner, &id(1)), reads.add(&owner, &id(2)), reads.add(&owner, &id(3)));
        let rows = HashMap::from([("c".to_owned(), vec![row(2), row(1)])]);
        let found = Found { tables: tables.into(), rows };
        assert_eq!(found.take::<Thing>(&first).unwrap(), Some(Thing { name: name("1") }));
        assert_eq!(found.take::<Thing>(&second).unwrap(), Some(Thing { name: name("2") }));
        assert_eq!(found.take::<Thing>(&second).unwrap(), Some(Thing { name: name("2") }), "another slot of the place");
        assert_eq!(found.take::<Thing>(&third).unwrap(), None);
    }
}
