//! 5SIM's API v1 as its customers see it, with the quirks observed in practice.

mod account;
mod account_state;
mod calls;
mod control;
mod guest;
mod hosting;
mod market;
mod order;
mod scenario;
mod texts;
mod user;
mod world;

use axum::{Router, middleware};
use world::Shared;

/// The simulator's router: `/v1` is 5SIM, `/_sim` is the control API. Orders are numbered from
/// `sold_before` + 1.
pub fn router(sold_before: u64) -> Router {
    let world = Shared::after(sold_before);
    Router::new()
        .nest("/v1/guest", guest::routes())
        .nest("/v1/user", user::routes().merge(account::routes()).merge(hosting::routes()))
        .layer(middleware::from_fn_with_state(world.clone(), calls::record))
        .nest("/_sim", control::routes())
        .with_state(world)
}

#[cfg(test)]
mod tests;
