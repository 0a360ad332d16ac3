//! Stripe's API as its merchants see it, for one account of the United States in test mode: Checkout in mode
//! `payment`, saved payment methods, refunds and disputes. It accepts fewer parameters than Stripe does.
//!
//! - A call: `calls` admits it, `faults` and `idempotency` are around it. `form`, `version` and `expand` read it;
//!   `refusal` and `answer` are how it ends.
//! - Objects: `session` (asked for by `new_session` and its `line`s), `intent`, `charge` (and its `decline`),
//!   `method`, `refund`, `dispute`, `transaction` (in a `currency`), `event`. What all have in common is a `resource`.
//! - Calls that change something: `sessions`, `intents`, `refunds`. Calls that only read: `read`.
//! - What happens: `pay` and `charging`, `disputes`, and `due` as time passes. `webhook` signs what is sent.
//! - What persons see: `page`. What tests see and change: `view` and `plan`, through `control`.

mod answer;
mod calls;
mod charge;
mod charging;
mod control;
mod currency;
mod decline;
mod dispute;
mod disputes;
mod due;
mod event;
mod expand;
mod faults;
mod form;
mod id;
mod idempotency;
mod intent;
mod intents;
mod line;
mod method;
mod new_session;
mod page;
mod pay;
mod plan;
mod read;
mod refund;
mod refunds;
mod refusal;
mod resource;
mod session;
mod sessions;
mod transaction;
mod version;
mod view;
mod webhook;
mod world;

use axum::{Router, middleware::from_fn_with_state};
use world::Shared;

/// The simulator's router. `base` is its own address, where its pages are, and `key` the account's secret key;
/// `/_sim` is the control API.
pub fn router(base: &str, key: &str) -> Router {
    let shared = Shared::new(base, key);
    let api = read::routes()
        .merge(sessions::routes())
        .merge(intents::routes())
        .merge(refunds::routes())
        .fallback(calls::unrecognized)
        .method_not_allowed_fallback(calls::unrecognized)
        .layer(from_fn_with_state(shared.clone(), idempotency::keep))
        .layer(from_fn_with_state(shared.clone(), faults::strike))
        .layer(from_fn_with_state(shared.clone(), calls::admit));
    api.merge(page::routes())
        .layer(from_fn_with_state(shared.clone(), calls::record))
        .nest("/_sim", control::routes())
        .with_state(shared)
}

#[cfg(test)]
mod tests;
