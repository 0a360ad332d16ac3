//! `GET /api/v1/payments/methods` - lists how customers can pay, with the limits.

use api::{
    Params, Parse, Problem, Visitor,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::{
    CountryCode, Credits,
    payment::{GatewayId, LARGEST_TOP_UP, Method, Minor, PayCurrency, SMALLEST_TOP_UP},
};
use gateways::Offered;
use runtime::Context;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Which methods to list.
#[derive(Debug, IntoParams, Parse)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Return only methods for customers of this country.
    country: Option<CountryCode>,
    /// Return only methods in this currency.
    currency: Option<PayCurrency>,
}

/// A way to pay.
#[derive(Serialize, ToSchema)]
pub struct MethodView {
    gateway: GatewayId,
    method: Method,
    currency: PayCurrency,
    /// Countries whose customers can use it; empty for all.
    #[schema(value_type = Vec<String>, examples(json!(["GH"])))]
    countries: &'static [&'static str],
    /// Price of one credit.
    #[schema(value_type = String, examples("2.00"))]
    credit_price: Minor,
    /// What you pay in addition.
    #[schema(value_type = String, examples("0.00"))]
    fee: Minor,
    /// Smallest amount.
    #[schema(value_type = String, examples("5.00"))]
    min_amount: Minor,
    /// Largest amount.
    #[schema(value_type = String, examples("10000.00"))]
    max_amount: Minor,
    /// Whether the amount is credited as it came, at the rate of the coin.
    crypto: bool,
}

/// The ways to pay.
#[derive(Serialize, ToSchema)]
pub struct MethodsView {
    items: Vec<MethodView>,
    /// Smallest top-up.
    min_credits: Credits,
    /// Largest top-up.
    max_credits: Credits,
}

/// List payment methods
///
/// Returns every gateway, method and currency with its limits. The gateways' fees are ours: `fee` is what you pay in
/// addition.
#[utoipa::path(
    get, path = "/api/v1/payments/methods", operation_id = "list_payment_methods", tag = "payments",
    params(Filter), responses((status = 200, body = MethodsView)),
)]
pub async fn methods(
    State(context): State<Context>,
    _visitor: Visitor,
    Params(filter): Params<Filter>,
) -> Result<impl IntoResponse, Problem> {
    let rules = context.store().catalog().sales_rules(context.now()).await?;
    let mut items = Vec::new();
    let fits = |(gateway, offer): &(GatewayId, &Offered)| {
        rules.takes_payments_of(gateway) && offer.fits(filter.country.as_ref(), filter.currency)
    };
    for (gateway, offer) in gateways::offers(context.environment()).filter(fits) {
        for &currency in
            offer.currencies.iter().filter(|currency| filter.currency.is_none_or(|only| only == **currency))
        {
            let Some(price) = rules.credit_price(currency) else { continue };
            items.push(MethodView {
                gateway: gateway.clone(),
                method: offer.method,
                currency,
                countries: offer.countries,
                credit_price: price.minor(),
                fee: Minor::ZERO,
                min_amount: price.amount_for(SMALLEST_TOP_UP),
                max_amount: price.amount_for(LARGEST_TOP_UP),
                crypto: offer.method.is_crypto(),
            });
        }
    }
    Ok(Json(MethodsView { items, min_credits: SMALLEST_TOP_UP, max_credits: LARGEST_TOP_UP }))
}
