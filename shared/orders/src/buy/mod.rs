//! Buys a number: `open` holds the price, then `acquire` buys from the supplier or refunds the price.

mod acquire;
mod choose;
mod not_bought;
mod open;
mod wallet;

pub use not_bought::NotBought;

use domain::{
    Credits, Plan, Trust, UserId,
    access::{Mode, UsedKey},
    ledger::Wallet,
    metering::Metering,
    order::{BUYING_TAKES, Order, Request, Status},
};
use runtime::{Context, fail_point};
use std::time::Duration;
use store::{Done, IdempotencyKey};

/// The customer who buys.
#[derive(Clone, Debug)]
pub struct Buyer {
    /// The customer.
    pub user: UserId,
    /// The plan, which sets prices and limits.
    pub plan: Plan,
    /// How well we know the customer.
    pub trust: Trust,
    /// How the usage is metered, if it is. Play money is not metered.
    pub metering: Option<Metering>,
    /// The wallet if it was just read; `None` reads it.
    pub wallet: Option<Wallet>,
    /// Whether real numbers are bought.
    pub mode: Mode,
    /// The API key that buys; `None` for a session.
    pub key: Option<UsedKey>,
}

/// What to buy.
#[derive(Clone, Debug)]
pub struct PurchaseRequest {
    /// The requested number.
    pub request: Request,
    /// The highest price that the buyer accepts; `None` accepts the current quote.
    pub max_price: Option<Credits>,
}

/// The result of a purchase request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// The current order.
    pub order: Order,
    /// The outcome of the purchase.
    pub outcome: PurchaseOutcome,
    /// Whether an earlier request with the same key made the order.
    pub is_replay: bool,
}

/// The outcome of a purchase that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PurchaseOutcome {
    /// The number was bought within the time that a purchase may take.
    Bought,
    /// The outcome was not known within that time. A worker settles the order.
    Open,
}

/// Holds the price and buys a number, once for each key.
///
/// A repeated request gets the answer of the first, with the current order. `time_left` returns how long
/// the caller can wait for the supplier; it is called after the price is held.
pub async fn buy(
    context: &Context,
    buyer: Buyer,
    request: PurchaseRequest,
    key: &IdempotencyKey,
    time_left: impl Fn() -> Duration,
) -> Result<Purchase, NotBought> {
    match open::open(context, buyer, request, key).await? {
        Done::Before(order) if order.status == Status::Requesting => {
            Err(NotBought::StillRequesting { order: order.id })
        }
        Done::Before(order) => concluded(order, true),
        Done::Now(order) => {
            fail_point::here("after-hold");
            concluded(acquire::acquire(context, order, time_left).await, false)
        }
    }
}

fn concluded(order: Order, is_replay: bool) -> Result<Purchase, NotBought> {
    let bought_at_once = order.number.as_ref().is_some_and(|n| n.bought_at.since(order.created_at) <= BUYING_TAKES);
    match order.closed_because {
        Some(because) if order.status == Status::Failed => {
            Err(NotBought::NoNumber { order: order.id, because, is_replay })
        }
        _ => {
            let outcome = if bought_at_once { PurchaseOutcome::Bought } else { PurchaseOutcome::Open };
            Ok(Purchase { order, outcome, is_replay })
        }
    }
}
