//! One supplier's price list: read, and accepted or rejected.

use crate::{
    changes::{self, ByCountry, Grouped},
    review,
};
use domain::{ServiceName, SupplierId, Timestamp, catalog::Implausible, selling::SalesRules};
use runtime::{Context, telemetry};
use std::{collections::BTreeMap, fmt};
use store::{CountryRow, Store, StoreError};
use suppliers::{SupplierAccessError, SupplierCountry, SupplierError};
use thiserror::Error;

/// A supplier's accepted list.
#[derive(Debug)]
pub(crate) struct PriceList {
    /// The supplier.
    pub(crate) supplier: SupplierId,
    /// Its countries.
    pub(crate) countries: Vec<CountryRow>,
    /// Its offers.
    pub(crate) sold: BTreeMap<ServiceName, ByCountry>,
}

/// Why a supplier has no list in this run. Its stored offers stay in force until the next run.
#[derive(Debug, Error)]
pub enum NotRead {
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
    /// No operator has set the currency of our account, so the prices mean nothing.
    #[error("the currency of our account is not set")]
    NoCurrency,
    /// The prices can't be in the currency of our account.
    #[error(transparent)]
    Implausible(#[from] Implausible),
    /// The supplier can't be used at all.
    #[error(transparent)]
    Access(#[from] SupplierAccessError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The suppliers without a list, each with the reason.
#[derive(Debug, Default)]
pub struct Failures(Vec<(SupplierId, NotRead)>);

impl Failures {
    /// Whether every supplier has a list.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Failures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reasons: Vec<_> = self.0.iter().map(|(supplier, reason)| format!("{supplier}: {reason}")).collect();
        f.write_str(&reasons.join("; "))
    }
}

/// Reads the list of each supplier. A supplier that fails does not keep the others from being read.
/// The lists are read one after another, because each takes megabytes while it is parsed.
pub(crate) async fn read_each(
    suppliers: impl IntoIterator<Item = SupplierId>,
    read: impl AsyncFn(&SupplierId) -> Result<PriceList, NotRead>,
) -> (Vec<PriceList>, Failures) {
    let (mut lists, mut failures) = (Vec::new(), Failures::default());
    for supplier in suppliers {
        match read(&supplier).await {
            Ok(list) => lists.push(list),
            Err(reason) => {
                tracing::warn!(%supplier, %reason, "a price list could not be read");
                failures.0.push((supplier, reason));
            }
        }
    }
    (lists, failures)
}

/// Reads a supplier's list, and checks that it is neither empty nor much shorter than before, and that its
/// prices are plausible.
pub(crate) async fn read(context: &Context, rules: &SalesRules, supplier: &SupplierId) -> Result<PriceList, NotRead> {
    let currency = review::currency(rules, supplier)?;
    let client = suppliers::supplier(context, supplier).await?;
    let countries = client.countries().await?;
    let offers = client.prices(None, None).await?;
    if countries.is_empty() || offers.is_empty() {
        return Err(NotRead::NothingSold);
    }
    let offers = review::of_known_operators(context, supplier, offers).await?;
    let Grouped { by_service: sold, left_out } = changes::by_service(supplier, &currency, offers, context.now());
    if left_out > 0 {
        tracing::warn!(%supplier, left_out, "offers are left out of rows that have too many");
    }
    review::check_prices(context, rules, supplier, &currency, &sold).await?;
    accept(context.store(), supplier, &sold, context.now()).await?;
    let countries = countries.into_iter().map(row).collect();
    Ok(PriceList { supplier: supplier.clone(), countries, sold })
}

/// Stores the size of the list, and fails while a much shorter list is unconfirmed.
async fn accept(
    store: &Store,
    supplier: &SupplierId,
    sold: &BTreeMap<ServiceName, ByCountry>,
    now: Timestamp,
) -> Result<(), NotRead> {
    let offers = u32::try_from(sold.values().map(BTreeMap::len).sum::<usize>()).unwrap_or(u32::MAX);
    let known = store.catalog().extent(supplier).await?;
    let extent = known.after(offers, now);
    if extent != known {
        store.catalog().put_extent(supplier, extent).await?;
    }
    if extent.unconfirmed.is_some() {
        telemetry::count_class("Findings", "short_price_list", 1);
        return Err(NotRead::MuchLess { offers, before: known.offers });
    }
    Ok(())
}

fn row(country: SupplierCountry) -> CountryRow {
    CountryRow { code: country.country, name: country.name, prefixes: country.prefixes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_supplier_that_fails_does_not_keep_the_others_from_being_read() {
        let suppliers = ["broken", "good", "empty"].map(SupplierId::new);
        let (lists, failures) = read_each(suppliers, async |supplier| match supplier.as_str() {
            "broken" => Err(SupplierError::Refused.into()),
            "empty" => Err(NotRead::NothingSold),
            _ => Ok(PriceList { supplier: supplier.clone(), countries: Vec::new(), sold: BTreeMap::new() }),
        })
        .await;
        assert_eq!(lists.iter().map(|list| list.supplier.as_str()).collect::<Vec<_>>(), ["good"]);
        assert!(!failures.is_empty());
        let expected = format!("broken: {}; empty: the supplier's list is empty", SupplierError::Refused);
        assert_eq!(failures.to_string(), expected);
    }
}
