//! Reads of wallets and entries, and the writes of a movement in a transaction.

use crate::{
    Cursor, Ledger, Page, Place, StoreError, Stored, item,
    keys::{self, BALANCE, ENTRY_PREFIX},
    table::{Consistency, Table},
};
use aws_sdk_dynamodb::types::Put;
use domain::{
    Timestamp, UserId,
    access::Mode,
    ledger::{Entry, Wallet},
};

impl Stored for Wallet {
    type Id = Mode;

    fn place(owner: &UserId, mode: &Mode) -> Place {
        Place { table: |tables| &tables.ledger, key: keys::balance(owner, *mode) }
    }
}

/// The wallets and entries of one mode: of real money, or of play money.
#[derive(Clone, Copy, Debug)]
pub struct Books<'a> {
    pub(crate) table: Table<'a>,
    pub(crate) mode: Mode,
}

impl<'a> Ledger<'a> {
    /// The two writes of a movement: the wallet if it did not change since it was read, and the entry if it
    /// is new. The entry's cause decides whether it is the wallet of real money, and how long the entry is kept.
    pub(crate) fn puts(self, user: &UserId, after: &Wallet, entry: &Entry) -> Result<[Put; 2], StoreError> {
        let mode = entry.cause.mode();
        let balance = item::write(&keys::balance(user, mode), after, None)?;
        let balance = self.0.next_put(balance, "seq", after.seq)?;
        let expires = entry.kept_until().map(Timestamp::epoch_seconds);
        Ok([balance, self.0.absent_put(&keys::entry(user, mode, entry.seq), entry, expires)?])
    }

    /// The books of this mode.
    pub const fn of(self, mode: Mode) -> Books<'a> {
        Books { table: self.0, mode }
    }

    /// A customer's wallet, by a strong read; empty if no money ever moved.
    pub async fn wallet(self, user: &UserId) -> Result<Wallet, StoreError> {
        self.of(Mode::Live).wallet(user).await
    }

    /// All entries of a customer's wallet, oldest first.
    pub async fn all_entries(self, user: &UserId) -> Result<Vec<Entry>, StoreError> {
        self.of(Mode::Live).all_entries(user).await
    }

    /// Calls `visit` with the owner of each wallet of either mode, in no order. It reads the whole table, so it is for
    /// an operator's proof only.
    pub async fn for_each_wallet<E: From<StoreError>>(
        self,
        mut visit: impl AsyncFnMut(UserId, Mode) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut balances = self.0.scan(|scan| {
            scan.filter_expression("sk = :balance")
                .projection_expression("pk")
                .expression_attribute_values(":balance", item::text(BALANCE))
        });
        while let Some(rows) = balances.next_page().await? {
            for row in rows {
                let owner = item::text_of(&row, "pk").and_then(keys::owner_of_wallet);
                let (owner, mode) = owner.ok_or_else(|| StoreError::Refused("a wallet without an owner".to_owned()))?;
                visit(owner, mode).await?;
            }
        }
        Ok(())
    }
}

impl Books<'_> {
    /// A customer's wallet, by a strong read; empty if no money ever moved.
    pub async fn wallet(self, user: &UserId) -> Result<Wallet, StoreError> {
        Ok(self.table.get(&keys::balance(user, self.mode), Consistency::Strong).await?.unwrap_or_default())
    }

    /// All entries of a wallet, oldest first.
    pub async fn all_entries(self, user: &UserId) -> Result<Vec<Entry>, StoreError> {
        self.table.query(keys::wallet(user, self.mode)).prefix(ENTRY_PREFIX).strong().bodies().await
    }

    /// A page of a wallet's entries, newest first.
    pub async fn entries(self, user: &UserId, limit: usize, after: Option<&Cursor>) -> Result<Page<Entry>, StoreError> {
        if after.is_some_and(|cursor| !cursor.is_within(ENTRY_PREFIX, "ENTRY#~")) {
            return Ok(Page::empty());
        }
        let entries = self.table.query(keys::wallet(user, self.mode)).prefix(ENTRY_PREFIX);
        entries.after(after).newest_first().strong().page(limit).await
    }
}
