//! Limits of requests without a credential, so that they can't starve customers.
//!
//! All of them share a budget of each process, which costs no read and no write: a flood is rejected before it
//! reaches the database. Most are counted by network address, too. The gateway limits their routes before
//! both (decision 0032).

use crate::{
    codes::{RateLimited, Unavailable},
    describe::{Describe, Description},
    limits::{self, Counted},
    origin::Origin,
    problem::Problem,
};
use axum::extract::FromRequestParts;
use domain::{
    TokenBucket,
    rate_limit::{ANONYMOUS_BURST, ANONYMOUS_PER_SECOND, ATTEMPTS, REQUESTS},
};
use http::request::Parts;
use runtime::{Client, Context, telemetry};
use std::{
    convert::Infallible,
    sync::{Mutex, PoisonError},
};

/// Limits an endpoint that reads no credential, by network address and by the process's budget.
#[derive(Clone, Copy, Debug)]
pub struct AddressLimit;

/// Limits an endpoint at which strangers prove a secret or order a letter, more than an [`AddressLimit`]. A request
/// that can't be counted is rejected.
#[derive(Clone, Copy, Debug)]
pub struct AttemptLimit;

/// Limits an endpoint that reads no credential by the process's budget only. It is for answers that cost less
/// than counting them, and for those that must not depend on the database.
#[derive(Clone, Copy, Debug)]
pub struct ProcessLimit;

/// The anonymous requests that this process may still serve.
struct Budget(Mutex<TokenBucket>);

impl Client for Budget {
    type Error = Infallible;

    async fn connect(context: &Context) -> Result<Self, Infallible> {
        Ok(Self(Mutex::new(TokenBucket::full(ANONYMOUS_PER_SECOND, ANONYMOUS_BURST, context.now()))))
    }
}

/// Takes one request from the process's budget, or rejects it.
pub(crate) async fn take(context: &Context) -> Result<(), Problem> {
    let Ok(budget) = context.get::<Budget>().await;
    let now = context.now();
    // Nothing panics while the bucket is locked.
    if budget.0.lock().unwrap_or_else(PoisonError::into_inner).take(now) {
        return Ok(());
    }
    telemetry::count("AnonymousRejected", 1);
    Err(Problem::from(RateLimited::Flood).retry_after(1))
}

impl FromRequestParts<Context> for AddressLimit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Problem> {
        let origin = Origin::of(parts);
        limits::check(context, &Counted::address(origin), REQUESTS, parts).await?;
        Ok(Self)
    }
}

impl FromRequestParts<Context> for AttemptLimit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Problem> {
        let origin = Origin::of(parts);
        limits::check(context, &Counted::address(origin), ATTEMPTS, parts).await?;
        Ok(Self)
    }
}

impl FromRequestParts<Context> for ProcessLimit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Problem> {
        if !Origin::of(parts).is_trusted(context) {
            take(context).await?;
        }
        Ok(Self)
    }
}

impl Describe for AddressLimit {
    fn describe(description: &mut Description) {
        description.counts_calls();
        description.may_refuse([RateLimited::CODE]);
    }
}

impl Describe for AttemptLimit {
    fn describe(description: &mut Description) {
        description.counts_calls();
        description.may_refuse([RateLimited::CODE, Unavailable::CODE]);
    }
}

impl Describe for ProcessLimit {
    fn describe(description: &mut Description) {
        description.may_refuse([RateLimited::CODE]);
    }
}
