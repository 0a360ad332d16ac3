//! How customers see what the use cases of orders refuse. What every domain can refuse is in `api`.

use crate::codes::{
    BuyingPaused, BuyingRestricted, DailyCapReached, KeyStopped, OperatorNotInPlan, ServiceNotAllowed,
    SupplierUnavailable, TooEarly, TooManyOpenOrders, TooManyTestOrders, UnknownService, UsageBudgetReached,
};
use api::{
    FieldError, Problem,
    codes::{Busy, IdempotencyKeyReused, InProgress, NoNumbers, WrongStatus},
};
use domain::{
    OrderId,
    access::KeyRefuses,
    buying::MayNotBuy,
    offers::NothingToBuy,
    order::{CloseReason, NotPossible},
};
use orders::{NotBought, NotDone, Unsettled};

/// Why nothing was bought.
pub(crate) fn of_purchase(reason: NotBought) -> Problem {
    match reason {
        NotBought::NothingToBuy(NothingToBuy::UnknownService) => {
            Problem::fields(vec![FieldError::new("service_name", UnknownService)])
        }
        NotBought::NothingToBuy(reason) => reason.into(),
        NotBought::MayNotBuy(MayNotBuy::TooManyOpen { limit }) => TooManyOpenOrders { limit }.into(),
        NotBought::MayNotBuy(MayNotBuy::TooManyTests { limit, until }) => TooManyTestOrders { limit, until }.into(),
        NotBought::MayNotBuy(MayNotBuy::Paused { until }) => BuyingPaused { until }.into(),
        NotBought::MayNotBuy(MayNotBuy::Restricted) => Problem::from(BuyingRestricted).retry_after(600),
        NotBought::MayNotBuy(MayNotBuy::NoChoiceOfOperator) => OperatorNotInPlan.into(),
        NotBought::MayNotBuy(MayNotBuy::OverBudget { left, until }) => UsageBudgetReached { left, until }.into(),
        NotBought::MayNotBuy(MayNotBuy::Key(KeyRefuses::Stopped)) => KeyStopped.into(),
        NotBought::MayNotBuy(MayNotBuy::Key(KeyRefuses::Service)) => ServiceNotAllowed.into(),
        NotBought::MayNotBuy(MayNotBuy::Key(KeyRefuses::DailyCap { left, until })) => {
            DailyCapReached { left, until }.into()
        }
        NotBought::Ledger(error) => error.into(),
        NotBought::KeyReused(_) => IdempotencyKeyReused.into(),
        NotBought::StillRequesting { order } => Problem::from(InProgress).with("order_id", order).retry_after(3),
        NotBought::NoNumber { order, because, is_replay } => no_number(because, &order).replayed(is_replay),
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

/// Why there is no number.
fn no_number(because: CloseReason, order: &OrderId) -> Problem {
    let problem = match because {
        CloseReason::NoNumbers => NoNumbers::SoldOut.into(),
        CloseReason::PriceRose => NoNumbers::PriceRose.into(),
        _ => Problem::from(SupplierUnavailable).retry_after(30),
    };
    problem.with("order_id", order).with("reason", because)
}

fn not_possible(reason: NotPossible) -> Problem {
    match reason {
        NotPossible::TooEarly { from } => TooEarly { from }.into(),
        NotPossible::StillRequesting => Problem::from(InProgress).retry_after(3),
        NotPossible::WrongStatus { status } => WrongStatus { current_status: status.as_str() }.into(),
    }
}

fn unsettled(reason: Unsettled) -> Problem {
    match reason {
        Unsettled::Store(error) => error.into(),
        Unsettled::Changed => Problem::from(Busy).retry_after(1),
        Unsettled::Defect(_) | Unsettled::NumberTaken => Problem::internal(reason),
        Unsettled::TooEarly | Unsettled::OverBudget | Unsettled::Supplier(_) | Unsettled::Access(_) => {
            Problem::unavailable(reason)
        }
    }
}
