//! Wallets and their entries: reading them, and writing the part of a transaction that moves money.

use crate::{Cursor, Page, Place, Store, StoreError, Stored, item, keys};
use aws_sdk_dynamodb::types::Put;
use domain::{
    UserId,
    ledger::{Entry, Wallet},
};

const ENTRIES: &str = "ENTRY#";

/// The two writes of a movement: the wallet, if it is still as it was read, and the entry, if it is not there yet.
pub(crate) fn puts(table: &str, user: &UserId, after: &Wallet, entry: &Entry) -> Result<[Put; 2], StoreError> {
    let balance = Put::builder().table_name(table).set_item(Some(item::write(&keys::balance(user), after, None)?));
    let balance = if after.seq == 1 {
        balance.condition_expression("attribute_not_exists(pk)")
    } else {
        balance.condition_expression("seq = :read").expression_attribute_values(":read", item::number(after.seq - 1))
    };
    let entry = Put::builder()
        .table_name(table)
        .set_item(Some(item::write(&(keys::wallet(user), keys::entry_sk(entry.seq)), entry, None)?))
        .condition_expression("attribute_not_exists(pk)");
    Ok([balance.build()?, entry.build()?])
}

impl Stored for Wallet {
    type Id = ();

    fn place(owner: &UserId, (): &()) -> Place {
        Place { table: |tables| &tables.ledger, key: keys::balance(owner) }
    }
}

impl Store {
    /// A customer's wallet, by a strong read; a wallet that never moved is empty.
    pub async fn wallet(&self, user: &UserId) -> Result<Wallet, StoreError> {
        let found = self
            .client
            .get_item()
            .table_name(&self.tables.ledger)
            .set_key(Some(item::key_item(&keys::balance(user))))
            .consistent_read(true)
            .send()
            .await?;
        Ok(found.item.map(item::read).transpose()?.unwrap_or_default())
    }

    /// A page of a wallet's entries, newest first.
    pub async fn entries(
        &self,
        user: &UserId,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Entry>, StoreError> {
        let pk = keys::wallet(user);
        if after.is_some_and(|cursor| !cursor.is_within(ENTRIES, "ENTRY#~")) {
            return Ok(Page::empty());
        }
        let answer = self
            .client
            .query()
            .table_name(&self.tables.ledger)
            .key_condition_expression("pk = :pk AND begins_with(sk, :entries)")
            .expression_attribute_values(":pk", item::text(&pk))
            .expression_attribute_values(":entries", item::text(ENTRIES))
            .set_exclusive_start_key(after.map(|cursor| item::key_item(&(pk.clone(), cursor.sk().to_owned()))))
            .scan_index_forward(false)
            .consistent_read(true)
            .limit(i32::try_from(limit).unwrap_or(100))
            .send()
            .await?;
        let next = answer.last_evaluated_key.as_ref().and_then(|key| item::text_of(key, "sk")).map(Cursor::after);
        Ok(Page { items: item::read_all(answer.items)?, next })
    }
}
