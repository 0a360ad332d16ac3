//! Changes of a subscription by its customer: a plan from the wallet, in one transaction with the plan of the profile.

use domain::{
    Plan, SubscriptionId, Timestamp, UserId,
    ledger::LedgerError,
    subscription::{Change, NotChanged, Step, Subscription, SubscriptionTimelineItem},
};
use runtime::{Context, fail_point, telemetry};
use store::{Declined, Done, IdempotencyKey, KeyReused, NotCommitted, PlanChange, Profile, StoreError, Transaction};
use thiserror::Error;

/// How often a request whose subscription changes meanwhile is decided again.
const MOST_TRIES: u32 = 10;

/// A subscription after a customer's choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscribed {
    /// The current subscription.
    pub subscription: Subscription,
    /// What the request paid; `None` if nothing was to pay.
    pub charged: Option<SubscriptionTimelineItem>,
    /// Whether an earlier request with the same key did it.
    pub is_replay: bool,
}

/// Why a subscription was not changed. In no case did money move.
#[derive(Debug, Error)]
pub enum NotSubscribed {
    /// The choice is not possible.
    #[error(transparent)]
    NotChanged(#[from] NotChanged),
    /// The wallet can't pay.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The key was used for another request.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The account is gone.
    #[error("the account is gone")]
    Gone,
    /// The database failed, or the subscription changes all the time.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An impossible state: a defect.
    #[error("{0}")]
    Defect(&'static str),
}

/// Chooses a plan, once for each key. A repeated request gets the current subscription, and what it paid.
pub async fn subscribe(
    context: &Context,
    user: &UserId,
    plan: Plan,
    key: &IdempotencyKey,
) -> Result<Subscribed, NotSubscribed> {
    let now = context.now();
    let mark = mark_of(key);
    let choosing = Box::pin(choose(context, user, (plan, mark), key, now));
    let (subscription, is_replay) = match context.store().act_once(key, user, now, choosing).await? {
        Done::Now(subscription) => (subscription, false),
        Done::Before(subscription) => (subscription, true),
    };
    fail_point::here("after-subscription");
    let charged = subscription.charged_by(mark).copied();
    if !is_replay {
        telemetry::count("SubscriptionsChanged", 1);
        let Subscription { id, plan, next, .. } = &subscription;
        tracing::info!(subscription = %id, ?plan, ?next, paid = charged.is_some(), "a plan was chosen");
    }
    Ok(Subscribed { subscription, charged, is_replay })
}

/// Lets the plan end with its period. A subscription that ends already, or ended, stays as it is; `None` if there never was
/// one.
pub async fn unsubscribe(context: &Context, user: &UserId) -> Result<Option<Subscription>, NotSubscribed> {
    let now = context.now();
    for _ in 0..MOST_TRIES {
        let Some(subscription) = context.store().ledger().subscription(user).await? else { return Ok(None) };
        let held = plan_of(context, user).await?;
        let change = Change { plan: Plan::Starter, held, mark: 0 };
        let step = match subscription.clone().change(change, now) {
            Ok(step) => step,
            Err(NotChanged::AlreadyOnPlan) => return Ok(Some(subscription)),
            Err(reason) if is_current(context, user, Some(&subscription)).await? => return Err(reason.into()),
            Err(_) => continue,
        };
        match context.store().commit(transaction(step, held), now).await {
            Ok(written) => return Ok(Some(written)),
            Err(NotCommitted::Changed) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(StoreError::Busy.into())
}

async fn choose(
    context: &Context,
    user: &UserId,
    (plan, mark): (Plan, u64),
    key: &IdempotencyKey,
    now: Timestamp,
) -> Result<Subscription, Declined<NotSubscribed>> {
    for _ in 0..MOST_TRIES {
        let stored = context.store().ledger().subscription(user).await.map_err(unverified)?;
        let held = plan_of(context, user).await.map_err(unverified)?;
        let new = || Subscription::none(SubscriptionId::new(now, context.random()), user.clone(), now);
        let change = Change { plan, held, mark };
        let step = match stored.clone().unwrap_or_else(new).change(change, now) {
            Ok(step) => step,
            Err(reason) if is_current(context, user, stored.as_ref()).await.map_err(unverified)? => {
                return Err(unverified(reason));
            }
            Err(_) => continue,
        };
        fail_point::here("before-subscription");
        match Box::pin(context.store().commit(transaction(step, held).once_for(key), now)).await {
            Ok(written) => return Ok(written),
            // Another request, the worker or an operator came first.
            Err(NotCommitted::Changed) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(unverified(StoreError::Busy))
}

/// A step with the plan that the customer has after it.
pub(crate) fn transaction<'a>(step: Step, held: Plan) -> Transaction<'a, Subscription> {
    let change = PlanChange { from: held, to: step.subject.plan_held() };
    Transaction::of(step).giving_plan(Some(change))
}

async fn plan_of(context: &Context, user: &UserId) -> Result<Plan, NotSubscribed> {
    let profile: Option<Profile> = context.store().record(user, &()).await?;
    Ok(profile.ok_or(NotSubscribed::Gone)?.plan)
}

/// Whether the subscription is still what was read before the plan of the profile. If not, the two do not belong together,
/// and refuse what may be possible.
async fn is_current(context: &Context, user: &UserId, read: Option<&Subscription>) -> Result<bool, StoreError> {
    let now = context.store().ledger().subscription(user).await?;
    Ok(now.map(|now| now.version) == read.map(|read| read.version))
}

/// A number of the request, by which a repeated one finds what it paid.
fn mark_of(key: &IdempotencyKey) -> u64 {
    // The lower half of a hash is as good as the whole.
    u64::try_from(key.number() & u128::from(u64::MAX)).unwrap_or(u64::MAX)
}

/// A refusal before the commit: an earlier request with the key may have succeeded.
fn unverified(reason: impl Into<NotSubscribed>) -> Declined<NotSubscribed> {
    Declined::Unverified(reason.into())
}

impl From<NotCommitted> for NotSubscribed {
    fn from(error: NotCommitted) -> Self {
        match error {
            NotCommitted::Store(error) => error.into(),
            NotCommitted::Ledger(error) => error.into(),
            _ => Self::Defect("a subscription was rejected like another movement"),
        }
    }
}
