//! The end of a subscription's period: it is renewed from the wallet, or goes on for some days, or ends.

use crate::{Unsettled, subscribe::transaction};
use domain::{
    UserId,
    ledger::LedgerError,
    subscription::{Holder, Renewal, Step, Subscription, SubscriptionEvent},
};
use runtime::{Context, fail_point, telemetry};
use store::{NotCommitted, Profile, Transaction};

/// How often a subscription that changes meanwhile is read again.
const MOST_CONFLICTS: u32 = 8;

/// Does what is due, and returns the subscription if anything was. Two callers at once write one renewal, because each
/// write requires the version that was read.
pub async fn renew(context: &Context, owner: &UserId) -> Result<Option<Subscription>, Unsettled> {
    for _ in 0..MOST_CONFLICTS {
        let Some(subscription) = context.store().ledger().subscription(owner).await? else { return Ok(None) };
        // The profile decides, so it is read after the subscription.
        let profile: Option<Profile> = context.store().record(owner, &()).await?;
        let holder = match &profile {
            Some(profile) if profile.active => Holder::Has(profile.plan),
            _ => Holder::Gone,
        };
        let now = context.now();
        let Some(renewal) = subscription.clone().renewal(holder, now) else { return Ok(None) };
        fail_point::here("before-renewal");
        let written = match renewal {
            Renewal::End(step) => write(context, &subscription, profile.as_ref(), step).await,
            Renewal::Pay(step) => match write(context, &subscription, profile.as_ref(), step).await {
                Err(NotCommitted::Ledger(LedgerError::InsufficientFunds { .. } | LedgerError::Owes { .. })) => {
                    let step = subscription.clone().not_renewed(now);
                    write(context, &subscription, profile.as_ref(), step).await
                }
                written => written,
            },
        };
        fail_point::here("after-renewal");
        match written {
            Ok(written) => {
                note(&written);
                return Ok(Some(written));
            }
            Err(NotCommitted::Changed) => {}
            Err(NotCommitted::Store(error)) => return Err(error.into()),
            Err(NotCommitted::Ledger(error)) => return Err(error.into()),
            Err(_) => return Err(Unsettled::Defect("a renewal was rejected like another movement")),
        }
    }
    Err(Unsettled::Changed)
}

/// Writes a step. The plan of the profile is changed only if this subscription gave it: one that the staff set stays.
async fn write(
    context: &Context,
    before: &Subscription,
    profile: Option<&Profile>,
    step: Step,
) -> Result<Subscription, NotCommitted> {
    let held = profile.map(|profile| profile.plan).filter(|plan| *plan == before.plan_held());
    let transaction = match held {
        Some(held) => transaction(step, held),
        None => Transaction::of(step),
    };
    context.store().commit(transaction, context.now()).await
}

fn note(subscription: &Subscription) {
    let Some(last) = subscription.timeline.last() else { return };
    let class = match last.event {
        SubscriptionEvent::Renewed => "renewed",
        SubscriptionEvent::RenewalFailed => "unpaid",
        _ => "ended",
    };
    telemetry::count_class("Renewals", class, 1);
    tracing::info!(subscription = %subscription.id, event = ?last.event, plan = ?last.plan, "the end of a period");
}
