//! Reads of wallets and entries, and the writes of a movement in a transaction.

use crate::{
    Cursor, Ledger, Page, Place, StoreError, Stored, item,
    keys::{self, BALANCE, ENTRY_PREFIX, WALLET_PREFIX},
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

    /// Calls `visit` with the owner of each wallet, in no order. It reads the whole table, so it is for an
    /// operator's proof only.
    pub async fn for_each_wallet<E: From<StoreError>>(
        self,
        mut visit: impl AsyncFnMut(UserId) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut balances = self.0.scan(|scan| {
            scan.filter_expression("sk = :balance")
                .projection_expression("pk")
                .expression_attribute_values(":balance", item::text(BALANCE))
        });
        while let Some(rows) = balances.next_page().await? {
            for row in rows {
                let owner = item::text_of(&row, "pk").and_then(|pk| pk.strip_prefix(WALLET_PREFIX)?.parse().ok());
                visit(owner.ok_or_else(|| StoreError::Refused("a wallet without an owner".to_owned()))?).await?;
            }
        }
        Ok(())
    }

    /// All entries of a wallet, oldest first.
    pub async fn all_entries(self, user: &UserId) -> Result<Vec<Entry>, StoreError> {
        let rows = self.0.query(keys::wallet(user)).prefix(ENTRY_PREFIX).strong().all().await?;
        rows.into_iter().map(item::read).collect()
    }

    /// A page of a wallet's entries, newest first.
    pub async fn entries(self, user: &UserId, limit: usize, after: Option<&Cursor>) -> Result<Page<Entry>, StoreError> {
        if after.is_some_and(|cursor| !cursor.is_within(ENTRY_PREFIX, "ENTRY#~")) {
            return Ok(Page::empty());
        }
        self.0.query(keys::wallet(user)).prefix(ENTRY_PREFIX).after(after).newest_first().strong().page(limit).await
    }
}
