//! How customers see what the use cases of orders refuse. What every domain can refuse is in `api`.

use api::{FieldError, Problem, ProblemCode};
use domain::{
    OrderId,
    buying::MayNotBuy,
    order::{CloseReason, NotPossible},
};
use orders::{NotBought, NotDone, Unsettled};

/// Why nothing was bought.
pub(crate) fn of_purchase(reason: NotBought) -> Problem {
    match reason {
        NotBought::UnknownService => unknown_service(),
        NotBought::NothingToBuy(reason) => reason.into(),
        NotBought::MayNotBuy(reason) => may_not_buy(reason),
        NotBought::Ledger(error) => error.into(),
        NotBought::KeyReused => {
            let detail = "Use a fresh key for another purchase, or send the first body again.";
            Problem::new(ProblemCode::IdempotencyKeyReused, detail)
        }
        NotBought::StillRequesting { order } => {
            Problem::new(ProblemCode::StillRequesting, "The number is still being bought.")
                .with("order_id", order)
                .retry_after(3)
        }
        NotBought::NoNumber { order, because } => no_number(because, &order),
        NotBought::Store(error) => error.into(),
        NotBought::Defect(cause) => Problem::internal(cause),
    }
}

/// Why an action on an order was not done.
pub(crate) fn of_action(reason: NotDone) -> Problem {
    match reason {
        NotDone::NotPossible(reason) => not_possible(reason),
        NotDone::Gone => Problem::not_found(),
        NotDone::Unsettled(reason) => unsettled(reason),
    }
}

fn unknown_service() -> Problem {
    Problem::fields(vec![FieldError {
        field: "service_name".to_owned(),
        code: "unknown_service".to_owned(),
        detail: "GET /api/v1/services lists what there is.".to_owned(),
    }])
}

fn may_not_buy(reason: MayNotBuy) -> Problem {
    match reason {
        MayNotBuy::TooManyOpen { limit } => {
            let detail =
                format!("Your plan has {limit} open orders at once. Wait until one ends, cancel one, or upgrade.");
            Problem::new(ProblemCode::TooManyOpenOrders, detail).with("limit", limit)
        }
        MayNotBuy::Paused { until } => {
            let detail = format!("Nearly all of your last orders were given back. You can buy again from {until} on.");
            Problem::new(ProblemCode::BuyingPaused, detail).with("until", until)
        }
    }
}

/// Why there is no number, and what to do.
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

fn not_possible(reason: NotPossible) -> Problem {
    match reason {
        NotPossible::TooEarly { from } => {
            Problem::new(ProblemCode::TooEarly, format!("The supplier takes the number back from {from} on."))
                .with("from", from)
        }
        NotPossible::StillRequesting => {
            Problem::new(ProblemCode::StillRequesting, "Ask again in a few seconds.").retry_after(3)
        }
        NotPossible::WrongStatus { status } => {
            Problem::new(ProblemCode::WrongStatus, "See the order's actions for what is possible.")
                .with("order_status", status)
        }
    }
}

fn unsettled(reason: Unsettled) -> Problem {
    match reason {
        Unsettled::Store(error) => error.into(),
        Unsettled::Changed => {
            let detail = "The order changes at this moment; look at it and try again.";
            Problem::new(ProblemCode::OrderBusy, detail).retry_after(1)
        }
        Unsettled::Defect(_) | Unsettled::NumberTaken => Problem::internal(reason),
        Unsettled::TooEarly | Unsettled::Supplier(_) | Unsettled::Access(_) => Problem::unavailable(reason),
    }
}
