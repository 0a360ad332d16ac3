//! Every 15 minutes: reads prices and stock from the supplier and writes only what changed
//! (decision 0014).
//!
//! Each row is independent. A run that is cut off has done part of the work; the next run does the
//! rest and raises the catalog version. The sweep, not the refresh, reports the state of the
//! supplier's account.

use crate::{
    changes::{self, ByCountry},
    writes::Writes,
};
use domain::{
    ServiceName, Timestamp,
    catalog::{self, Extent},
    pricing::ServiceClass,
};
use runtime::Context;
use std::collections::{BTreeMap, BTreeSet};
use store::{CatalogLists, CatalogState, CountryRow, ServiceRow, Store, StoreError};
use suppliers::{SupplierAccessError, SupplierCountry, SupplierError};
use thiserror::Error;

/// Why a refresh failed. The stored catalog stays in force until the next run.
#[derive(Debug, Error)]
pub enum RefreshError {
    /// The supplier did not answer with a list.
    #[error(transparent)]
    Supplier(#[from] SupplierError),
    /// The supplier's list is empty, which is more likely a fault of the supplier than the end of
    /// its catalog.
    #[error("the supplier's list is empty")]
    NothingSold,
    /// The list is much shorter than before. It is accepted once a later refresh confirms it.
    #[error("the supplier's list has {offers} offers, and {before} before")]
    MuchLess {
        /// Offers in the new list.
        offers: u32,
        /// Offers in the last accepted list.
        before: u32,
    },
    /// The supplier can't be used at all.
    #[error(transparent)]
    Access(#[from] SupplierAccessError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Runs one refresh.
pub async fn refresh(context: Context) -> Result<(), RefreshError> {
    let supplier = suppliers::supplier(&context, &suppliers::fivesim::id()).await?;
    let countries = supplier.countries().await?;
    let offers = supplier.prices(None, None).await?;
    if countries.is_empty() || offers.is_empty() {
        return Err(RefreshError::NothingSold);
    }
    let mut sold = changes::by_service(&supplier.id(), offers, context.now());

    let store = context.store();
    let CatalogState { extent, pending } = store.catalog().state().await?;
    accept_list(store, extent, &sold, context.now()).await?;
    let mut writes = Writes::new(store.clone());
    let services = write_lists(store, &mut writes, &sold, countries).await?;
    for service in &services {
        let stored = store.catalog().offers(service, None).await?;
        let fresh = sold.remove(service).unwrap_or_default();
        for change in changes::changes(&supplier.id(), service, stored, fresh) {
            writes.add(change).await?;
        }
    }
    let written = writes.finish().await?;
    if written.anything || pending {
        store.catalog().raise_version(context.now()).await?;
    }
    tracing::info!(services = services.len(), offers_changed = written.offers, "catalog refreshed");
    Ok(())
}

/// Stores the size of the list, and fails while a much shorter list is unconfirmed.
async fn accept_list(
    store: &Store,
    known: Extent,
    sold: &BTreeMap<ServiceName, ByCountry>,
    now: Timestamp,
) -> Result<(), RefreshError> {
    let offers = u32::try_from(sold.values().map(BTreeMap::len).sum::<usize>()).unwrap_or(u32::MAX);
    let extent = known.after(offers, now);
    if extent != known {
        store.catalog().put_extent(extent).await?;
    }
    match extent.unconfirmed {
        None => Ok(()),
        Some(_) => Err(RefreshError::MuchLess { offers, before: known.offers }),
    }
}

/// Writes the lists of services and countries if they changed, and returns every known service.
async fn write_lists(
    store: &Store,
    writes: &mut Writes,
    sold: &BTreeMap<ServiceName, ByCountry>,
    countries: Vec<SupplierCountry>,
) -> Result<Vec<ServiceName>, StoreError> {
    let before =
        CatalogLists { services: store.catalog().services().await?, countries: store.catalog().countries().await? };
    let after =
        CatalogLists { services: services(&before.services, sold.keys()), countries: self::countries(countries) };
    if after != before {
        writes.begin().await?;
        store.catalog().put_lists(&before, &after).await?;
    }
    Ok(after.services.into_iter().map(|row| row.name).collect())
}

/// Every service, stored or new. A service that is not sold at the moment stays, and each service
/// keeps the class that staff gave it: a blocked service must not come back unblocked.
fn services<'a>(before: &'a [ServiceRow], sold: impl Iterator<Item = &'a ServiceName>) -> Vec<ServiceRow> {
    let class_before: BTreeMap<&ServiceName, ServiceClass> = before.iter().map(|row| (&row.name, row.class)).collect();
    let names: BTreeSet<&ServiceName> = class_before.keys().copied().chain(sold).collect();
    let row = |name: &ServiceName| ServiceRow {
        name: name.clone(),
        title: catalog::title(name).to_owned(),
        class: class_before.get(name).copied().unwrap_or_else(|| catalog::first_class(name)),
    };
    names.into_iter().map(row).collect()
}

fn countries(countries: Vec<SupplierCountry>) -> Vec<CountryRow> {
    let row = |c: SupplierCountry| CountryRow { code: c.country, name: c.name, prefixes: c.prefixes };
    let mut rows: Vec<_> = countries.into_iter().map(row).collect();
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_stay_with_their_class_and_new_ones_begin_with_the_table_s() {
        let name = |text: &str| text.parse::<ServiceName>().unwrap();
        let row = |text, class| ServiceRow { name: name(text), title: String::new(), class };
        let before = [row("discord", ServiceClass::Blocked), row("gone", ServiceClass::Hard)];
        let sold = [name("whatsapp"), name("paypal"), name("discord")];
        let after: Vec<_> = services(&before, sold.iter()).into_iter().map(|row| (row.name, row.class)).collect();
        let expected = [
            ("discord", ServiceClass::Blocked),
            ("gone", ServiceClass::Hard),
            ("paypal", ServiceClass::Blocked),
            ("whatsapp", ServiceClass::Common),
        ];
        assert_eq!(after, expected.map(|(text, class)| (name(text), class)));
    }

    #[test]
    fn services_have_names_for_people() {
        let sold = ["whatsapp", "brand-new"].map(|text| text.parse::<ServiceName>().unwrap());
        let titles: Vec<_> = services(&[], sold.iter()).into_iter().map(|row| row.title).collect();
        assert_eq!(titles, ["brand-new", "WhatsApp"]);
    }
}
