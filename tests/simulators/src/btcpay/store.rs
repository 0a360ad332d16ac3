//! The rest of the API: refunds, rates, the store's payment methods, the server.

use super::{
    event::{Event, What},
    invoice::Invoice,
    method::{METHODS, Method},
    named::{Body, Named},
    plan::Moment,
    problem::{Problem, from_proxy},
    rates,
    refund::NewRefund,
    world::Shared,
};
use axum::{
    Json, Router,
    extract::{Query, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::StatusCode;
use serde_json::{Value, json};

/// The version that is simulated.
const VERSION: &str = "2.4.1";
/// The rates that are answered if none are named.
const DEFAULT_PAIR: &str = "BTC_USD";
/// The height of the local chain.
const BLOCKS: u32 = 101;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/health", get(health))
        .route("/server/info", get(server_info))
        .route("/stores/{store}/rates", get(rates))
        .route("/stores/{store}/payment-methods", get(payment_methods))
        .route("/stores/{store}/payment-methods/{method}", get(payment_method))
        .route("/stores/{store}/invoices/{invoice}/refund", post(refund))
        .route("/invoices/{invoice}/refund", post(refund))
        .route("/pull-payments/{pull_payment}", get(pull_payment))
}

async fn health() -> Json<Value> {
    Json(json!({ "synchronized": true }))
}

async fn server_info() -> Json<Value> {
    let node = json!({ "headers": BLOCKS, "blocks": BLOCKS, "verificationProgress": 1.0 });
    let status = json!({
        "paymentMethodId": METHODS[0].id,
        "chainHeight": BLOCKS,
        "syncHeight": BLOCKS,
        "nodeInformation": node,
        "available": true,
    });
    let methods: Vec<_> = METHODS.iter().map(|method| method.id).collect();
    Json(json!({
        "version": VERSION,
        "supportedPaymentMethods": methods,
        "fullySynched": true,
        "syncStatus": [status],
    }))
}

async fn rates(
    State(shared): State<Shared>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Json<Value>, Problem> {
    let named = asked.iter().filter(|(name, _)| name == "currencyPair").map(|(_, pair)| pair.as_str());
    let mut pairs: Vec<_> = named.collect();
    if pairs.is_empty() {
        pairs.push(DEFAULT_PAIR);
    }
    let world = shared.lock();
    let rate = |text: &str| {
        let (left, right) = rates::pair(text).ok_or_else(|| {
            let message = format!("Invalid currency pair '{text}' (it should be formatted like BTC_USD,BTC_CAD)");
            Problem::invalid("currencyPair", &message)
        })?;
        let rate = world.rates.of(&left, &right).map(|rate| rate.to_string());
        let errors: &[&str] = if rate.is_some() { &[] } else { &["RateUnavailable"] };
        Ok(json!({ "currencyPair": format!("{left}_{right}"), "rate": rate, "errors": errors }))
    };
    pairs.into_iter().map(rate).collect::<Result<Value, _>>().map(Json)
}

async fn payment_methods() -> Json<Value> {
    Json(METHODS.iter().map(shown).collect())
}

async fn payment_method(named: Named) -> Result<Json<Value>, Problem> {
    let method = Method::find(named.get("method"));
    let message = "The payment method is not found".to_owned();
    method.map(|method| Json(shown(method))).ok_or(Problem::Rule(404, "paymentmethod-not-found", message))
}

fn shown(method: &Method) -> Value {
    json!({ "paymentMethodId": method.id, "enabled": true })
}

async fn refund(State(shared): State<Shared>, named: Named, Body(body): Body) -> Result<Response, Problem> {
    let new = NewRefund::read(&body)?;
    let mut world = shared.lock();
    let invoice = world.invoice(named.get("invoice")).cloned();
    let invoice = invoice.ok_or_else(|| named.missing(Problem::InvoiceNotFound))?;
    let made = new.make(&invoice, &world.rates, world.now_ms())?;
    world.pull_payments.push(made.clone());
    world.change(&invoice.id, |invoice, now| vec![Event::new(now, What::Refund(&made.id), invoice)]);
    let references: Vec<_> = Invoice::order_id(&invoice).into_iter().collect();
    if world.fault(Moment::Refund, &references).is_some() {
        return Ok(from_proxy(StatusCode::BAD_GATEWAY));
    }
    Ok(Json(made.shown(&shared.url)).into_response())
}

async fn pull_payment(State(shared): State<Shared>, named: Named) -> Result<Json<Value>, Problem> {
    let world = shared.lock();
    let found = world.pull_payments.iter().find(|pull_payment| pull_payment.id == named.get("pull_payment"));
    found.map(|pull_payment| Json(pull_payment.shown(&shared.url))).ok_or(Problem::PullPaymentNotFound)
}
