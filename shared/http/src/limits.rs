//! Rate limits: checked once per request, and reported in the headers of the answer.

use crate::{anonymous, codes::RateLimited, origin::Origin, problem::Problem};
use domain::{
    Plan, Timestamp,
    access::Principal,
    rate_limit::{Allowance, LimitedAction, REQUESTS, Uncounted, WindowCounts, judge as allowance},
};
use http::{HeaderMap, HeaderValue, request::Parts};
use runtime::{Context, telemetry};
use std::sync::{Arc, Mutex, PoisonError};
use store::{CallerId, StoreError};

/// The result of the last check, for the layer that writes the answer's headers.
#[derive(Clone, Debug, Default)]
pub(crate) struct LimitResult(Arc<Mutex<Option<Strictest>>>);

/// Counts more requests of a caller than the one that was sent, for answers that cost more than others.
#[derive(Clone, Debug)]
pub struct Meter {
    counted: Counted,
    result: LimitResult,
}

/// The caller whose calls are counted, the plan that sets the quotas, and the request's origin.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    caller: CallerId,
    plan: Option<Plan>,
    origin: Origin,
}

/// The result of the strictest limit.
#[derive(Clone, Copy, Debug)]
struct Strictest {
    name: &'static str,
    allowance: Allowance,
}

impl LimitResult {
    /// Writes the headers of the IETF draft (`RateLimit`, `RateLimit-Policy`).
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        let Some(Strictest { name, allowance }) = *self.lock() else { return };
        let Allowance { limit, remaining, reset_seconds, .. } = allowance;
        let texts = [
            ("ratelimit-policy", format!("\"{name}\";q={limit};w=60")),
            ("ratelimit", format!("\"{name}\";r={remaining};t={reset_seconds}")),
        ];
        for (name, text) in texts {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(name, value);
            }
        }
    }
}

impl LimitResult {
    fn set(&self, verdict: Strictest) {
        *self.lock() = Some(verdict);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Strictest>> {
        // Nothing panics while it is locked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Meter {
    /// A meter of this caller, whose request is counted already.
    pub(crate) fn new(counted: Counted, parts: &Parts) -> Self {
        Self { counted, result: parts.extensions.get::<LimitResult>().cloned().unwrap_or_default() }
    }

    /// Counts this answer as so many requests in all. It is sent in any case; the next ones may be rejected.
    pub async fn counts_as(&self, context: &Context, requests: u32) {
        let more = requests.saturating_sub(1);
        if more == 0 || self.counted.origin.is_trusted(context) {
            return;
        }
        let now = context.now();
        match context.store().limits().count_call(&self.counted.caller, &[REQUESTS], more, now).await {
            Ok(counts) => self.result.set(strictest(&[REQUESTS], &counts, self.counted.plan, now)),
            Err(error) => {
                tracing::warn!(%error, "the rest of a costly answer was not counted");
                telemetry::count("LimiterFailedOpen", 1);
            }
        }
    }
}

impl Counted {
    /// A customer, with all credentials together.
    pub(crate) fn customer(principal: &Principal, origin: Origin) -> Self {
        Self { caller: CallerId::User(principal.user.clone()), plan: Some(principal.plan), origin }
    }

    /// A network address, for calls without a valid credential.
    pub(crate) const fn address(origin: Origin) -> Self {
        Self { caller: CallerId::Address(origin.address), plan: None, origin }
    }
}

/// Counts the call as a request, and as `action` if that is different. Rejects it if a quota is used up.
/// Calls from trusted networks are not counted.
pub(crate) async fn check(
    context: &Context,
    counted: &Counted,
    action: LimitedAction,
    parts: &Parts,
) -> Result<(), Problem> {
    if counted.origin.is_trusted(context) {
        return Ok(());
    }
    if counted.plan.is_none() {
        // Before the count, so that a flood writes nothing.
        anonymous::take(context).await?;
    }
    let both = [REQUESTS, action];
    let actions = if action.counter == REQUESTS.counter { &both[..1] } else { &both };
    let now = context.now();
    let counts = match context.store().limits().count_call(&counted.caller, actions, 1, now).await {
        Ok(counts) => counts,
        Err(error) => return uncounted(actions, &error),
    };
    let verdict = strictest(actions, &counts, counted.plan, now);
    if let Some(limit_result) = parts.extensions.get::<LimitResult>() {
        limit_result.set(verdict);
    }
    if verdict.allowance.allowed { Ok(()) } else { Err(refusal(verdict)) }
}

/// Returns the first quota that is used up, otherwise the last one among those with the least left.
fn strictest(actions: &[LimitedAction], counts: &[WindowCounts], plan: Option<Plan>, now: Timestamp) -> Strictest {
    let verdict = |(action, counts): (&LimitedAction, &WindowCounts)| Strictest {
        name: action.name,
        allowance: allowance(*counts, (action.quota)(plan), now),
    };
    let stricter = |one: Strictest, next: Strictest| {
        let binds = one.allowance.allowed && next.allowance.remaining <= one.allowance.remaining;
        if binds { next } else { one }
    };
    let all = actions.iter().zip(counts).map(verdict);
    all.reduce(stricter).unwrap_or_else(|| verdict((&REQUESTS, &WindowCounts::default())))
}

fn refusal(Strictest { name, allowance }: Strictest) -> Problem {
    let seconds = u64::from(allowance.reset_seconds.max(1));
    Problem::from(RateLimited::Quota { policy: name, limit: allowance.limit }).retry_after(seconds)
}

/// Accepts or rejects a call that could not be counted; the strictest of its actions decides.
fn uncounted(actions: &[LimitedAction], error: &StoreError) -> Result<(), Problem> {
    if matches!(error, StoreError::Throttled) {
        // The caller's own item is throttled, so there are more calls than any plan allows.
        telemetry::count("LimiterThrottled", 1);
        return Err(Problem::from(RateLimited::Flood).retry_after(1));
    }
    if actions.iter().any(|action| action.uncounted == Uncounted::Refuse) {
        telemetry::count("LimiterFailedClosed", 1);
        return Err(Problem::unavailable(error));
    }
    tracing::warn!(%error, "the limiter failed open");
    telemetry::count("LimiterFailedOpen", 1);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::Unavailable;
    use domain::rate_limit::PURCHASES;

    #[test]
    fn the_strictest_limit_is_reported() {
        let now = Timestamp::from_millis(600_000);
        let count = |current| WindowCounts { current, previous: 0 };
        for (requests, purchases, name, remaining, allowed) in [
            (1, 1, "purchases", 19, true),
            (85, 1, "requests", 15, true),
            (80, 20, "purchases", 0, true),
            (80, 21, "purchases", 0, false),
            (101, 1, "requests", 0, false),
            (101, 21, "requests", 0, false),
        ] {
            let counts = [count(requests), count(purchases)];
            let Strictest { name: said, allowance } =
                strictest(&[REQUESTS, PURCHASES], &counts, Some(Plan::Starter), now);
            let seen = (said, allowance.remaining, allowance.allowed);
            assert_eq!(seen, (name, remaining, allowed), "{requests} requests, {purchases} purchases");
        }
    }

    #[test]
    fn an_action_decides_what_happens_when_the_limiter_fails() {
        let logins = LimitedAction { name: "logins", counter: "l", quota: |_| 5, uncounted: Uncounted::Refuse };
        let away = || StoreError::Unavailable("no connection".to_owned());
        let code = |actions: &[LimitedAction], error| uncounted(actions, &error).map_err(|problem| problem.code());
        assert_eq!(code(&[REQUESTS, PURCHASES], away()), Ok(()));
        assert_eq!(code(&[REQUESTS, logins], away()), Err(Unavailable::CODE));
        for actions in [&[REQUESTS, PURCHASES], &[REQUESTS, logins]] {
            assert_eq!(code(actions, StoreError::Throttled), Err(RateLimited::CODE));
        }
    }

    #[test]
    fn the_headers_name_the_limit() {
        let limit_result = LimitResult::default();
        let now = Timestamp::from_millis(612_000);
        limit_result.set(strictest(&[REQUESTS], &[WindowCounts { current: 40, previous: 0 }], None, now));
        let mut headers = HeaderMap::new();
        limit_result.write(&mut headers);
        assert_eq!(headers["ratelimit-policy"], "\"requests\";q=60;w=60");
        assert_eq!(headers["ratelimit"], "\"requests\";r=20;t=48");
    }
}
