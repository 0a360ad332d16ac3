//! `GET /api/v1/pricing/quote` - returns the current price of a verification.

use crate::{lists, terms::QuoteValid};
use api::{
    Language, Params, Parse, Problem, Visitor,
    axum::{Json, extract::State, response::IntoResponse},
    codes::{NoNumbers, NoOffer, NotFound, SalesPaused, ServiceBlocked},
};
use domain::{
    CountryCode, Credits, OperatorName, Plan, ServiceName, SupplierId,
    access::Mode,
    ledger::Line,
    offers::{NothingToBuy, OfferRequest},
    pricing::Capability,
};
use http::header::{CACHE_CONTROL, VARY};
use runtime::Context;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// The verification to price.
#[derive(Debug, IntoParams, Parse)]
#[parse(problems(NotFound, NoOffer, NoNumbers, SalesPaused, ServiceBlocked))]
#[into_params(parameter_in = Query)]
pub struct QuoteQuery {
    /// Service to receive a code from.
    service_name: ServiceName,
    /// Country of the number.
    country_code: CountryCode,
    /// How the code is delivered.
    #[param(required = false)]
    #[parse(default)]
    capability: Capability,
    /// Operator to buy from; omit for any.
    operator: Option<OperatorName>,
    /// Language of `valid`.
    #[param(required = false)]
    #[parse(default)]
    language: Language,
}

/// A current price.
#[derive(Serialize, ToSchema)]
pub struct QuoteView {
    service_name: ServiceName,
    country_code: CountryCode,
    capability: Capability,
    /// Requested operator; null for any.
    operator: Option<OperatorName>,
    provider: SupplierId,
    /// Currency of all amounts: always `credits`.
    #[schema(examples("credits"))]
    currency: &'static str,
    /// Amount held at the purchase and captured when a message arrives.
    price: Credits,
    /// List price: the price on the starter plan.
    list_price: Credits,
    /// Line items; their sum is the price.
    lines: Vec<Line>,
    /// Plan whose discount is applied.
    plan: Plan,
    /// Validity of the price.
    valid: &'static str,
}

/// Get a quote
///
/// Returns the amount that a purchase would hold now: the list price, or the caller's own price with a key. With a test
/// key it is the price of a test order. Send it as `max_price` with the purchase to reject a higher price.
#[utoipa::path(
    get, path = "/api/v1/pricing/quote", operation_id = "get_quote", tag = "catalog",
    params(QuoteQuery), responses((status = 200, body = QuoteView)),
)]
pub async fn quote(
    State(context): State<Context>,
    visitor: Visitor,
    Params(query): Params<QuoteQuery>,
) -> Result<impl IntoResponse, Problem> {
    let mode = visitor.mode();
    let (name, country) = (&query.service_name, &query.country_code);
    let basis = context.store().catalog().quote_basis(name, country, &suppliers::ids_for(mode), context.now()).await?;
    let price_for = |plan| {
        let (capability, operator) = (query.capability, query.operator.as_ref());
        basis.choose(mode, OfferRequest { plan, service: name, country, capability, operator })
    };
    let plan = visitor.plan();
    let selected = price_for(plan);
    if basis.offers.is_empty() && mode == Mode::Live && selected != Err(NothingToBuy::UnknownService) {
        lists::must_be_sold(&context, country).await?;
    }
    let selected = selected?;
    let list_price = price_for(Plan::Starter)?.quote.price;
    let kept = if visitor.is_anonymous() { "public, max-age=60" } else { "private, no-store" };
    let view = QuoteView {
        service_name: query.service_name,
        country_code: query.country_code,
        capability: query.capability,
        operator: query.operator,
        provider: selected.supplier,
        currency: "credits",
        price: selected.quote.price,
        list_price,
        lines: selected.quote.lines,
        plan,
        // A quote reserves nothing, because prices follow the suppliers' prices.
        valid: QuoteValid.text(query.language),
    };
    Ok(([(CACHE_CONTROL, kept), (VARY, "Authorization, X-API-Key")], Json(view)))
}
