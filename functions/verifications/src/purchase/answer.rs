//! What a customer is told of a purchase.

use api::{Problem, ProblemCode};
use domain::{
    OrderId,
    order::{BUYING_TAKES, CloseReason, Order, Status},
};
use http::StatusCode;

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
