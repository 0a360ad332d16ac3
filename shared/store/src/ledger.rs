//! Reads of wallets and entries, and the writes of a movement in a transaction.

use crate::{
    Cursor, Ledger, Page, Place, StoreError, Stored, item,
    keys::{self, ENTRY_PREFIX},
    table::Consistency,
};
use aws_sdk_dynamodb::types::Put;
use domain::{
    UserId,
    ledger::{Entry, Wallet},
};

impl Stored for Wallet {
    type Id = ();

    fn place(owner: &UserId, (): &()) -> Place {
        Place { table: |tables| &tables.ledger, key: keys::balance(owner) }
    }
}

impl Ledger<'_> {
    /// The two writes of a movement: the wallet if it did not change since it was read, and the entry if it
    /// is new.
    pub(crate) fn puts(self, user: &UserId, after: &Wallet, entry: &Entry) -> Result<[Put; 2], StoreError> {
        let balance = item::write(&keys::balance(user), after, None)?;
        let balance = self.0.next_put(balance, "seq", after.seq)?;
        Ok([balance, self.0.absent_put(&keys::entry(user, entry.seq), entry, None)?])
    }

    /// A customer's wallet, by a strong read; empty if no money ever moved.
    pub async fn wallet(self, user: &UserId) -> Result<Wallet, StoreError> {
        Ok(self.0.get(&keys::balance(user), Consistency::Strong).await?.unwrap_or_default())
    }

    /// A page of a wallet's entries, newest first.
    pub async fn entries(self, user: &UserId, limit: usize, after: Option<&Cursor>) -> Result<Page<Entry>, StoreError> {
        if after.is_some_and(|cursor| !cursor.is_within(ENTRY_PREFIX, "ENTRY#~")) {
            return Ok(Page::empty());
        }
        self.0.query(keys::wallet(user)).prefix(ENTRY_PREFIX).after(after).newest_first().strong().page(limit).await
    }
}
