//! BTCPay Server's Greenfield API v1 for one store, as version 2.4 answers it, and its pages for customers.
//!
//! - An invoice: `new_invoice` reads it, `invoice` holds it, `machine` changes it, `state` names its states, `wire`
//!   shows it. `pay` and `checkout` are the customer.
//! - Money: `money` rounds, `rates` are exchange rates, `method` are coins and networks, `ids` their identifiers.
//! - The API: `invoices`, `reading`, `refund`, `payout`, `store`, with `named` and `fields` for requests and `problem` for errors.
//!   `calls` is in front of it.
//! - Webhooks: `event` makes their content, `webhook` holds their settings, `delivery` is their order and schedule,
//!   `sender` sends them, `hooks` is their API.
//! - What tests change: `plan`, through `control`. `world` holds everything.

mod calls;
mod checkout;
mod control;
mod delivery;
mod event;
mod fields;
mod hooks;
mod ids;
mod invoice;
mod invoices;
mod machine;
mod method;
mod money;
mod named;
mod new_invoice;
mod pay;
mod payout;
mod plan;
mod problem;
mod rates;
mod reading;
mod refund;
mod sender;
mod state;
mod store;
mod webhook;
mod wire;
mod world;

use axum::{Router, middleware};
use world::Shared;

/// The simulator's router: `/api/v1` is the server, `/i` its page for customers, `/_sim` the control API. `url` is its
/// own address; `key` is the only API key, and `store` the only store. It starts to send webhooks.
pub fn router(url: &str, key: &str, store: &str) -> Router {
    let world = Shared::new(url, key, store);
    sender::run(world.clone());
    let api = invoices::routes().merge(reading::routes()).merge(store::routes());
    let api = api.merge(payout::routes()).merge(hooks::routes());
    let api = api.layer(middleware::from_fn_with_state(world.clone(), calls::admit));
    Router::new()
        .nest("/api/v1", api)
        .merge(checkout::routes())
        .layer(middleware::from_fn_with_state(world.clone(), calls::record))
        .nest("/_sim", control::routes().merge(payout::control()))
        .with_state(world)
}

#[cfg(test)]
mod tests;
