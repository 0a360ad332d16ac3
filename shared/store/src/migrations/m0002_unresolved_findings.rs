//! Migration 2: findings that were written before they had owners get into the list of those that are not resolved.

use super::Migrated;
use crate::{
    Orders, Store, StoreError,
    error::took_effect,
    finding_work::{is_of_findings, unresolved},
    item,
    keys::Key,
};

pub(super) async fn run(store: &Store) -> Result<Migrated, StoreError> {
    let mut migrated = Migrated::default();
    let mut items = store.orders().0.scan(|scan| {
        scan.filter_expression("attribute_not_exists(due_pk) AND attribute_not_exists(resolved)")
            .projection_expression("pk, sk")
    });
    while let Some(rows) = items.next_page().await? {
        for key in rows.iter().filter_map(item::key_of).filter(|key| is_of_findings(&key.pk)) {
            migrated.found += 1;
            migrated.changed += u64::from(add(store.orders(), &key).await?);
        }
    }
    Ok(migrated)
}

async fn add(orders: Orders<'_>, key: &Key) -> Result<bool, StoreError> {
    let update = orders.0.update(key).update_expression("SET due_pk = :due_pk, due_sk = :due_sk").condition_expression(
        "attribute_exists(pk) AND attribute_not_exists(due_pk) AND attribute_not_exists(resolved)",
    );
    let update = unresolved(&key.sk)
        .into_iter()
        .fold(update, |update, (name, value)| update.expression_attribute_values(format!(":{name}"), value));
    took_effect(update.send().await)
}
