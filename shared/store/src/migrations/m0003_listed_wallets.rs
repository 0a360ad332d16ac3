//! Migration 3: wallets from before the nightly reconciliation get into the lists of all wallets.

use super::Migrated;
use crate::{
    Store, StoreError, item,
    keys::{self, BALANCE},
};
use domain::access::Mode;

pub(super) async fn run(store: &Store) -> Result<Migrated, StoreError> {
    let mut migrated = Migrated::default();
    let mut balances = store.ledger().0.scan(|scan| {
        let of_wallets = scan.filter_expression("sk = :balance").projection_expression("pk");
        of_wallets.expression_attribute_values(":balance", item::text(BALANCE))
    });
    while let Some(rows) = balances.next_page().await? {
        let owners = rows.iter().filter_map(|row| keys::owner_of_wallet(item::text_of(row, "pk")?));
        for owner in owners.filter(|(_, mode)| *mode == Mode::Live).map(|(owner, _)| owner) {
            migrated.found += 1;
            migrated.changed += u64::from(store.ledger().list_wallet(&owner).await?);
        }
    }
    Ok(migrated)
}
