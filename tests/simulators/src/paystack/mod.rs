//! Paystack as its merchants see it: transactions, refunds and disputes of one merchant, the hosted page on which
//! persons pay, and webhooks. Where Paystack's own API description and its answers differ, it answers as Paystack does.
//!
//! - A payment: `initialize` starts it, `checkout` and `page` let a person pay, `pay` knows the outcomes,
//!   `transactions` shows it, `saved` charges the card again.
//! - Money that goes back: `refunds` and `refund`; `disputes` and `dispute`.
//! - The wire: `fields` and `listing` read requests, `answer` has the envelope and the errors, the files `*_wire`
//!   write objects, `events` sends webhooks.
//! - What tests change: `plan`, through `control`.

mod answer;
mod calls;
mod checkout;
mod codes;
mod control;
mod customer;
mod customers;
mod dispute;
mod dispute_wire;
mod disputes;
mod events;
mod failing;
mod fields;
mod initialize;
mod listing;
mod means;
mod money;
mod page;
mod pay;
mod plan;
mod refund;
mod refund_wire;
mod refunds;
mod saved;
mod transaction;
mod transaction_wire;
mod transactions;
mod wire;
mod world;

use axum::{Router, middleware};
use world::Shared;

/// The simulator's router. `url` is its own address, and `key` the merchant's secret key. It numbers its objects from
/// the milliseconds of its start, so that no number is used again after a restart. `/_sim` is the control API.
pub fn router(url: &str, key: &str, started_ms: i64) -> Router {
    let shared = Shared::new(url, key, started_ms);
    shared.run();
    Router::new()
        .merge(initialize::routes())
        .merge(saved::routes())
        .merge(transactions::routes())
        .merge(refunds::routes())
        .merge(disputes::routes())
        .merge(customers::routes())
        .fallback(answer::no_route)
        .layer(middleware::from_fn_with_state(shared.clone(), calls::record))
        .merge(checkout::routes())
        .nest("/_sim", control::routes())
        .with_state(shared)
}

#[cfg(test)]
mod tests;
