//! Rate limits: checked once per request, and reported in the headers of the answer.

use crate::{anonymous, codes::RateLimited, origin::Origin, problem::Problem};
use domain::{
    Network, Timestamp,
    access::Principal,
    rate_limit::{Allowance, LimitedAction, REQUESTS, Subject, Uncounted, WindowCounts, judge as allowance},
};
use futures_util::future::try_join_all;
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

/// Whose calls are counted, the narrowest first, and the request's origin.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    subjects: Vec<(CallerId, Subject)>,
    origin: Origin,
}

/// The result of the strictest limit.
#[derive(Clone, Copy, Debug)]
struct Strictest {
    action: &'static str,
    subject: Subject,
    allowance: Allowance,
}

impl Strictest {
    /// The name of the limit in headers and problems.
    fn name(&self) -> String {
        format!("{}{}", self.action, self.subject.suffix())
    }
}

impl LimitResult {
    /// Writes the headers of the IETF draft (`RateLimit`, `RateLimit-Policy`).
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        let Some(verdict) = *self.lock() else { return };
        let (name, Allowance { limit, remaining, reset_seconds, .. }) = (verdict.name(), verdict.allowance);
        let texts = [
            ("ratelimit-policy", format!("\"{name}\";q={limit};w=60")),
            ("ratelimit", format!("\"{name}\";r={remaining};t={reset_seconds}")),
        ];
        for (header, text) in texts {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(header, value);
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
        let subjects = self.counted.subjects.iter();
        match try_join_all(subjects.map(|subject| count(context, subject, &[REQUESTS], more, now))).await {
            Ok(verdicts) => {
                if let Some(verdict) = strictest(verdicts.into_iter().flatten()) {
                    self.result.set(verdict);
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the rest of a costly answer was not counted");
                telemetry::count("LimiterFailedOpen", 1);
            }
        }
    }
}

impl Counted {
    /// The key if its owner has limited it, and the customer, with all credentials together.
    pub(crate) fn customer(principal: &Principal, origin: Origin) -> Self {
        let customer = (CallerId::User(principal.user.clone()), Subject::Customer(principal.plan));
        let key = principal.via.key().and_then(|key| {
            let limit = key.limits.requests_per_minute?;
            Some((CallerId::Key(key.family.clone()), Subject::Key(limit)))
        });
        Self { subjects: key.into_iter().chain([customer]).collect(), origin }
    }

    /// A network address and its network, for calls without a valid credential.
    pub(crate) fn address(origin: Origin) -> Self {
        let address = (CallerId::Address(origin.address), Subject::Address);
        let network = (CallerId::Network(Network::of(origin.address)), Subject::Network);
        Self { subjects: vec![address, network], origin }
    }

    fn is_anonymous(&self) -> bool {
        self.subjects.iter().any(|(_, subject)| *subject == Subject::Address)
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
    if counted.is_anonymous() {
        // Before the count, so that a flood writes nothing.
        anonymous::take(context).await?;
    }
    let both = [REQUESTS, action];
    let actions = if action.counter == REQUESTS.counter { &both[..1] } else { &both };
    let now = context.now();
    let mut verdicts = Vec::new();
    for subject in &counted.subjects {
        match count(context, subject, actions, 1, now).await {
            Ok(more) => {
                let is_refused = more.iter().any(|verdict| !verdict.allowance.allowed);
                verdicts.extend(more);
                // It counts nowhere further, so an address can't use up the quota of its network, nor a key that of its
                // customer.
                if is_refused {
                    break;
                }
            }
            Err(error) => uncounted(actions, &error)?,
        }
    }
    let Some(verdict) = strictest(verdicts) else { return Ok(()) };
    if let Some(limit_result) = parts.extensions.get::<LimitResult>() {
        limit_result.set(verdict);
    }
    if verdict.allowance.allowed {
        return Ok(());
    }
    telemetry::limit_rejects(verdict.action, verdict.subject.name());
    Err(refusal(verdict))
}

/// Counts a call of this subject, `times` times, as each of the actions that have a quota for it.
async fn count(
    context: &Context,
    (caller, subject): &(CallerId, Subject),
    actions: &[LimitedAction],
    times: u32,
    now: Timestamp,
) -> Result<Vec<Strictest>, StoreError> {
    let limited: Vec<_> = actions.iter().filter(|action| (action.quota)(*subject).is_some()).copied().collect();
    let counts = context.store().limits().count_call(caller, &limited, times, now).await?;
    Ok(verdicts(&limited, &counts, *subject, now))
}

/// The state of each quota of a subject.
fn verdicts(actions: &[LimitedAction], counts: &[WindowCounts], subject: Subject, now: Timestamp) -> Vec<Strictest> {
    let verdict = |(action, counts): (&LimitedAction, &WindowCounts)| {
        let quota = (action.quota)(subject)?;
        Some(Strictest { action: action.name, subject, allowance: allowance(*counts, quota, now) })
    };
    actions.iter().zip(counts).filter_map(verdict).collect()
}

/// Returns the first quota that is used up, otherwise the last one among those with the least left.
fn strictest(verdicts: impl IntoIterator<Item = Strictest>) -> Option<Strictest> {
    verdicts.into_iter().reduce(|one, next| {
        let binds = one.allowance.allowed && next.allowance.remaining <= one.allowance.remaining;
        if binds { next } else { one }
    })
}

fn refusal(verdict: Strictest) -> Problem {
    let seconds = u64::from(verdict.allowance.reset_seconds.max(1));
    Problem::from(RateLimited::Quota { policy: verdict.name(), limit: verdict.allowance.limit }).retry_after(seconds)
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
    use domain::{
        Plan,
        rate_limit::{ATTEMPTS, PURCHASES},
    };

    const STARTER: Subject = Subject::Customer(Plan::Starter);

    fn count(current: u32) -> WindowCounts {
        WindowCounts { current, previous: 0 }
    }

    #[test]
    fn the_strictest_limit_is_reported() {
        let now = Timestamp::from_millis(600_000);
        for (requests, purchases, name, remaining, allowed) in [
            (1, 1, "purchases", 19, true),
            (85, 1, "requests", 15, true),
            (80, 20, "purchases", 0, true),
            (80, 21, "purchases", 0, false),
            (101, 1, "requests", 0, false),
            (101, 21, "requests", 0, false),
        ] {
            let counts = [count(requests), count(purchases)];
            let found = strictest(verdicts(&[REQUESTS, PURCHASES], &counts, STARTER, now)).unwrap();
            let seen = (found.action, found.allowance.remaining, found.allowance.allowed);
            assert_eq!(seen, (name, remaining, allowed), "{requests} requests, {purchases} purchases");
        }
    }

    #[test]
    fn all_subjects_are_judged_and_the_strictest_is_named() {
        let now = Timestamp::from_millis(600_000);
        for (own, other, (subject, limit), name, allowed) in [
            // A customer of 100 a minute, and a key with its own limit.
            ((1, STARTER), (1, Subject::Key(30)), (REQUESTS, 30), "requests-of-key", true),
            ((90, STARTER), (1, Subject::Key(30)), (REQUESTS, 100), "requests", true),
            ((31, STARTER), (31, Subject::Key(30)), (REQUESTS, 30), "requests-of-key", false),
            ((101, STARTER), (31, Subject::Key(30)), (REQUESTS, 100), "requests", false),
            // An address of a network that is busy.
            ((1, Subject::Address), (601, Subject::Network), (REQUESTS, 600), "requests-of-network", false),
            ((1, Subject::Address), (201, Subject::Network), (ATTEMPTS, 200), "attempts-of-network", false),
            ((21, Subject::Address), (21, Subject::Network), (ATTEMPTS, 20), "attempts", false),
        ] {
            let of = |(n, whose)| verdicts(&[subject], &[count(n)], whose, now);
            let found = strictest([of(own), of(other)].concat()).unwrap();
            let seen = (found.name(), found.allowance.limit, found.allowance.allowed);
            assert_eq!(seen, (name.to_owned(), limit, allowed), "{own:?} {other:?}");
        }
    }

    #[test]
    fn an_action_decides_what_happens_when_the_limiter_fails() {
        let away = || StoreError::Unavailable("no connection".to_owned());
        let code = |actions: &[LimitedAction], error| uncounted(actions, &error).map_err(|problem| problem.code());
        assert_eq!(code(&[REQUESTS, PURCHASES], away()), Ok(()));
        assert_eq!(code(&[REQUESTS, ATTEMPTS], away()), Err(Unavailable::CODE));
        for actions in [&[REQUESTS, PURCHASES], &[REQUESTS, ATTEMPTS]] {
            assert_eq!(code(actions, StoreError::Throttled), Err(RateLimited::CODE));
        }
    }

    #[test]
    fn the_headers_name_the_limit() {
        let limit_result = LimitResult::default();
        let now = Timestamp::from_millis(612_000);
        limit_result.set(strictest(verdicts(&[REQUESTS], &[count(40)], Subject::Address, now)).unwrap());
        let mut headers = HeaderMap::new();
        limit_result.write(&mut headers);
        assert_eq!(headers["ratelimit-policy"], "\"requests\";q=60;w=60");
        assert_eq!(headers["ratelimit"], "\"requests\";r=20;t=48");
    }
}
