//! Payouts: coins that the store sends to an address. A processor of the server pays approved ones by itself.

use super::{
    fields::Fields,
    ids,
    method::{Method, Network},
    named::{Body, Named},
    plan::{Fault, Moment, Planned},
    problem::{Problem, from_proxy},
    wire::seconds,
    world::Shared,
};
use axum::{
    Json, Router,
    extract::{Path, Query, State as Of},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bech32::segwit;
use http::StatusCode;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// When the processor sends an approved payout, and when the network has it.
const SENT_AFTER_MS: i64 = 5_000;
const COMPLETED_AFTER_MS: i64 = 30_000;

/// State of a payout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    AwaitingApproval,
    AwaitingPayment,
    InProgress,
    Completed,
    Cancelled,
}

/// A payout.
#[derive(Clone, Debug)]
pub struct Payout {
    id: String,
    destination: String,
    amount: Decimal,
    method: &'static Method,
    metadata: Map<String, Value>,
    created_ms: i64,
    state: State,
    /// What the processor does with it; `None` if it leaves it alone.
    approved_ms: Option<i64>,
    /// Whether it is cancelled instead of being sent.
    is_doomed: bool,
}

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/stores/{store}/payouts", get(list).post(create))
        .route("/stores/{store}/payouts/{payout}", get(read).post(approve).delete(cancel))
        .route("/stores/{store}/payouts/{payout}/mark-paid", post(mark_paid))
}

/// The control API: puts a payout into a state, in which it stays.
pub fn control() -> Router<Shared> {
    Router::new().route("/payouts", get(all)).route("/payouts/{payout}", post(set))
}

impl Payout {
    /// The state at this time.
    fn state(&self, now_ms: i64) -> State {
        let since = self.approved_ms.map_or(0, |approved| now_ms - approved);
        match self.state {
            State::AwaitingPayment if since >= SENT_AFTER_MS && self.is_doomed => State::Cancelled,
            State::AwaitingPayment if since >= COMPLETED_AFTER_MS => State::Completed,
            State::AwaitingPayment if since >= SENT_AFTER_MS => State::InProgress,
            state => state,
        }
    }

    fn shown(&self, now_ms: i64) -> Value {
        let state = self.state(now_ms);
        let amount = self.amount.to_string();
        json!({
            "id": self.id,
            "revision": 0,
            "pullPaymentId": null,
            "date": seconds(self.created_ms),
            "destination": self.destination,
            "originalCurrency": self.method.currency,
            "originalAmount": amount,
            "payoutCurrency": self.method.currency,
            "payoutAmount": (state != State::AwaitingApproval).then_some(amount),
            "payoutMethodId": self.method.id,
            "state": state,
            "paymentProof": null,
            "metadata": self.metadata,
        })
    }
}

async fn create(Of(shared): Of<Shared>, Body(body): Body) -> Result<Response, Problem> {
    let mut fields = Fields::of_body(&body)?;
    let destination = fields.text("destination").unwrap_or_default();
    let amount = fields.decimal("amount");
    let method = fields.text("payoutMethodId");
    let is_approved = fields.flag("approved").unwrap_or_default();
    let metadata = fields.object("metadata").unwrap_or_default();
    let Some(method) = method.as_deref().and_then(Method::find) else {
        fields.wrong("PayoutMethodId", "Invalid payout method");
        return fields.finish().map(|()| StatusCode::OK.into_response());
    };
    if !can_receive(method, &destination) {
        fields.wrong("Destination", "Invalid destination");
    }
    let amount = amount.filter(|amount| *amount > Decimal::ZERO && amount.normalize().scale() <= method.digits);
    if amount.is_none() {
        fields.wrong("Amount", "Invalid amount");
    }
    fields.finish()?;
    let reference = metadata.get("refund").and_then(Value::as_str).map(str::to_owned);
    let mut world = shared.lock();
    let now_ms = world.now_ms();
    let plan = world.fault(Moment::Payout, &reference.into_iter().collect::<Vec<_>>());
    let fault = plan.map(|Planned { fault, .. }| fault);
    if fault == Some(Fault::Payout502) {
        return Ok(from_proxy(StatusCode::BAD_GATEWAY));
    }
    let is_busy = |other: &Payout| {
        other.destination == destination && !matches!(other.state(now_ms), State::Completed | State::Cancelled)
    };
    if world.payouts.iter().any(is_busy) {
        let message = "This destination is already used for another payout".to_owned();
        return Err(Problem::Rule(400, "duplicate-destination", message));
    }
    let approved_ms = (is_approved && fault != Some(Fault::PayoutStuck)).then_some(now_ms);
    let payout = Payout {
        id: ids::id(),
        destination,
        amount: amount.unwrap_or_default(),
        method,
        metadata,
        created_ms: now_ms,
        state: if is_approved { State::AwaitingPayment } else { State::AwaitingApproval },
        approved_ms,
        is_doomed: fault == Some(Fault::PayoutCancelled),
    };
    let shown = payout.shown(now_ms);
    world.payouts.push(payout);
    if fault == Some(Fault::Payout502After) {
        return Ok(from_proxy(StatusCode::BAD_GATEWAY));
    }
    Ok(Json(shown).into_response())
}

async fn list(Of(shared): Of<Shared>, Query(asked): Query<HashMap<String, String>>) -> Json<Value> {
    let with_cancelled = asked.get("includeCancelled").is_some_and(|text| text.eq_ignore_ascii_case("true"));
    let world = shared.lock();
    let now_ms = world.now_ms();
    let listed = world.payouts.iter().filter(|payout| with_cancelled || payout.state(now_ms) != State::Cancelled);
    Json(listed.map(|payout| payout.shown(now_ms)).collect())
}

async fn read(Of(shared): Of<Shared>, named: Named) -> Result<Json<Value>, Problem> {
    change(&shared, &named, |_, _| Ok(()))
}

async fn approve(Of(shared): Of<Shared>, named: Named) -> Result<Json<Value>, Problem> {
    change(&shared, &named, |payout, now_ms| {
        if payout.state(now_ms) != State::AwaitingApproval {
            return Err(invalid_state());
        }
        (payout.state, payout.approved_ms) = (State::AwaitingPayment, Some(now_ms));
        Ok(())
    })
}

async fn cancel(Of(shared): Of<Shared>, named: Named) -> Result<StatusCode, Problem> {
    let cancelled = change(&shared, &named, |payout, now_ms| {
        if !matches!(payout.state(now_ms), State::AwaitingApproval | State::AwaitingPayment) {
            return Err(invalid_state());
        }
        payout.state = State::Cancelled;
        Ok(())
    });
    cancelled.map(|_| StatusCode::OK)
}

async fn mark_paid(Of(shared): Of<Shared>, named: Named) -> Result<StatusCode, Problem> {
    let paid = change(&shared, &named, |payout, now_ms| {
        if payout.state(now_ms) != State::AwaitingPayment {
            return Err(invalid_state());
        }
        payout.state = State::Completed;
        Ok(())
    });
    paid.map(|_| StatusCode::OK)
}

/// Changes a payout, and answers it.
fn change(
    shared: &Shared,
    named: &Named,
    change: impl FnOnce(&mut Payout, i64) -> Result<(), Problem>,
) -> Result<Json<Value>, Problem> {
    let mut world = shared.lock();
    let now_ms = world.now_ms();
    let payout = world.payouts.iter_mut().find(|payout| payout.id == named.get("payout"));
    let payout = payout.ok_or(Problem::PayoutNotFound)?;
    change(payout, now_ms)?;
    Ok(Json(payout.shown(now_ms)))
}

fn invalid_state() -> Problem {
    Problem::Rule(400, "invalid-state", "The payout is not in a state for this".to_owned())
}

/// Whether a text is an address of the method's network. Lightning pays invoices, which nobody sends here.
fn can_receive(method: &Method, destination: &str) -> bool {
    let has_checksum = || bs58::decode(destination).with_check(None).into_vec().is_ok();
    match method.network {
        Network::Bitcoin => segwit::decode(destination).is_ok() || has_checksum(),
        Network::Lightning => false,
        Network::Ethereum | Network::TetherOnEthereum => destination.len() == 42 && destination.starts_with("0x"),
        Network::Solana => bs58::decode(destination).into_vec().is_ok_and(|key| key.len() == 32),
        Network::TetherOnTron => has_checksum(),
    }
}

async fn all(Of(shared): Of<Shared>) -> Json<Value> {
    let world = shared.lock();
    let now_ms = world.now_ms();
    Json(world.payouts.iter().map(|payout| payout.shown(now_ms)).collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Set {
    state: State,
}

async fn set(Of(shared): Of<Shared>, Path(id): Path<String>, Json(Set { state }): Json<Set>) -> StatusCode {
    let mut world = shared.lock();
    let Some(payout) = world.payouts.iter_mut().find(|payout| payout.id == id) else { return StatusCode::NOT_FOUND };
    (payout.state, payout.approved_ms) = (state, None);
    StatusCode::NO_CONTENT
}
