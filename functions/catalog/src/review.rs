//! What a supplier's list must pass before it is sold: its prices can be in the currency of our account, and its
//! operators are known.

use crate::{changes::ByCountry, price_list::NotRead};
use domain::{
    Actor, Currency, OperatorName, ServiceName, SupplierId, SupplierMoney,
    catalog::{self, Implausible, Operators},
    pricing::ExchangeRate,
    selling::{SalesRules, Switch, SwitchedOff},
};
use runtime::{Context, telemetry};
use std::collections::{BTreeMap, BTreeSet};
use store::StoreError;
use suppliers::SupplierOffer;

/// The currency of our account at a supplier.
pub(crate) fn currency(rules: &SalesRules, supplier: &SupplierId) -> Result<Currency, NotRead> {
    let Some(currency) = rules.currency_of(supplier) else {
        telemetry::count_class("Findings", "no_currency", 1);
        return Err(NotRead::NoCurrency);
    };
    if !rules.prices.rates.contains_key(currency) {
        tracing::error!(%supplier, %currency, "a currency has no exchange rate");
        telemetry::count_class("Findings", "no_rate", 1);
    }
    Ok(currency.clone())
}

/// The offers of operators that are sold. New operators are noted, and wait for a decision; all operators of a
/// supplier's first list are sold.
pub(crate) async fn of_known_operators(
    context: &Context,
    supplier: &SupplierId,
    mut offers: Vec<SupplierOffer>,
) -> Result<Vec<SupplierOffer>, StoreError> {
    let catalog = context.store().catalog();
    let listed = || offers.iter().map(|offer| offer.operator.clone()).collect::<BTreeSet<_>>();
    let Some(known) = catalog.operators(supplier).await? else {
        catalog.put_first_operators(supplier, &Operators::first(listed())).await?;
        return Ok(offers);
    };
    for operator in known.unknown(listed()) {
        note(context, supplier, &operator).await?;
    }
    offers.retain(|offer| known.are_sold(&offer.operator));
    Ok(offers)
}

async fn note(context: &Context, supplier: &SupplierId, operator: &OperatorName) -> Result<(), StoreError> {
    tracing::warn!(%supplier, %operator, "a new operator waits for a decision");
    telemetry::count_class("Findings", "unreviewed_operator", 1);
    context.store().catalog().add_operator(supplier, operator).await
}

/// Rejects a list whose prices can't be in this currency, and stops the supplier's sales: what is stored may be
/// wrong, too. A plausible list starts them again, unless a person stopped them.
pub(crate) async fn check_prices(
    context: &Context,
    rules: &SalesRules,
    supplier: &SupplierId,
    currency: &Currency,
    sold: &BTreeMap<ServiceName, ByCountry>,
) -> Result<(), NotRead> {
    let Some(rate) = rules.prices.rates.get(currency) else { return Ok(()) };
    let (catalog, switch) = (context.store().catalog(), Switch::Supplier(supplier.clone()));
    let stopped = rules.off.get(&switch);
    let checked = costs_are_plausible(rate, sold);
    if let Err(implausible) = &checked {
        tracing::error!(%supplier, %currency, %implausible, "the supplier's sales are stopped");
        telemetry::count_class("Findings", "implausible_prices", 1);
    }
    match (&checked, stopped) {
        (Ok(()), Some(off)) if off.by == by_us() => {
            tracing::warn!(%supplier, "prices are plausible again");
            catalog.switch_on(&switch, off).await?;
            catalog.raise_version(context.now()).await?;
        }
        (Err(implausible), None) => {
            let off = SwitchedOff { at: context.now(), by: by_us(), reason: implausible.to_string() };
            catalog.switch_off(&switch, &off).await?;
            catalog.raise_version(context.now()).await?;
        }
        _ => {}
    }
    Ok(checked?)
}

fn by_us() -> Actor {
    Actor::system("refresh")
}

fn costs_are_plausible(rate: &ExchangeRate, sold: &BTreeMap<ServiceName, ByCountry>) -> Result<(), Implausible> {
    let basket = catalog::basket().filter_map(|service| sold.get(&service)).flat_map(BTreeMap::values);
    let cheapest = |row: &store::OfferRow| row.cheapest().map_or(SupplierMoney::default(), |offer| offer.cost);
    catalog::check_costs(basket.map(cheapest), rate.credits_per_unit)
}
