//! Exports of accounts' data.

use crate::{
    Accounts, Place, Store, StoreError, Stored,
    error::took_effect,
    item, keys,
    transact::{as_write, written_together},
};
use aws_sdk_dynamodb::types::Put;
use domain::{
    Timestamp, UserId,
    account::{EXPORT_LIFETIME, Export, ExportKind},
    audit::AuditLine,
};

impl Stored for Export {
    type Id = ExportKind;

    fn place(owner: &UserId, kind: &ExportKind) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::export(owner, *kind) }
    }
}

impl Store {
    /// Writes an export that was asked for, with its line of the audit trail. Returns `false` if another one of its kind was
    /// asked for too shortly before.
    pub async fn ask_export(&self, export: &Export, line: &AuditLine) -> Result<bool, StoreError> {
        let accounts = self.accounts().0;
        let kind = export.contents.kind();
        let expires = export.asked_at.plus(kind.every()).plus(EXPORT_LIFETIME);
        let row = item::write(&keys::export(&export.user_id, kind), export, Some(expires.epoch_seconds()))?;
        let before = export.asked_at.minus(kind.every());
        let put = Put::builder().table_name(accounts.name()).set_item(Some(row));
        let put = put.condition_expression("attribute_not_exists(pk) OR asked_at <= :before");
        let put = put.expression_attribute_values(":before", item::text(before.to_string())).build()?;
        let writes = vec![as_write(put), as_write(self.audit().put(line)?)];
        written_together(&self.client, writes).await
    }
}

impl Accounts<'_> {
    /// Notes that the file of an export was written; `false` if the export was replaced or its account deleted.
    pub async fn export_is_ready(self, export: &Export, at: Timestamp) -> Result<bool, StoreError> {
        let update = self.0.update(&keys::export(&export.user_id, export.contents.kind()));
        let update = update.update_expression("SET ready_at = :at");
        let update = update.condition_expression("export_id = :export");
        let update = update.expression_attribute_values(":at", item::text(at.to_string()));
        let update = update.expression_attribute_values(":export", item::text(export.export_id.as_str()));
        took_effect(update.send().await)
    }
}
