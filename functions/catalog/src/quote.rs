//! `GET /api/v1/pricing/quote` - what a verification costs at this moment.

use crate::lists;
use api::{
    Params, Parse, Problem, Visitor,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::{
    CountryCode, Credits, OperatorName, Plan, ServiceName, SupplierId,
    ledger::Line,
    offers::{self, Wanted},
    pricing::Capability,
};
use http::header::{CACHE_CONTROL, VARY};
use runtime::Context;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// What is to be bought.
#[derive(Debug, IntoParams, Parse)]
#[parse(problems(NotFound, NoOffer, NoNumbers, ServiceBlocked))]
#[into_params(parameter_in = Query)]
pub struct Wish {
    /// The service whose code is wanted.
    service_name: ServiceName,
    /// The number's country.
    country_code: CountryCode,
    /// How the code is to come.
    #[param(required = false)]
    #[parse(default)]
    capability: Capability,
    /// A certain operator; any without it.
    operator: Option<OperatorName>,
}

/// A price at this moment.
#[derive(Serialize, ToSchema)]
pub struct QuoteView {
    service_name: ServiceName,
    country_code: CountryCode,
    capability: Capability,
    /// The operator that was asked for; null for any.
    operator: Option<OperatorName>,
    provider: SupplierId,
    /// What all amounts are in: always `credits`.
    #[schema(examples("credits"))]
    currency: &'static str,
    /// What is held now and captured when the code comes.
    price: Credits,
    /// The price without a plan.
    list_price: Credits,
    /// The parts of the price.
    lines: Vec<Line>,
    /// The plan whose discount is in the price.
    plan: Plan,
    /// How long the price is good for.
    valid: &'static str,
}

/// A quote reserves nothing: prices follow the suppliers'.
const VALID: &str = "At this moment. Give the price as max_price when you buy, and you never pay more.";

/// A price
///
/// What buying would hold at this moment: the list price without a key, yours with one. Give it as `max_price` when you buy, and
/// nothing dearer is bought.
#[utoipa::path(
    get, path = "/api/v1/pricing/quote", operation_id = "get_quote", tag = "catalog",
    params(Wish), responses((status = 200, body = QuoteView)),
)]
pub async fn quote(
    State(context): State<Context>,
    visitor: Visitor,
    Params(wish): Params<Wish>,
) -> Result<impl IntoResponse, Problem> {
    let suppliers = suppliers::ids();
    let basis = context.store().quote_basis(&wish.service_name, &wish.country_code, &suppliers).await?;
    let Some(service) = &basis.service else { return Err(Problem::not_found()) };
    if basis.offers.is_empty() {
        lists::must_be_sold(&context, &wish.country_code).await?;
    }
    let price_for = |plan| {
        let (capability, operator) = (wish.capability, wish.operator.as_ref());
        let wanted = Wanted { plan, class: service.class, capability, operator };
        offers::choose(&basis.rules, wanted, basis.candidates())
    };
    let plan = visitor.plan();
    let chosen = price_for(plan)?;
    let list_price = price_for(Plan::Starter)?.quote.price;
    let kept = if visitor.is_anonymous() { "public, max-age=60" } else { "private, no-store" };
    let view = QuoteView {
        service_name: wish.service_name,
        country_code: wish.country_code,
        capability: wish.capability,
        operator: wish.operator,
        provider: chosen.supplier,
        currency: "credits",
        price: chosen.quote.price,
        list_price,
        lines: chosen.quote.lines,
        plan,
        valid: VALID,
    };
    Ok(([(CACHE_CONTROL, kept), (VARY, "Authorization, X-API-Key")], Json(view)))
}
