//! Who calls: an API key today, a signed-in person later; endpoints see no difference.
//!
//! `Caller<A>` settles 401, 403 and 429 before an endpoint runs. One strong read finds key, customer and, where the access
//! asks for it, the wallet; one update counts the call.

use crate::{
    body::PathId,
    limits::{self, Judged},
    problem::Problem,
    problem_code::ProblemCode,
};
use axum::extract::FromRequestParts;
use domain::{
    OrderId, Plan, Timestamp, UserId,
    access::{ApiKeyText, Scope},
    ledger::Wallet,
    order::Order,
};
use http::{HeaderMap, header::AUTHORIZATION, request::Parts};
use lambda_http::request::RequestContext;
use runtime::Context;
use std::{
    marker::PhantomData,
    net::{IpAddr, Ipv4Addr},
};
use store::{Beside, CallerId, Identity, KeyHash};

/// What an endpoint needs of its caller.
pub trait Access: Send + Sync + 'static {
    /// The permission.
    const SCOPE: Scope;
    /// Whether the call is a purchase, which has a limit of its own.
    const IS_BUY: bool = false;
    /// Whether the wallet is read together with the caller.
    const WITH_WALLET: bool = false;
    /// Whether the order that the path names (`{id}`) is read together with the caller.
    const WITH_ORDER: bool = false;
    /// What may be refused beyond what every caller can be refused.
    const PROBLEMS: &'static [ProblemCode] = &[];
}

macro_rules! access {
    ($(#[$doc:meta])* $name:ident { $($body:tt)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl Access for $name { $($body)* }
    };
}

access!(
    /// To buy.
    Buy {
        const SCOPE: Scope = Scope::OrdersWrite;
        const IS_BUY: bool = true;
        const WITH_WALLET: bool = true;
        const PROBLEMS: &'static [ProblemCode] = &[
            ProblemCode::InsufficientFunds,
            ProblemCode::TooManyOpenOrders,
            ProblemCode::BuyingPaused,
            ProblemCode::PriceAboveMax,
            ProblemCode::NoOffer,
            ProblemCode::NoNumbers,
            ProblemCode::ServiceBlocked,
            ProblemCode::WalletBusy,
            ProblemCode::SupplierUnavailable,
        ];
    }
);
access!(
    /// To cancel, report or finish an order.
    ActOnOrders {
        const SCOPE: Scope = Scope::OrdersWrite;
        const PROBLEMS: &'static [ProblemCode] = &[
            ProblemCode::StillRequesting,
            ProblemCode::TooEarly,
            ProblemCode::WrongStatus,
            ProblemCode::OrderBusy,
            ProblemCode::WalletBusy,
        ];
    }
);
access!(
    /// To see orders and messages.
    ReadOrders {
        const SCOPE: Scope = Scope::OrdersRead;
    }
);
access!(
    /// To see the one order that the path names.
    ReadOrder {
        const SCOPE: Scope = Scope::OrdersRead;
        const WITH_ORDER: bool = true;
        const PROBLEMS: &'static [ProblemCode] = &[ProblemCode::NotFound];
    }
);
access!(
    /// To see the wallet.
    ReadWallet {
        const SCOPE: Scope = Scope::WalletRead;
        const WITH_WALLET: bool = true;
    }
);
access!(
    /// To see the product's own figures.
    ReadMetrics {
        const SCOPE: Scope = Scope::MetricsRead;
    }
);

/// A customer who may do what `A` says.
#[derive(Debug)]
pub struct Caller<A> {
    /// Who it is.
    pub user_id: UserId,
    /// What was subscribed to.
    pub plan: Plan,
    /// The wallet, where the access reads it.
    pub wallet: Option<Wallet>,
    /// The order that the path names, where the access reads it and it is the caller's.
    pub order: Option<Order>,
    access: PhantomData<A>,
}

/// Somebody at a public endpoint: a customer, who sees own prices, or anybody.
#[derive(Debug)]
pub struct Visitor {
    /// The customer's plan; `None` without a key.
    pub plan: Option<Plan>,
}

impl<A: Access> FromRequestParts<Context> for Caller<A> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Problem> {
        let key =
            key_of(&parts.headers)?.ok_or_else(|| unauthenticated("Send your key as X-API-Key or as Bearer token."))?;
        // What is no identifier is `None`, and the endpoint answers that there is no such order.
        let id = if A::WITH_ORDER { PathId::<OrderId>::from_request_parts(parts, context).await.ok() } else { None };
        let beside = Beside { wallet: A::WITH_WALLET, order: id.as_ref().map(|id| &id.0) };
        let Identity { account, wallet, order } = identify_counted(context, &key, beside, parts).await?;
        let user_id = account.profile.user_id;
        tracing::Span::current().record("user_id", tracing::field::display(&user_id));
        let plan = account.profile.plan;
        let caller = CallerId::User(user_id.clone());
        limits::judge_customer(context, &caller, plan, A::IS_BUY, address_of(parts), &judged(parts)).await?;
        // After the limits: a refused call costs us as much as another.
        if !account.key.allows(A::SCOPE) {
            let detail = format!("This key lacks the scope {}.", A::SCOPE.as_str());
            return Err(Problem::new(ProblemCode::MissingScope, detail).with("required_scope", A::SCOPE));
        }
        Ok(Self { user_id, plan, wallet, order, access: PhantomData })
    }
}

impl FromRequestParts<Context> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Problem> {
        let judged = judged(parts);
        let address = address_of(parts);
        let Some(key) = key_of(&parts.headers)? else {
            let address = address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
            limits::judge_anonymous(context, address, &judged).await?;
            return Ok(Self { plan: None });
        };
        let profile = identify_counted(context, &key, Beside::default(), parts).await?.account.profile;
        let caller = CallerId::User(profile.user_id);
        limits::judge_customer(context, &caller, profile.plan, false, address, &judged).await?;
        Ok(Self { plan: Some(profile.plan) })
    }
}

/// Finds the caller. Who fails is counted by network address, so that guessing keys is slow and cheap for us.
async fn identify_counted(
    context: &Context,
    key: &ApiKeyText,
    beside: Beside<'_>,
    parts: &Parts,
) -> Result<Identity, Problem> {
    match identify(context, key, beside).await {
        Err(problem) if matches!(problem.code(), ProblemCode::Unauthenticated | ProblemCode::AccountDisabled) => {
            let address = address_of(parts).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
            limits::judge_anonymous(context, address, &judged(parts)).await?;
            Err(problem)
        }
        found => found,
    }
}

async fn identify(context: &Context, key: &ApiKeyText, beside: Beside<'_>) -> Result<Identity, Problem> {
    let hash = KeyHash::of(key.expose());
    let found = context.store().identify(key.owner(), &hash, beside).await?;
    let identity = found.ok_or_else(|| unauthenticated("The key is unknown, revoked or mistyped."))?;
    if has_ended(identity.account.key.expires_at, context.now()) {
        return Err(unauthenticated("The key has expired."));
    }
    if !identity.account.profile.active {
        return Err(Problem::new(ProblemCode::AccountDisabled, "Write to support."));
    }
    Ok(identity)
}

fn has_ended(ends: Option<Timestamp>, now: Timestamp) -> bool {
    ends.is_some_and(|end| end <= now)
}

/// The key that a request carries. Two different ones, or something else in its place, are refused rather than guessed.
fn key_of(headers: &HeaderMap) -> Result<Option<ApiKeyText>, Problem> {
    let malformed = || unauthenticated("The key is not of the form nsk_live_….");
    let from_header = headers.get_all("x-api-key").iter().map(|value| value.to_str().unwrap_or_default());
    let from_bearer = headers.get_all(AUTHORIZATION).iter().map(|value| bearer(value.to_str().unwrap_or_default()));
    let mut keys = from_header.chain(from_bearer).map(|text| text.parse::<ApiKeyText>().map_err(|_| malformed()));
    let Some(first) = keys.next().transpose()? else { return Ok(None) };
    match keys.next().transpose()? {
        Some(second) if second != first => Err(unauthenticated("The request carries two different keys.")),
        _ => Ok(Some(first)),
    }
}

fn bearer(value: &str) -> &str {
    match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => "",
    }
}

fn unauthenticated(detail: &str) -> Problem {
    Problem::new(ProblemCode::Unauthenticated, detail)
}

fn judged(parts: &Parts) -> Judged {
    parts.extensions.get::<Judged>().cloned().unwrap_or_default()
}

/// Where the request came from, as the gateway saw it. Headers that clients can write are never believed.
fn address_of(parts: &Parts) -> Option<IpAddr> {
    match parts.extensions.get::<RequestContext>()? {
        RequestContext::ApiGatewayV2(context) => context.http.source_ip.as_deref()?.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(random: u8) -> String {
        ApiKeyText::new(UserId::new(Timestamp::from_millis(1), 1), [random; 32]).expose().to_owned()
    }

    fn headers(pairs: &[(&'static str, String)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_key_comes_in_either_header_but_never_two() {
        let (a, b) = (key(1), key(2));
        let found = |pairs: &[(&'static str, String)]| key_of(&headers(pairs));
        assert!(found(&[]).unwrap().is_none());
        assert_eq!(found(&[("x-api-key", a.clone())]).unwrap().unwrap().expose(), a);
        assert_eq!(found(&[("authorization", format!("bearer {a}"))]).unwrap().unwrap().expose(), a);
        assert!(found(&[("authorization", format!("Bearer {a}")), ("x-api-key", a.clone())]).is_ok());
        assert!(found(&[("authorization", format!("Bearer {a}")), ("x-api-key", b)]).is_err());
        assert!(found(&[("authorization", format!("Basic {a}"))]).is_err());
        assert!(found(&[("x-api-key", String::new())]).is_err());
    }
}
