//! Prices and taxes as staff see them.

use domain::{CountryCode, Credits, Timestamp, invoice::TaxEntry, price_change::PriceChange, pricing::PriceRules};
use serde::Serialize;
use staff::PriceList;
use utoipa::ToSchema;

/// The price rules, and their changes.
#[derive(Serialize, ToSchema)]
pub struct PriceListView {
    now: PriceRulesView,
    /// Changes by their beginnings, those of the past included.
    changes: Vec<PriceChangeView>,
}

/// The rules of this moment.
#[derive(Serialize, ToSchema)]
pub struct PriceRulesView {
    /// List price of an SMS verification.
    sms_list: Credits,
    /// A price is at least the supplier's cost × this percentage.
    markup_percent: u32,
    /// Factor on the list price of hard services, in per cent.
    hard_percent: u32,
    /// Prices are rounded up to a multiple of this.
    step: Credits,
}

/// A change of the rules. What it leaves out stays as it was.
#[derive(Serialize, ToSchema)]
pub struct PriceChangeView {
    /// When it begins.
    from: Timestamp,
    #[serde(flatten)]
    change: PriceChange,
}

/// The taxes of a country from a moment on.
#[derive(Serialize, ToSchema)]
pub struct TaxRateView {
    country: CountryCode,
    from: Timestamp,
    /// The taxes; none if no tax is charged.
    taxes: Vec<TaxView>,
    /// Whether businesses of the country with a VAT number owe the tax themselves.
    reverse_charge: bool,
}

/// A tax.
#[derive(Serialize, ToSchema)]
pub struct TaxView {
    #[schema(examples("VAT"))]
    name: String,
    /// Per cent of the price without taxes.
    #[schema(examples("15.00"))]
    rate: String,
}

impl From<PriceRules> for PriceRulesView {
    fn from(PriceRules { sms_list, markup_percent, hard_percent, step, rates: _ }: PriceRules) -> Self {
        Self { sms_list, markup_percent, hard_percent, step }
    }
}

impl From<PriceList> for PriceListView {
    fn from(list: PriceList) -> Self {
        Self { now: list.rules.into(), changes: list.changes.into_iter().map(PriceChangeView::from).collect() }
    }
}

impl From<(Timestamp, PriceChange)> for PriceChangeView {
    fn from((from, change): (Timestamp, PriceChange)) -> Self {
        Self { from, change }
    }
}

impl From<&TaxEntry> for TaxRateView {
    fn from(entry: &TaxEntry) -> Self {
        let taxes = entry.taxes.iter();
        let taxes = taxes.map(|tax| TaxView { name: tax.name.as_str().to_owned(), rate: tax.rate.to_string() });
        let TaxEntry { country, from, reverse_charge, .. } = entry;
        Self { country: country.clone(), from: *from, taxes: taxes.collect(), reverse_charge: *reverse_charge }
    }
}
