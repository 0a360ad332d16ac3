//! Every 15 minutes: reads prices and stock from the suppliers and writes only what changed
//! (decision 0014).
//!
//! Each row is independent. A run that is cut off has done part of the work; the next run does the
//! rest and raises the catalog version. A supplier whose list can't be read keeps its rows, and the
//! run fails after the others are written. The sweep, not the refresh, reports the state of the
//! suppliers' accounts.

use crate::{
    changes, merge,
    price_list::{self, Failures, PriceList},
    writes::Writes,
};
use domain::{ServiceName, SupplierId, pricing::ServiceClass};
use runtime::{Context, telemetry};
use store::{CatalogLists, ServiceRow, Store, StoreError};
use thiserror::Error;

/// Why a refresh failed.
#[derive(Debug, Error)]
pub enum RefreshError {
    /// Some suppliers have no list. Their stored offers stay in force until the next run; the lists of
    /// the others are written.
    #[error("not refreshed: {0}")]
    NotRead(Failures),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Runs one refresh.
pub async fn refresh(context: Context) -> Result<(), RefreshError> {
    let rules = context.store().catalog().sales_rules(context.now()).await?;
    let read = async |supplier: &SupplierId| price_list::read(&context, &rules, supplier).await;
    let (lists, failures) = price_list::read_each(suppliers::ids(), read).await;
    if !lists.is_empty() {
        write(&context, lists, failures.is_empty()).await?;
    }
    if failures.is_empty() { Ok(()) } else { Err(RefreshError::NotRead(failures)) }
}

/// Writes what differs from the stored catalog. `complete` says whether every supplier has a list.
async fn write(context: &Context, mut lists: Vec<PriceList>, complete: bool) -> Result<(), StoreError> {
    let store = context.store();
    let was_changing = store.catalog().is_changing().await?;
    let mut writes = Writes::new(store.clone());
    let services = write_lists(store, &mut writes, &lists, complete).await?;
    for service in &services {
        let (stored, damage) = store.catalog().offers_and_damage(service).await?;
        if !damage.is_empty() {
            telemetry::count_class("Findings", "damaged_offer", damage.len() as u64);
            writes.begin().await?;
            store.catalog().write_offers(&damage).await?;
        }
        for list in &mut lists {
            let fresh = list.sold.remove(service).unwrap_or_default();
            for change in changes::changes(&list.supplier, service, &stored, fresh) {
                writes.add(change).await?;
            }
        }
    }
    let written = writes.finish().await?;
    if written.anything || was_changing {
        store.catalog().raise_version(context.now()).await?;
    }
    let (suppliers, services) = (lists.len(), services.len());
    tracing::info!(suppliers, services, offers_changed = written.offers, "catalog refreshed");
    Ok(())
}

/// Reports services that appeared and have no class yet. They are not sold.
fn report_unreviewed(before: &CatalogLists, after: &CatalogLists) {
    let is_new = |row: &&ServiceRow| row.class == ServiceClass::Unreviewed && !before.services.contains(row);
    for ServiceRow { name, .. } in after.services.iter().filter(is_new) {
        tracing::warn!(service = %name, "a new service has no class");
        telemetry::count_class("Findings", "unreviewed_service", 1);
    }
}

/// Writes the lists of services and countries if they changed, and returns every known service.
async fn write_lists(
    store: &Store,
    writes: &mut Writes,
    lists: &[PriceList],
    complete: bool,
) -> Result<Vec<ServiceName>, StoreError> {
    let before =
        CatalogLists { services: store.catalog().services().await?, countries: store.catalog().countries().await? };
    let after = merge::merged(&before, lists, complete, &store.catalog().classes().await?);
    report_unreviewed(&before, &after);
    if after != before {
        writes.begin().await?;
        store.catalog().put_lists(&before, &after).await?;
    }
    Ok(after.services.into_iter().map(|row| row.name).collect())
}
