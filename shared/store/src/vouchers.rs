//! Vouchers and their uses, in the ledger's table.
//!
//! A voucher is stored under the hash of its code. A list in one partition, which only staff read, leads from its
//! identifier to it.

use crate::{
    Cursor, Ledger, Page, Place, Record, Store, StoreError, Stored, item, keys,
    table::Consistency,
    transact::{as_update, as_write, written_together},
};
use aws_sdk_dynamodb::types::Update;
use domain::{
    EntrySeq, Timestamp, UserId, VoucherId,
    access::{Mode, SecretHash},
    audit::AuditLine,
    voucher::{Redemption, Voucher},
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A line of the list of vouchers.
#[derive(Serialize, Deserialize)]
struct Listed {
    voucher_id: VoucherId,
    code: SecretHash,
}

/// One more use of a voucher, if it has one left now; see [`crate::Transaction::using`].
#[derive(Clone, Debug)]
pub struct VoucherUse {
    code: SecretHash,
    now: Timestamp,
}

impl VoucherUse {
    /// A use of this voucher.
    pub fn of(voucher: &Voucher, now: Timestamp) -> Self {
        Self { code: voucher.code.clone(), now }
    }

    /// The write of the use. Its condition is [`Voucher::check`], on the voucher as it is then.
    pub(crate) fn update(&self, ledger: Ledger<'_>) -> Result<Update, StoreError> {
        let update = ledger.0.update_write(&keys::voucher(&self.code)).update_expression("ADD #used :one");
        let update = update.condition_expression(
            "#used < #uses AND attribute_not_exists(stopped_at) AND #from <= :now AND #until > :now",
        );
        let names = [("#used", "used"), ("#uses", "uses"), ("#from", "from"), ("#until", "until")];
        let update =
            names.into_iter().fold(update, |update, (alias, name)| update.expression_attribute_names(alias, name));
        let update = update.expression_attribute_values(":one", item::number(1));
        Ok(update.expression_attribute_values(":now", item::text(self.now.to_string())).build()?)
    }
}

impl Stored for Redemption {
    type Id = VoucherId;

    fn place(owner: &UserId, id: &VoucherId) -> Place {
        Place { table: |tables| &tables.ledger, key: keys::redemption(owner, id) }
    }

    /// Vouchers give real money.
    fn mode(_: &VoucherId) -> Option<Mode> {
        Some(Mode::Live)
    }
}

impl Record for Redemption {
    type Event = EntrySeq;

    fn id(&self) -> &VoucherId {
        &self.voucher_id
    }

    fn timeline(&self) -> &[EntrySeq] {
        &self.entries
    }
}

impl Ledger<'_> {
    /// The voucher with this code, by a strong read.
    pub async fn voucher(self, code: &SecretHash) -> Result<Option<Voucher>, StoreError> {
        self.0.get(&keys::voucher(code), Consistency::Strong).await
    }

    /// The voucher with this identifier.
    pub async fn voucher_with_id(self, id: &VoucherId) -> Result<Option<Voucher>, StoreError> {
        let listed: Option<Listed> = self.0.get(&keys::listed_voucher(id), Consistency::Strong).await?;
        match listed {
            Some(listed) => self.voucher(&listed.code).await,
            None => Ok(None),
        }
    }

    /// A page of all vouchers, newest first.
    pub async fn vouchers(self, limit: usize, after: Option<&Cursor>) -> Result<Page<Voucher>, StoreError> {
        if after.is_some_and(|cursor| !cursor.is_within(VoucherId::PREFIX, "vch_~")) {
            return Ok(Page::empty());
        }
        let listed = self.0.query(keys::VOUCHERS).after(after).newest_first().strong().page::<Listed>(limit).await?;
        let wanted: Vec<_> = listed.items.iter().map(|listed| keys::voucher(&listed.code)).collect();
        let rows = self.0.get_many(&wanted, Consistency::Strong).await?;
        let vouchers = rows.into_iter().map(item::read).collect::<Result<Vec<Voucher>, _>>()?;
        let mut found: HashMap<_, _> =
            vouchers.into_iter().map(|voucher| (voucher.voucher_id.clone(), voucher)).collect();
        let items = listed.items.iter().filter_map(|listed| found.remove(&listed.voucher_id)).collect();
        Ok(Page { items, next: listed.next, read: listed.read })
    }
}

impl Store {
    /// Writes a new voucher, with the line of the audit trail. Returns `false` if another voucher has its code.
    pub async fn create_voucher(&self, voucher: &Voucher, line: &AuditLine) -> Result<bool, StoreError> {
        let ledger = self.ledger().0;
        let listed = Listed { voucher_id: voucher.voucher_id.clone(), code: voucher.code.clone() };
        let writes = vec![
            as_write(ledger.absent_put(&keys::voucher(&voucher.code), voucher, None)?),
            as_write(ledger.absent_put(&keys::listed_voucher(&voucher.voucher_id), &listed, None)?),
            as_write(self.audit().put(line)?),
        ];
        if written_together(&self.client, writes).await? {
            return Ok(true);
        }
        // The answer to an earlier attempt may have been lost.
        let stored = self.ledger().voucher(&voucher.code).await?;
        Ok(stored.is_some_and(|stored| stored.voucher_id == voucher.voucher_id))
    }

    /// Ends a voucher, with the line of the audit trail. Returns `false` if it was ended before.
    pub async fn stop_voucher(&self, voucher: &Voucher, line: &AuditLine) -> Result<bool, StoreError> {
        let stop = self.ledger().0.update_write(&keys::voucher(&voucher.code));
        let stop = stop.update_expression("SET stopped_at = :now");
        let stop = stop.condition_expression("attribute_exists(pk) AND attribute_not_exists(stopped_at)");
        let stop = stop.expression_attribute_values(":now", item::text(line.at.to_string())).build()?;
        let writes = vec![as_update(stop), as_write(self.audit().put(line)?)];
        written_together(&self.client, writes).await
    }
}
