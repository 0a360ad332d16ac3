//! Google's OpenID Connect as its clients see it, for one client. It accepts less than Google does:
//! whatever a careful client must send is required here, so that a client that forgets it fails.
//!
//! - A sign-in: `request` checks it, `authorize` lets a person answer it, `page` shows it.
//! - Its exchange: `token` answers, `grant` knows codes and sessions, `id_token` says who signed in.
//! - What anybody may read: `discovery`, and the public part of `keys`.
//! - What tests change: `plan`, through `control`.

mod authorize;
mod calls;
mod client;
mod control;
mod discovery;
mod grant;
mod id_token;
mod keys;
mod page;
mod parameters;
mod person;
mod plan;
mod request;
mod secret;
mod session;
mod token;
mod world;

pub use client::Client;

use axum::{Router, middleware};
use world::Shared;

/// The simulator's router. `issuer` is its own address; `/_sim` is the control API.
pub fn router(issuer: &str, client: Client) -> Router {
    let world = Shared::new(issuer, client);
    Router::new()
        .merge(discovery::routes())
        .merge(authorize::routes())
        .merge(token::routes())
        .merge(session::routes())
        .layer(middleware::from_fn_with_state(world.clone(), calls::record))
        .nest("/_sim", control::routes())
        .with_state(world)
}

#[cfg(test)]
mod tests;
