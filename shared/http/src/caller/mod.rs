//! Authentication and authorisation: `Credential → Principal → Permission`. An endpoint declares its needs
//! with an [`Access`], and does not depend on the kind of credential.
//!
//! [`Caller`] answers 401, 403, 404 and 429 before the endpoint runs. One strong read loads the account and
//! the records of the access; one update counts the call.

mod access;
mod api_key;
mod beside;
mod credential;
mod last_use;
mod session;

pub use access::Access;
pub use beside::{Balance, Balances, Beside, Owned, PathParams};

use crate::{
    around::Simulated,
    body::refuse_query,
    codes::{
        AccountDisabled, MissingScope, NetworkNotAllowed, RateLimited, TokenExpired, Unauthenticated, Unavailable,
    },
    describe::{Describe, Description},
    limits::{self, Counted, Meter},
    origin::Origin,
    problem::{Code, Problem},
};
use axum::extract::FromRequestParts;
use credential::{Credential, NotAdmitted};
use domain::{
    Plan,
    access::{Mode, Principal},
    rate_limit::{LimitedAction, REQUESTS},
};
use http::request::Parts;
use runtime::Context;
use store::{Found, ReadSet};

/// A customer with the permission of `A`, and the records that were read with the account.
#[derive(Debug)]
pub struct Caller<A: Access> {
    /// The authenticated principal.
    pub principal: Principal,
    /// The records of the access: `()`, [`Balance`], [`Balances`], [`Owned`], or a tuple of them.
    pub beside: A::Beside,
    /// For answers that cost more than one request.
    pub meter: Meter,
}

/// The caller of a public endpoint.
#[derive(Clone, Debug)]
pub enum Visitor {
    /// A caller without a credential.
    Anonymous,
    /// A customer, to whom the prices of their plan apply.
    Customer(Principal),
}

impl Visitor {
    /// The plan whose prices apply.
    pub fn plan(&self) -> Plan {
        match self {
            Self::Anonymous => Plan::default(),
            Self::Customer(principal) => principal.plan,
        }
    }

    /// Whether the caller's orders are real; anybody's would be.
    pub const fn mode(&self) -> Mode {
        match self {
            Self::Anonymous => Mode::Live,
            Self::Customer(principal) => principal.mode,
        }
    }

    /// Whether the caller has no credential. The answer is then the same for everyone and may be cached.
    pub const fn is_anonymous(&self) -> bool {
        matches!(self, Self::Anonymous)
    }
}

impl<A: Access> FromRequestParts<Context> for Caller<A> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Problem> {
        let origin = Origin::of(parts);
        let credential = match Credential::of(&parts.headers) {
            Ok(Some(credential)) => credential,
            Ok(None) => return Err(turned_away(context, origin, parts, Unauthenticated::Missing.into()).await),
            Err(problem) => return Err(turned_away(context, origin, parts, problem).await),
        };
        let path = PathParams::of(parts).await;
        let mut reads = ReadSet::default();
        let slots = A::Beside::add((credential.owner(), credential.mode()), &path, &mut reads);
        let (principal, found) = authenticate(context, &credential, reads, origin, parts).await?;
        let counted = Counted::customer(&principal, origin);
        count(context, &principal, &counted, A::ACTION, parts).await?;
        // After the limits, because a forbidden call costs as much as any other.
        if !principal.may(A::NEEDS) {
            return Err(MissingScope { required_scope: A::NEEDS }.into());
        }
        let beside = A::Beside::take(slots, &found)?;
        refuse_query(parts)?;
        Ok(Self { principal, beside, meter: Meter::new(counted, parts) })
    }
}

impl FromRequestParts<Context> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Problem> {
        let origin = Origin::of(parts);
        let credential = match Credential::of(&parts.headers) {
            Ok(Some(credential)) => credential,
            Ok(None) => {
                limits::check(context, &Counted::address(origin), REQUESTS, parts).await?;
                refuse_query(parts)?;
                return Ok(Self::Anonymous);
            }
            Err(problem) => return Err(turned_away(context, origin, parts, problem).await),
        };
        let (principal, _) = authenticate(context, &credential, ReadSet::default(), origin, parts).await?;
        count(context, &principal, &Counted::customer(&principal, origin), REQUESTS, parts).await?;
        refuse_query(parts)?;
        Ok(Self::Customer(principal))
    }
}

/// The answer to a request without a valid credential. It is counted by network address, so that guessing is slow and
/// a flood is rejected.
async fn turned_away(context: &Context, origin: Origin, parts: &Parts, problem: Problem) -> Problem {
    let limit = limits::check(context, &Counted::address(origin), REQUESTS, parts).await;
    limit.err().unwrap_or(problem)
}

/// Counts a call, and notes the use of its key meanwhile.
async fn count(
    context: &Context,
    principal: &Principal,
    counted: &Counted,
    action: LimitedAction,
    parts: &Parts,
) -> Result<(), Problem> {
    let limit = limits::check(context, counted, action, parts);
    let Some(key) = principal.via.key() else { return limit.await };
    tokio::join!(limit, last_use::note(context, &key.id)).0
}

/// Verifies a credential.
async fn authenticate(
    context: &Context,
    credential: &Credential,
    beside: ReadSet,
    origin: Origin,
    parts: &Parts,
) -> Result<(Principal, Found), Problem> {
    match credential.principal(context, origin, beside).await {
        Ok((principal, found)) => {
            tracing::Span::current().record("user_id", tracing::field::display(&principal.user));
            if principal.mode == Mode::Test {
                Simulated::note(parts);
            }
            Ok((principal, found))
        }
        Err(NotAdmitted::Refused(problem)) => Err(turned_away(context, origin, parts, problem).await),
        Err(NotAdmitted::Unknown(error)) => Err(error.into()),
    }
}

/// The problems that any call with a credential may cause.
const REFUSALS: [&Code; 6] = [
    Unauthenticated::CODE,
    TokenExpired::CODE,
    NetworkNotAllowed::CODE,
    AccountDisabled::CODE,
    RateLimited::CODE,
    Unavailable::CODE,
];

impl<A: Access> Describe for Caller<A> {
    fn describe(description: &mut Description) {
        description.needs(A::NEEDS);
        description.may_refuse(REFUSALS);
        description.may_refuse([MissingScope::CODE]);
        description.may_refuse(A::PROBLEMS.iter().copied());
        A::Beside::describe(description);
    }
}

impl Describe for Visitor {
    fn describe(description: &mut Description) {
        description.takes_credential();
        description.may_refuse(REFUSALS);
    }
}
