//! From the wish to the number: the hold first, then the supplier, then the number; or the money back.

use crate::{
    create::NewVerification,
    settle::{self, Unsettled},
    supplier_facts::{self, counted},
};
use api::{Buy, Caller, Problem, ProblemCode};
use domain::{
    OrderId, SupplierId,
    offers::{self, Chosen, Wanted},
    order::{BUYING_TAKES, CloseReason, NewOrder, Order, Request, Status},
};
use http::StatusCode;
use runtime::{Context, fail_point};
use std::time::Duration;
use store::{Change, Finding, FindingKind, IdempotencyKey, NotCommitted, Replay};
use suppliers::{BuyRequest, SupplierError, SupplierOrder};

/// What a purchase needs from the supplier's answer on: its own deadline (8 s) and the writing down. With less time left the
/// function could be cut off between the sale and the write.
const PURCHASE_NEEDS: Duration = Duration::from_secs(10);

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
    let id = OrderId::new(context.now(), context.random());
    let replay = match try_open(context, caller, wish, key, id.clone()).await {
        Ok(order) => return Ok(Opened::New(Box::new(order))),
        Err(Refusal::Replayed(replay)) => replay,
        Err(Refusal::Because(problem)) => context.store().replay_of(key, context.now()).await?.ok_or(problem)?,
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
) -> Result<Order, Refusal> {
    let chosen = choose(context, &caller, &wish).await?;
    let now = context.now();
    let order = NewOrder {
        id,
        user_id: caller.user_id,
        plan: caller.plan,
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
        wallet: caller.wallet,
        opens: Some(caller.plan),
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
    let suppliers = supplier_facts::suppliers();
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
        plan: caller.plan,
        class: service.class,
        capability: wish.capability,
        operator: wish.operator.as_ref(),
    };
    Ok(offers::choose(&basis.rules, wanted, basis.candidates())?.within(wish.max_price)?)
}

/// Asks the supplier for the number. A definite refusal gives the money back; an unknown outcome leaves the order
/// `requesting`, and the check 30 seconds later finds out. Nobody is asked where the time left is too short for an answer.
pub(crate) async fn acquire(context: &Context, order: Order, time_left: Duration) -> Result<Order, Problem> {
    if time_left < PURCHASE_NEEDS {
        let ms = u64::try_from(time_left.as_millis()).unwrap_or(u64::MAX);
        tracing::error!(order_id = %order.id, ms, "too little time is left to buy");
        return Err(give_up(context, order, CloseReason::SupplierUnavailable).await);
    }
    let supplier = order.attempt.supplier.clone();
    let wish = BuyRequest {
        service: order.request.service.clone(),
        country: order.request.country.clone(),
        operator: order.request.operator.clone(),
        max_cost: Some(order.attempt.cap),
    };
    let client = match supplier_facts::client(context, &supplier).await {
        Ok(client) => client,
        Err(error) => {
            tracing::error!(order_id = %order.id, %error, "no access to the supplier");
            return Err(give_up(context, order, CloseReason::SupplierUnavailable).await);
        }
    };
    let answer = client.buy(&wish).await.map_err(counted);
    fail_point::here("after-sale");
    match answer {
        Ok(sold) if sold.cost > order.attempt.cap => {
            return_sale(context, &order, &supplier, &sold, FindingKind::DearerThanCap).await;
            Err(give_up(context, order, CloseReason::PriceRose).await)
        }
        Ok(sold) if order.request.is_contradicted_by(&supplier_facts::sale(&sold)) => {
            return_sale(context, &order, &supplier, &sold, FindingKind::WrongNumber).await;
            Err(give_up(context, order, CloseReason::SupplierUnavailable).await)
        }
        Ok(sold) => {
            let order = own(context, order, &sold).await?;
            fail_point::here("after-bought");
            Ok(order)
        }
        Err(error) if error.is_definite_refusal() => {
            tracing::warn!(order_id = %order.id, kind = error.kind(), "the supplier does not sell");
            Err(give_up(context, order, reason_of(&error)).await)
        }
        Err(error) => {
            tracing::warn!(order_id = %order.id, kind = error.kind(), "the outcome of a purchase is unknown");
            Ok(order)
        }
    }
}

/// Makes the sold number this order's own. If somebody else was faster (a check, or the number has another owner), the order
/// is left as it is stored: it settles by itself.
async fn own(context: &Context, order: Order, sold: &SupplierOrder) -> Result<Order, Problem> {
    match settle::own(context, order.clone(), sold).await {
        Ok(order) => Ok(order),
        Err(Unsettled::NumberTaken | Unsettled::Changed) => {
            tracing::warn!(order_id = %order.id, "a sold number could not be made this order's own");
            Ok(context.store().order(&order.user_id, &order.id).await?.unwrap_or(order))
        }
        Err(error) => {
            // Sold, and not written: the check adopts it.
            tracing::error!(order_id = %order.id, %error, "a sold number could not be written");
            Ok(order)
        }
    }
}

/// What the supplier sold is not what was asked for: it goes back, and what happened becomes a finding.
async fn return_sale(context: &Context, order: &Order, supplier: &SupplierId, sold: &SupplierOrder, kind: FindingKind) {
    let about_sale = Finding::about_sale(kind, supplier, &sold.id, sold.created_at);
    settle::found(context, &Finding { order_id: Some(order.id.clone()), ..about_sale }).await;
    if let Ok(client) = supplier_facts::client(context, supplier).await {
        // Where it is too early or fails, the sweep cancels it: nobody owns it.
        let _ = client.settle_cancel(&sold.id).await.map_err(counted);
    }
}

/// No number: the price goes back. The answer says why, and that nothing was charged.
async fn give_up(context: &Context, order: Order, because: CloseReason) -> Problem {
    let now = context.now();
    let problem = no_number(because, &order.id);
    let step = match order.no_number(because, now) {
        Ok(step) => step,
        Err(error) => return error.into(),
    };
    match context.store().commit(Change::of(step), now).await {
        Ok(_) => problem,
        // The check gives the money back where we could not.
        Err(error) => error.into(),
    }
}

const fn reason_of(error: &SupplierError) -> CloseReason {
    match error {
        SupplierError::NoNumbers => CloseReason::NoNumbers,
        _ => CloseReason::SupplierUnavailable,
    }
}

fn no_number(because: CloseReason, order: &OrderId) -> Problem {
    let (code, detail) = match because {
        CloseReason::NoNumbers => (
            ProblemCode::NoNumbers,
            "No number at the moment. Nothing was charged. Try another operator or country, or later.",
        ),
        CloseReason::PriceRose => {
            (ProblemCode::NoNumbers, "The supplier's price rose above yours. Nothing was charged. Ask for a new quote.")
        }
        _ => (
            ProblemCode::SupplierUnavailable,
            "The supplier can't sell at the moment. Nothing was charged. Try again soon.",
        ),
    };
    let problem = Problem::new(code, detail).with("order_id", order).with("reason", because);
    if code == ProblemCode::SupplierUnavailable { problem.retry_after(30) } else { problem }
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

/// The answer to a repeated request: as to the first, with the order as it is now; but while the number is being bought, that the
/// first is still at work.
pub(crate) fn answer_again(order: Order) -> Result<(StatusCode, Order), Problem> {
    if order.status == Status::Requesting {
        return Err(Problem::new(ProblemCode::StillRequesting, "The number is still being bought.")
            .with("order_id", &order.id)
            .retry_after(3));
    }
    answer(order)
}

/// The answer to a purchase. What was bought within the time that a purchase may take is answered as bought.
pub(crate) fn answer(order: Order) -> Result<(StatusCode, Order), Problem> {
    let bought_at_once = order.number.as_ref().is_some_and(|n| n.bought_at.since(order.created_at) <= BUYING_TAKES);
    match order.closed_because {
        Some(because) if order.status == Status::Failed => Err(no_number(because, &order.id)),
        _ if bought_at_once => Ok((StatusCode::CREATED, order)),
        _ => Ok((StatusCode::ACCEPTED, order)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purchase_leaves_time_to_write_down_what_was_sold() {
        let answer_by = suppliers::fivesim::Deadlines::default().buy;
        assert!(PURCHASE_NEEDS >= answer_by + Duration::from_secs(2), "sold at {answer_by:?} and cut off");
        assert!(PURCHASE_NEEDS < BUYING_TAKES, "every purchase would be given up");
    }
}
