//! `GET /api/v1/services/{service_name}/offers` - lists the offers for a service, with prices and
//! success rates.

use crate::{cache::Cache, cacheable, lists, ranking};
use api::{
    Listed, PageParams, Params, Parse, PathId, Problem, Visitor,
    axum::{extract::State, response::Response},
};
use domain::{
    CountryCode, Credits, OperatorName, Plan, ServiceName, SupplierId, Timestamp,
    pricing::{Capability, PriceRules, ServiceClass},
    selling::SalesRules,
    statistics::SuccessRate,
};
use http::HeaderMap;
use ranking::{MeasuredOffer, Priced};
use runtime::Context;
use serde::Serialize;
use std::sync::Arc;
use store::{OfferRow, StoreError};
use utoipa::{IntoParams, ToSchema};

/// How many operators' offers are cached in memory: about 3 MB.
const CAPACITY: usize = 10_000;

/// A filter for offers.
#[derive(Debug, IntoParams, Parse)]
#[into_params(parameter_in = Query)]
pub struct OfferQuery {
    /// Return only offers in this country.
    country_code: Option<CountryCode>,
    /// How the code is delivered.
    #[param(required = false)]
    #[parse(default)]
    capability: Capability,
    #[param(ignore)]
    #[parse(flatten)]
    page: PageParams,
}

/// An offer: numbers of one operator in one country.
#[derive(Serialize, ToSchema)]
pub struct OfferView {
    country_code: CountryCode,
    operator: OperatorName,
    provider: SupplierId,
    capability: Capability,
    /// Price of a verification: the list price, or the caller's own price with a key.
    price: Credits,
    /// Numbers in stock.
    stock: u32,
    /// Whether the provider itself reports that these numbers get no messages of late. A purchase without an
    /// operator takes them last.
    dead_stock: bool,
    /// How often and how fast codes arrived, measured on our own orders of this month and the last.
    success: SuccessView,
}

/// A success rate and when it was read.
#[derive(Serialize, ToSchema)]
pub struct SuccessView {
    #[serde(flatten)]
    rate: SuccessRate,
    as_of: Timestamp,
}

/// The offers of a service, with the rules that price them.
#[derive(Clone)]
struct Market {
    rules: Arc<PriceRules>,
    class: ServiceClass,
    offers: Arc<[MeasuredOffer]>,
    /// How many changes of the price rules have begun.
    price_changes: usize,
    as_of: Timestamp,
}

/// By service and country; `None` for an unknown service.
static MARKETS: Cache<(ServiceName, Option<CountryCode>), Option<Market>> =
    Cache::new(CAPACITY, |market| 1 + market.as_ref().map_or(0, |market| market.offers.len()));

/// List offers of a service
///
/// Offers in stock come first, ordered by the expected cost of one delivered code: the price
/// divided by the success rate. Without orders to measure, the rate counts as one half.
#[utoipa::path(
    get, path = "/api/v1/services/{service_name}/offers", operation_id = "list_offers", tag = "catalog",
    params(("service_name" = ServiceName, Path), OfferQuery, PageParams),
    responses((status = 200, body = Listed<OfferView>)),
)]
pub async fn offers(
    State(context): State<Context>,
    visitor: Visitor,
    PathId(service): PathId<ServiceName>,
    Params(query): Params<OfferQuery>,
    request: HeaderMap,
) -> Result<Response, Problem> {
    let key = (service.clone(), query.country_code.clone());
    let read = || read(&context, &service, query.country_code.as_ref());
    let (version, market) = Box::pin(MARKETS.get(&context, key, read)).await?;
    let market = market.ok_or_else(Problem::not_found)?;
    if let Some(country) = &query.country_code
        && market.offers.is_empty()
    {
        lists::must_be_sold(&context, country).await?;
    }
    // Success rates are read again every hour, and prices may change at a moment, even if the catalog does not change.
    let edition = format!("{}-{}-{}", version.version, market.price_changes, market.as_of.epoch_seconds() / 3600);
    let plan = visitor.plan();
    Ok(cacheable::answer(&visitor, edition, &request, || page(&market, plan, &query)))
}

async fn read(
    context: &Context,
    service: &ServiceName,
    country: Option<&CountryCode>,
) -> Result<Option<Market>, StoreError> {
    let (store, now) = (context.store(), context.now());
    let Some((row, rules)) = store.catalog().service_terms(service, now).await? else { return Ok(None) };
    let (offers, deliveries) =
        tokio::try_join!(store.catalog().offers(service, country), store.catalog().deliveries(service, country, now))?;
    let registered = suppliers::ids();
    // Stored offers outlive their supplier's place in the registry.
    let is_on_sale = |offer: &OfferRow| registered.contains(&offer.supplier) && is_sold(&rules, service, offer);
    let on_sale = offers.into_iter().filter(is_on_sale).collect();
    let offers = ranking::measured(service, on_sale, deliveries).into();
    let price_changes = rules.price_changes.range(..=now).count();
    Ok(Some(Market { rules: Arc::new(rules.prices), class: row.class, offers, price_changes, as_of: now }))
}

/// Whether the rules let a purchase choose the offers.
fn is_sold(rules: &SalesRules, service: &ServiceName, offer: &OfferRow) -> bool {
    rules.check_market(service, &offer.country).is_ok()
        && rules.check_supplier(&offer.supplier, &offer.currency).is_ok()
}

fn page(market: &Market, plan: Plan, query: &OfferQuery) -> Listed<OfferView> {
    let ranked = ranking::ranked(&market.offers, &market.rules, plan, market.class, query.capability);
    let page = ranking::page(ranked, query.page.limit(), query.page.cursor.as_ref());
    Listed::from(page).map(|Priced { offer, price, .. }| OfferView {
        country_code: offer.country.clone(),
        operator: offer.operator.clone(),
        provider: offer.supplier.clone(),
        capability: query.capability,
        price,
        stock: offer.stock,
        dead_stock: offer.is_dead,
        success: SuccessView { rate: offer.deliveries.success(), as_of: market.as_of },
    })
}
