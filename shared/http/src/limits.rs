//! How often a caller may call: judged once for each request, shown in every answer's headers.

use crate::{problem::Problem, problem_code::ProblemCode};
use domain::{
    Plan,
    rate_limit::{ANONYMOUS_REQUESTS_PER_MINUTE, Allowance, judge},
};
use http::{HeaderMap, HeaderValue};
use runtime::{Context, telemetry};
use std::{
    net::IpAddr,
    sync::{Arc, OnceLock},
};
use store::{CallerId, StoreError};

/// Where the judgement is left for the layer that writes the answer's headers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Judged(Arc<OnceLock<Allowance>>);

impl Judged {
    /// Writes the headers of the IETF draft (`RateLimit`, `RateLimit-Policy`).
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        let Some(allowance) = self.0.get() else { return };
        let Allowance { limit, remaining, reset_seconds, .. } = allowance;
        let texts = [
            ("ratelimit-policy", format!("\"requests\";q={limit};w=60")),
            ("ratelimit", format!("\"requests\";r={remaining};t={reset_seconds}")),
        ];
        for (name, text) in texts {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(name, value);
            }
        }
    }
}

/// Counts the call of a customer against the plan; purchases against a tighter limit of their own.
pub(crate) async fn judge_customer(
    context: &Context,
    caller: &CallerId,
    plan: Plan,
    is_buy: bool,
    address: Option<IpAddr>,
    judged: &Judged,
) -> Result<(), Problem> {
    let terms = plan.terms();
    let buys = is_buy.then_some(terms.buys_per_minute);
    judge_call(context, caller, terms.requests_per_minute, buys, address, judged).await
}

/// Counts the call of a network address without a key.
pub(crate) async fn judge_anonymous(context: &Context, address: IpAddr, judged: &Judged) -> Result<(), Problem> {
    judge_call(context, &CallerId::Address(address), ANONYMOUS_REQUESTS_PER_MINUTE, None, Some(address), judged).await
}

/// A limiter that can't be reached lets the call pass and says so in a metric: it protects us, not the customer's money.
async fn judge_call(
    context: &Context,
    caller: &CallerId,
    requests: u32,
    buys: Option<u32>,
    address: Option<IpAddr>,
    judged: &Judged,
) -> Result<(), Problem> {
    let trusted = &context.config().trusted_networks;
    if address.is_some_and(|address| trusted.iter().any(|network| network.contains(address))) {
        return Ok(());
    }
    let now = context.now();
    let counts = match context.store().count_call(caller, buys.is_some(), now).await {
        Ok(counts) => counts,
        // The caller's own row takes no more writes: more calls than any plan allows.
        Err(StoreError::Throttled) => {
            telemetry::count("LimiterThrottled", 1);
            let detail = "Far too many requests at once; try again in a second.";
            return Err(Problem::new(ProblemCode::RateLimited, detail).retry_after(1));
        }
        Err(error) => {
            tracing::warn!(%error, "the limiter failed open");
            telemetry::count("LimiterFailedOpen", 1);
            return Ok(());
        }
    };
    let all = judge(counts.requests, requests, now);
    let strictest = match buys.map(|limit| judge(counts.buys, limit, now)) {
        Some(of_buys) if of_buys.remaining <= all.remaining => of_buys,
        _ => all,
    };
    let _ = judged.0.set(strictest);
    if all.allowed && strictest.allowed {
        return Ok(());
    }
    let seconds = u64::from(strictest.reset_seconds.max(1));
    let detail = format!("Up to {} a minute; try again in {seconds} s. Refused calls count too.", strictest.limit);
    Err(Problem::new(ProblemCode::RateLimited, detail).retry_after(seconds))
}
