//! Subjects with an item of their own, and how [`Store::commit`] writes and recognises them.
//!
//! A new kind of subject implements [`Stored`] and [`Record`]. Its conditional write, its entry in the due
//! index and the comparison after a lost answer are written here, once for all kinds.

use crate::{
    Place, Store, StoreError, Stored, Versioned, due, item,
    keys::Key,
    lookup,
    table::{Consistency, Table},
    transact::as_write,
};
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::{Timestamp, UserId, access::Mode, ledger::Subject};
use serde::Serialize;
use std::fmt::Display;

/// A subject with an item of its own. The item has its version in the attribute `version`.
pub trait Record: Subject + Stored<Id: Display + Sync> + Serialize + PartialEq + Sync {
    /// A line of the timeline. Each write with an entry adds one that no other write can have, because it names
    /// the entry.
    type Event: PartialEq;

    /// The identifier.
    fn id(&self) -> &Self::Id;

    /// The history, oldest first. Lines are only added.
    fn timeline(&self) -> &[Self::Event];

    /// When a worker must look at the record; `None` if it need not. The tables of orders and of the ledger have the index.
    fn due_at(&self) -> Option<Timestamp> {
        None
    }

    /// When the database may delete the record; `None` if it is kept.
    fn kept_until(&self) -> Option<Timestamp> {
        None
    }

    /// Whether two records of the same version come from the same write. A field that is written without a
    /// new version must be ignored.
    fn is_same_write(&self, other: &Self) -> bool {
        self == other
    }
}

impl<S: Record> Versioned for S {
    fn made(&self) -> String {
        self.id().to_string()
    }

    fn mode(&self) -> Mode {
        <S as Stored>::mode(self.id()).unwrap_or_default()
    }

    fn writes(&self, store: &Store) -> Result<Vec<TransactWriteItem>, StoreError> {
        let (table, key) = store.locate(S::place(self.owner(), self.id()));
        let mut row = item::write(&key, self, self.kept_until().map(Timestamp::epoch_seconds))?;
        let is_order = table.name() == store.tables.orders;
        if is_order {
            row.extend([lookup::attribute(&self.made())]);
        }
        if let Some(at) = self.due_at() {
            if !is_order && table.name() != store.tables.ledger {
                return Err(StoreError::Refused("the table has no due index".to_owned()));
            }
            row.extend(due::attributes(&self.made(), at));
        }
        Ok(vec![as_write(table.next_put(row, "version", self.version())?)])
    }

    async fn stored(&self, store: &Store) -> Result<Option<Self>, StoreError> {
        store.record(self.owner(), self.id()).await
    }

    fn records_entry(before: &Self, written: &Self) -> bool {
        written.timeline().len() > before.timeline().len()
    }

    /// Later writes may have followed. Then the timeline decides: it keeps the line of this write's entry.
    /// Without an entry the answer is unknown, and `false` is returned.
    fn came_of(stored: &Self, written: &Self, moved_money: bool) -> bool {
        if stored.version() == written.version() {
            return stored.is_same_write(written);
        }
        stored.version() > written.version() && moved_money && stored.timeline().starts_with(written.timeline())
    }
}

impl Store {
    /// A record of this customer, by a strong read. The key contains the owner, so another customer's record
    /// is never found.
    pub async fn record<T: Stored>(&self, owner: &UserId, id: &T::Id) -> Result<Option<T>, StoreError> {
        let (table, key) = self.locate(T::place(owner, id));
        table.get(&key, Consistency::Strong).await
    }

    /// The table and key of a place.
    pub(crate) fn locate(&self, Place { table, key }: Place) -> (Table<'_>, Key) {
        (Table::new(&self.client, table(&self.tables)), key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{OrderId, ledger::Entry};
    use serde::Deserialize;

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    struct Thing {
        owner: UserId,
        id: OrderId,
        version: u64,
        entries: Vec<u64>,
    }

    impl Subject for Thing {
        fn owner(&self) -> &UserId {
            &self.owner
        }

        fn version(&self) -> u64 {
            self.version
        }

        fn written_with(self, _entry: Option<&Entry>) -> Self {
            self
        }
    }

    impl Stored for Thing {
        type Id = OrderId;

        fn place(owner: &UserId, id: &OrderId) -> Place {
            Place { table: |tables| &tables.orders, key: Key::new(format!("USER#{owner}"), id.to_string()) }
        }
    }

    impl Record for Thing {
        type Event = u64;

        fn id(&self) -> &OrderId {
            &self.id
        }

        fn timeline(&self) -> &[u64] {
            &self.entries
        }
    }

    #[test]
    fn a_write_is_recognised_by_its_version_or_by_its_entry() {
        let at = Timestamp::from_millis(1);
        let thing = |version, entries: &[u64]| Thing {
            owner: UserId::new(at, 1),
            id: OrderId::new(at, 1),
            version,
            entries: entries.to_vec(),
        };
        let written = thing(2, &[1, 5]);
        for (stored, moved_money, came_of, what) in [
            (thing(2, &[1, 5]), true, true, "itself"),
            (thing(2, &[1, 6]), true, false, "another write of the same version"),
            (thing(1, &[1]), true, false, "the version before"),
            (thing(3, &[1, 5, 6]), true, true, "a later write that keeps the entry"),
            (thing(3, &[1, 6, 7]), true, false, "a later write over another one"),
            (thing(3, &[1, 5, 6]), false, false, "unknown without an entry"),
        ] {
            assert_eq!(Thing::came_of(&stored, &written, moved_money), came_of, "{what}");
        }
    }
}
