//! Numbered migrations: changes of stored items that a new version needs. A deploy runs each once, after the new
//! code is in place. A migration may be repeated and may run beside both versions of the code: it changes each
//! item under a condition, and never an attribute that the code before it knows.

mod m0001_lookup;
mod m0002_unresolved_findings;
mod m0003_listed_wallets;

use crate::{Accounts, Store, StoreError, keys, table::Consistency};
use domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::{future::Future, pin::Pin};

/// A migration.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its number. Numbers count from 1 without gaps, and are never reused.
    pub number: u32,
    /// What it does.
    pub name: &'static str,
    run: for<'a> fn(&'a Store) -> Running<'a>,
}

type Running<'a> = Pin<Box<dyn Future<Output = Result<Migrated, StoreError>> + Send + 'a>>;

/// All migrations, in their order.
pub const MIGRATIONS: [Migration; 3] = [
    Migration {
        number: 1,
        name: "orders are found by their identifier and by their number",
        run: |store| Box::pin(m0001_lookup::run(store)),
    },
    Migration {
        number: 2,
        name: "findings that are not resolved are listed",
        run: |store| Box::pin(m0002_unresolved_findings::run(store)),
    },
    Migration {
        number: 3,
        name: "all wallets are listed for their audit",
        run: |store| Box::pin(m0003_listed_wallets::run(store)),
    },
];

/// What a migration did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Migrated {
    /// Items that needed the change.
    pub found: u64,
    /// Items that were changed. Others changed or went in the meantime.
    pub changed: u64,
}

/// The record of a migration that ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MigrationRecord {
    /// When its last run ended.
    pub at: Timestamp,
    /// What the last run did.
    #[serde(flatten)]
    pub migrated: Migrated,
}

impl Accounts<'_> {
    /// The record of a migration; `None` before it ended once.
    pub async fn migration(self, number: u32) -> Result<Option<MigrationRecord>, StoreError> {
        self.0.get(&keys::migration(number), Consistency::Strong).await
    }
}

impl Store {
    /// Runs a migration, whether it ran before or not, and records its end. A run that is cut off leaves no record,
    /// and is simply repeated.
    pub async fn migrate(&self, migration: &Migration, now: Timestamp) -> Result<MigrationRecord, StoreError> {
        let migrated = (migration.run)(self).await?;
        let record = MigrationRecord { at: now, migrated };
        self.accounts().0.put(&keys::migration(migration.number), &record).await?;
        Ok(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_numbered_without_gaps() {
        let numbers: Vec<_> = MIGRATIONS.iter().map(|migration| migration.number).collect();
        assert_eq!(numbers, (1..).take(MIGRATIONS.len()).collect::<Vec<u32>>());
    }
}
