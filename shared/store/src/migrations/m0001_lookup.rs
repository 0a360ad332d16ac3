//! Migration 1: orders and claims that were written before the index `lookup` get its attribute.

use super::Migrated;
use crate::{
    Orders, Store, StoreError, claims,
    error::took_effect,
    item::{self, Item},
    keys::{self, Key},
    lookup::LOOKUP,
};
use domain::{OrderId, order::Order};

pub(super) async fn run(store: &Store) -> Result<Migrated, StoreError> {
    let mut migrated = Migrated::default();
    let mut items = store.orders().0.scan(|scan| {
        scan.filter_expression("attribute_not_exists(#lookup)").expression_attribute_names("#lookup", LOOKUP)
    });
    while let Some(rows) = items.next_page().await? {
        for row in rows {
            let Some((key, text)) = wanted(store, row).await? else { continue };
            migrated.found += 1;
            migrated.changed += u64::from(add(store.orders(), &key, &text).await?);
        }
    }
    Ok(migrated)
}

/// The key of an item, and the text by which it is to be found; `None` if it is not to be found.
async fn wanted(store: &Store, row: Item) -> Result<Option<(Key, String)>, StoreError> {
    let texts = (item::text_of(&row, "pk"), item::text_of(&row, "sk"));
    let (Some(pk), Some(sk)) = texts else { return Ok(None) };
    let key = Key::new(pk, sk);
    if pk.starts_with(keys::USER_PREFIX) {
        return Ok(sk.starts_with(OrderId::PREFIX).then(|| (key.clone(), sk.to_owned())));
    }
    if !pk.starts_with(keys::SUPPLIER_ORDER_PREFIX) {
        return Ok(None);
    }
    let Some(located) = claims::located(row) else { return Ok(None) };
    let order = store.record::<Order>(&located.owner, &located.order).await?;
    Ok(order.and_then(|order| order.number).map(|number| (key, number.phone.as_str().to_owned())))
}

async fn add(orders: Orders<'_>, key: &Key, text: &str) -> Result<bool, StoreError> {
    let added = orders
        .0
        .update(key)
        .update_expression("SET #lookup = :text")
        .condition_expression("attribute_exists(pk) AND attribute_not_exists(#lookup)")
        .expression_attribute_names("#lookup", LOOKUP)
        .expression_attribute_values(":text", item::text(text))
        .send()
        .await;
    took_effect(added)
}
