//! From the request to the number: the price is held first (`open`), then the supplier sells, or the money goes back
//! (`acquire`).

mod acquire;
mod choose;
mod not_bought;
mod open;

pub use not_bought::NotBought;

use domain::{
    Credits, Plan, UserId,
    access::Mode,
    ledger::Wallet,
    order::{BUYING_TAKES, Order, Request, Status},
};
use open::Opened;
use runtime::{Context, fail_point};
use std::time::Duration;
use store::IdempotencyKey;

/// Who buys.
#[derive(Clone, Debug)]
pub struct Buyer {
    /// The customer.
    pub user: UserId,
    /// The customer's plan: its prices and limits.
    pub plan: Plan,
    /// The wallet as it was read a moment ago; `None` reads it.
    pub wallet: Option<Wallet>,
    /// Whether real numbers are bought.
    pub mode: Mode,
}

/// What to buy.
#[derive(Clone, Debug)]
pub struct PurchaseRequest {
    /// What is asked for.
    pub request: Request,
    /// The highest price that the buyer accepts; `None` accepts the current quote.
    pub max_price: Option<Credits>,
}

/// What a request made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// The order as it is now.
    pub order: Order,
    /// What became of the purchase.
    pub outcome: Outcome,
    /// Whether an earlier request with the same key made it.
    pub is_replay: bool,
}

/// What became of a purchase that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The number was bought within the time that a purchase may take.
    Bought,
    /// Whether there is a number was not known in that time. The order settles by itself.
    Open,
}

/// Holds the price and buys a number, once for each key.
///
/// A repeated request is answered like the first, with the order as it is now. `time_left` says how long the caller can wait for
/// the supplier; it is asked when the price is held.
pub async fn buy(
    context: &Context,
    buyer: Buyer,
    request: PurchaseRequest,
    key: &IdempotencyKey,
    time_left: impl Fn() -> Duration,
) -> Result<Purchase, NotBought> {
    match open::open(context, buyer, request, key).await? {
        Opened::Replayed(order) if order.status == Status::Requesting => {
            Err(NotBought::StillRequesting { order: order.id })
        }
        Opened::Replayed(order) => concluded(*order, true),
        Opened::New(order) => {
            fail_point::here("after-hold");
            concluded(acquire::acquire(context, *order, time_left()).await, false)
        }
    }
}

fn concluded(order: Order, is_replay: bool) -> Result<Purchase, NotBought> {
    let bought_at_once = order.number.as_ref().is_some_and(|n| n.bought_at.since(order.created_at) <= BUYING_TAKES);
    match order.closed_because {
        Some(because) if order.status == Status::Failed => Err(NotBought::NoNumber { order: order.id, because }),
        _ => {
            let outcome = if bought_at_once { Outcome::Bought } else { Outcome::Open };
            Ok(Purchase { order, outcome, is_replay })
        }
    }
}
