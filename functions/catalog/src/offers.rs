//! `GET /api/v1/services/{service_name}/offers` - who sells numbers for a service, at what price, and how well they work.

use crate::{cached, lists, shelf::Shelf};
use api::{
    Fields, FromFields, Listed, Params, PathId, Problem, Visitor,
    axum::{extract::State, response::Response},
};
use domain::{
    CountryCode, Credits, OperatorName, Plan, ServiceName, SupplierId, Timestamp,
    pricing::{Capability, PriceRules, ServiceClass},
    statistics::{DeliveryCounts, SuccessRate},
};
use http::HeaderMap;
use runtime::Context;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};
use store::{OfferKey, OfferRow, StoreError};
use utoipa::{IntoParams, ToSchema};

/// Which offers are wanted.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Only in this country.
    country_code: Option<CountryCode>,
    /// How the code is to come.
    #[param(required = false)]
    capability: Capability,
}

impl FromFields for Wanted {
    fn from_fields(mut fields: Fields) -> Result<Self, Problem> {
        let country_code = fields.optional("country_code");
        let capability = fields.choice("capability", &[("sms", Capability::Sms)]).unwrap_or_default();
        fields.done(|| Some(Self { country_code, capability }))
    }
}

/// Numbers of one operator in one country.
#[derive(Serialize, ToSchema)]
pub struct OfferView {
    country_code: CountryCode,
    operator: OperatorName,
    provider: SupplierId,
    capability: Capability,
    /// What a verification costs: the list price, or yours with a key.
    price: Credits,
    /// How many numbers there are.
    stock: u32,
    /// How often and how fast codes came, from our own orders of this and the last month.
    success: SuccessView,
}

/// A success rate with the moment that it is from.
#[derive(Serialize, ToSchema)]
pub struct SuccessView {
    #[serde(flatten)]
    rate: SuccessRate,
    as_of: Timestamp,
}

/// A service's offers and how they did.
#[derive(Clone)]
struct Stock {
    rules: Arc<PriceRules>,
    class: ServiceClass,
    offers: Arc<[OfferRow]>,
    deliveries: Arc<BTreeMap<OfferKey, DeliveryCounts>>,
    as_of: Timestamp,
}

static STOCK: Shelf<(ServiceName, Option<CountryCode>), Option<Stock>> = Shelf::new();

/// Offers of a service
///
/// Sorted by the expected cost of one delivered code: the price divided by the lower end of the success rate's interval.
#[utoipa::path(
    get, path = "/api/v1/services/{service_name}/offers", operation_id = "list_offers", tag = "catalog",
    params(("service_name" = ServiceName, Path), Wanted), responses((status = 200, body = Listed<OfferView>)),
)]
pub async fn offers(
    State(context): State<Context>,
    visitor: Visitor,
    PathId(service): PathId<ServiceName>,
    Params(wanted): Params<Wanted>,
    request: HeaderMap,
) -> Result<Response, Problem> {
    let key = (service.clone(), wanted.country_code.clone());
    let (version, stock) = STOCK.get(&context, key, || read(&context, &service, wanted.country_code.as_ref())).await?;
    let stock = stock.ok_or_else(Problem::not_found)?;
    if let Some(country) = &wanted.country_code
        && stock.offers.is_empty()
        && !lists::countries(&context).await?.1.iter().any(|row| row.code == *country)
    {
        return Err(Problem::fields(vec![lists::unknown_country(country)]));
    }
    let plan = visitor.plan.unwrap_or(Plan::Starter);
    let whole = || Listed { items: views(&stock, &service, plan, wanted.capability), next_cursor: None };
    Ok(cached::answer(&visitor, version, &request, whole))
}

async fn read(
    context: &Context,
    service: &ServiceName,
    country: Option<&CountryCode>,
) -> Result<Option<Stock>, StoreError> {
    let store = context.store();
    let now = context.now();
    let Some(row) = store.service(service).await? else { return Ok(None) };
    let (rules, offers, deliveries) = tokio::try_join!(
        store.price_rules(),
        store.offers(service, country),
        store.deliveries(service, country, now),
    )?;
    let (rules, offers, deliveries) = (Arc::new(rules), offers.into(), Arc::new(deliveries));
    Ok(Some(Stock { rules, class: row.class, offers, deliveries, as_of: now }))
}

/// The offers that have a price, best first.
fn views(stock: &Stock, service: &ServiceName, plan: Plan, capability: Capability) -> Vec<OfferView> {
    let mut views: Vec<OfferView> = Vec::new();
    for row in stock.offers.iter() {
        for offer in &row.operators {
            let quote = stock.rules.quote(plan, stock.class, capability, row.supplier.as_str(), offer.cost);
            let Ok(quote) = quote else { continue };
            let key = OfferKey {
                service: service.clone(),
                country: row.country.clone(),
                supplier: row.supplier.clone(),
                operator: Some(offer.operator.clone()),
            };
            let counts = stock.deliveries.get(&key).cloned().unwrap_or_default();
            views.push(OfferView {
                country_code: row.country.clone(),
                operator: offer.operator.clone(),
                provider: row.supplier.clone(),
                capability,
                price: quote.price,
                stock: offer.stock,
                success: SuccessView { rate: counts.success(), as_of: stock.as_of },
            });
        }
    }
    views.sort_by(|a, b| expected_cost(a).total_cmp(&expected_cost(b)));
    views
}

/// What a delivered code is expected to cost, for sorting only. Without a sample an offer counts as delivering half the time,
/// so that it comes before those that are known to fail and after those that are known to work.
#[expect(clippy::cast_precision_loss, reason = "for sorting only")]
fn expected_cost(offer: &OfferView) -> f64 {
    let price = offer.price.units() as f64;
    let rate = if offer.success.rate.n == 0 { 0.5 } else { offer.success.rate.low.max(0.01) };
    let sold_out = if offer.stock == 0 { 1e12 } else { 0.0 };
    price / rate + sold_out
}
