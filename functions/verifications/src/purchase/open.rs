//! The hold and the order, in one transaction; or the order that the same request made before.

use crate::{access::Buy, create::NewVerification};
use api::{Caller, Problem, ProblemCode};
use domain::{
    OrderId, Timestamp,
    offers::{self, Chosen, Wanted},
    order::{NewOrder, Order, Request},
};
use runtime::Context;
use store::{Change, IdempotencyKey, NotCommitted, Replay};

/// An order that a request made, now or before.
pub(crate) enum Opened {
    /// Now: the price is held.
    New(Box<Order>),
    /// Before, with the same key.
    Replayed(Box<Order>),
}

/// Holds the price and writes the order, in one transaction with the idempotency record.
///
/// A request that was answered before is recognised even where it would be refused today (the wallet may be empty by now
/// because of its own success), so every refusal looks for the key first. What it finds may be this very request's order, where the
/// database wrote it and could not say so in time.
pub(crate) async fn open(
    context: &Context,
    caller: Caller<Buy>,
    wish: NewVerification,
    key: &IdempotencyKey,
) -> Result<Opened, Problem> {
    let now = context.now();
    let id = OrderId::new(now, context.random());
    let replay = match try_open(context, caller, wish, key, id.clone(), now).await {
        Ok(order) => return Ok(Opened::New(Box::new(order))),
        Err(Refusal::Replayed(replay)) => replay,
        Err(Refusal::Because(problem)) => context.store().replay_of(key, now).await?.ok_or(problem)?,
    };
    let order = Box::new(replayed(context, key, replay).await?);
    Ok(if order.id == id { Opened::New(order) } else { Opened::Replayed(order) })
}

enum Refusal {
    Replayed(Replay),
    Because(Problem),
}

impl<E: Into<Problem>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Because(error.into())
    }
}

async fn try_open(
    context: &Context,
    caller: Caller<Buy>,
    wish: NewVerification,
    key: &IdempotencyKey,
    id: OrderId,
    now: Timestamp,
) -> Result<Order, Refusal> {
    let chosen = choose(context, &caller, &wish).await?;
    let order = NewOrder {
        id,
        user_id: caller.principal.user,
        plan: caller.principal.plan,
        request: Request {
            service: wish.service_name,
            country: wish.country_code,
            capability: wish.capability,
            operator: wish.operator,
            tags: wish.tags,
        },
        price: chosen.quote.price,
        lines: chosen.quote.lines,
        supplier: chosen.supplier,
        cap: chosen.quote.supplier_cap,
    };
    let change = Change {
        idempotency: Some(key),
        wallet: Some(caller.beside.0),
        opens: Some(caller.principal.plan),
        ..Change::of(Order::open(order, now))
    };
    match context.store().commit(change, now).await {
        Ok(order) => {
            // With the request's span this line leads from an order to its customer.
            tracing::info!(order_id = %order.id, "the price is held");
            Ok(order)
        }
        Err(NotCommitted::Replayed(replay)) => Err(Refusal::Replayed(replay)),
        Err(error) => Err(error.into()),
    }
}

/// The offer that the wish gets, at the caller's price.
async fn choose(context: &Context, caller: &Caller<Buy>, wish: &NewVerification) -> Result<Chosen, Problem> {
    let suppliers = suppliers::ids();
    let basis = context.store().quote_basis(&wish.service_name, &wish.country_code, &suppliers).await?;
    let Some(service) = &basis.service else {
        let error = api::FieldError {
            field: "service_name".to_owned(),
            code: "unknown_service".to_owned(),
            detail: "GET /api/v1/services lists what there is.".to_owned(),
        };
        return Err(Problem::fields(vec![error]));
    };
    let wanted = Wanted {
        plan: caller.principal.plan,
        class: service.class,
        capability: wish.capability,
        operator: wish.operator.as_ref(),
    };
    Ok(offers::choose(&basis.rules, wanted, basis.candidates())?.within(wish.max_price)?)
}

/// What a used key means: the order that it made, or that it was used for another request.
async fn replayed(context: &Context, key: &IdempotencyKey, replay: Replay) -> Result<Order, Problem> {
    match replay {
        Replay::Different => {
            let detail = "Use a fresh key for another purchase, or send the first body again.";
            Err(Problem::new(ProblemCode::IdempotencyKeyReused, detail))
        }
        Replay::Same(id) => {
            let order = context.store().order(&key.user, &id).await?;
            order.ok_or_else(|| Problem::internal("an idempotency record without its order"))
        }
    }
}
