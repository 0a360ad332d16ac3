//! Each quarter of an hour → prices and stock from the supplier; only what changed is written.
//!
//! A real supplier has some 75,000 (service, country) pairs whose stock moves all the time. A change of price is always written,
//! a change of stock only when it matters to a buyer, so that most runs write little. Each row is written by itself: a run that
//! is cut off has done a part, and the next one does the rest.

use crate::{classes, writes::Writes};
use domain::{CountryCode, ServiceName, SupplierId, Timestamp, pricing::ServiceClass};
use runtime::{Context, SupplierAccessError, telemetry};
use std::collections::BTreeMap;
use store::{Catalog, CountryRow, OfferRow, OperatorOffer, ServiceRow, Store, StoreError};
use suppliers::{SupplierError, SupplierOffer};
use thiserror::Error;

/// Below this, each change of stock is written; above, only one by a quarter or more.
const EXACT_STOCK: u32 = 20;

/// Why a refresh failed; what is stored stays in force, and the next run is near.
#[derive(Debug, Error)]
pub enum RefreshError {
    /// The supplier did not tell.
    #[error(transparent)]
    Supplier(#[from] SupplierError),
    /// The supplier can't be used at all.
    #[error(transparent)]
    Access(#[from] SupplierAccessError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What one supplier sells of a service, by country.
type ByCountry = BTreeMap<CountryCode, OfferRow>;

/// Runs once.
pub async fn refresh(context: Context) -> Result<(), RefreshError> {
    let supplier = context.fivesim().await?;
    let counted = |error: SupplierError| {
        telemetry::count_class("SupplierErrors", error.kind(), 1);
        error
    };
    let countries = supplier.countries().await.map_err(counted)?;
    let offers = supplier.prices(None, None).await.map_err(counted)?;
    let mut by_service = by_service(&supplier.id(), offers, context.now());
    let before = Catalog { services: context.store().services().await?, countries: context.store().countries().await? };
    let country_row =
        |c: suppliers::SupplierCountry| CountryRow { code: c.country, name: c.name, prefixes: c.prefixes };
    let mut countries: Vec<_> = countries.into_iter().map(country_row).collect();
    countries.sort_by(|a, b| a.code.cmp(&b.code));

    let lists_changed = write_lists(&context, &by_service, countries, &before).await?;
    // What the supplier no longer sells at all loses its offers, so that it can't be bought any more.
    for service in before.services {
        by_service.entry(service.name).or_default();
    }
    let written = write_offers(&context, by_service).await?;
    if lists_changed || written > 0 {
        context.store().raise_catalog_version(context.now()).await?;
    }
    tracing::info!(written, lists_changed, "catalog refreshed");
    Ok(())
}

fn by_service(supplier: &SupplierId, offers: Vec<SupplierOffer>, as_of: Timestamp) -> BTreeMap<ServiceName, ByCountry> {
    let mut by_service = BTreeMap::<ServiceName, ByCountry>::new();
    for offer in offers {
        let row = by_service.entry(offer.service).or_default().entry(offer.country.clone()).or_insert_with(|| {
            OfferRow { country: offer.country, supplier: supplier.clone(), operators: Vec::new(), as_of }
        });
        row.operators.push(OperatorOffer { operator: offer.operator, cost: offer.cost, stock: offer.stock });
    }
    for row in by_service.values_mut().flat_map(BTreeMap::values_mut) {
        row.operators.sort_by(|a, b| (a.cost, &a.operator).cmp(&(b.cost, &b.operator)));
    }
    by_service
}

/// Writes the lists of services and countries where they differ. A service keeps the class that staff gave it.
async fn write_lists(
    context: &Context,
    by_service: &BTreeMap<ServiceName, ByCountry>,
    countries: Vec<CountryRow>,
    before: &Catalog,
) -> Result<bool, StoreError> {
    let class_before: BTreeMap<&ServiceName, ServiceClass> =
        before.services.iter().map(|row| (&row.name, row.class)).collect();
    let service_row = |name: &ServiceName| ServiceRow {
        name: name.clone(),
        title: suppliers::fivesim::names::display_name(name).unwrap_or(name.as_str()).to_owned(),
        class: class_before.get(name).copied().unwrap_or_else(|| classes::first_class(name)),
    };
    let after = Catalog { services: by_service.keys().map(service_row).collect(), countries };
    if after == *before {
        return Ok(false);
    }
    context.store().put_catalog(before, &after).await?;
    Ok(true)
}

/// Writes the offers that changed and removes those that are gone; how many that were.
async fn write_offers(context: &Context, by_service: BTreeMap<ServiceName, ByCountry>) -> Result<usize, StoreError> {
    let mut writes = Writes::default();
    for (service, mut fresh) in by_service {
        for stored in context.store().offers(&service, None).await? {
            match fresh.remove(&stored.country) {
                Some(row) if same_to_a_buyer(&stored, &row) => {}
                Some(row) => writes.add(put(context.store().clone(), service.clone(), row)).await?,
                None => writes.add(remove(context.store().clone(), service.clone(), stored)).await?,
            }
        }
        for row in fresh.into_values() {
            writes.add(put(context.store().clone(), service.clone(), row)).await?;
        }
    }
    writes.finish().await
}

async fn put(store: Store, service: ServiceName, row: OfferRow) -> Result<(), StoreError> {
    store.put_offer(&service, &row).await
}

async fn remove(store: Store, service: ServiceName, row: OfferRow) -> Result<(), StoreError> {
    store.remove_offer(&service, &row).await
}

/// Whether a buyer would notice no difference: the same operators at the same prices, and much the same stock.
fn same_to_a_buyer(stored: &OfferRow, fresh: &OfferRow) -> bool {
    let pairs = stored.operators.iter().zip(&fresh.operators);
    let same = |(a, b): (&OperatorOffer, &OperatorOffer)| {
        a.operator == b.operator && a.cost == b.cost && same_stock(a.stock, b.stock)
    };
    stored.operators.len() == fresh.operators.len() && pairs.into_iter().all(same)
}

fn same_stock(stored: u32, fresh: u32) -> bool {
    if stored.min(fresh) < EXACT_STOCK { stored == fresh } else { stored.abs_diff(fresh) < stored / 4 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(country: &str, operator: &str, cost: i64, stock: u32) -> SupplierOffer {
        SupplierOffer {
            country: country.parse().unwrap(),
            service: "whatsapp".parse().unwrap(),
            operator: operator.parse().unwrap(),
            cost: domain::SupplierMoney::from_micros(cost),
            stock,
            rate_hundredths: None,
        }
    }

    #[test]
    fn offers_are_grouped_by_service_and_country_cheapest_first() {
        let offers = vec![offer("GH", "mtn", 9, 5), offer("GH", "glo", 7, 5), offer("NG", "mtn", 8, 5)];
        let grouped = by_service(&SupplierId::new("5sim"), offers, Timestamp::default());
        let ghana = &grouped[&"whatsapp".parse().unwrap()][&"GH".parse().unwrap()];
        let operators: Vec<_> = ghana.operators.iter().map(|offer| offer.operator.as_str()).collect();
        assert_eq!(operators, ["glo", "mtn"]);
    }

    #[test]
    fn only_what_a_buyer_would_notice_is_written() {
        for (stored, fresh, same) in [
            (5, 5, true),
            (5, 6, false),
            (0, 1, false),
            (25, 19, false),
            (100, 110, true),
            (100, 130, false),
            (900, 1000, true),
        ] {
            assert_eq!(same_stock(stored, fresh), same, "{stored} → {fresh}");
        }
    }
}
