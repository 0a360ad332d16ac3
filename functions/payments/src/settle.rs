//! Queue PAYMENTS: asks a gateway about a payment, its refunds and its disputes, because it sent an event or because it is
//! time to, and sends the refunds that are to be sent. Subscriptions whose period ends are renewed here, too.

use accounts::letters::{self, LetterOrder};
use billing::{Followed, Unsettled, queues::Task};
use domain::{
    UserId,
    payment::{Payment, PaymentReference},
    subscription::SubscriptionEvent,
};
use runtime::{Context, Verdict};
use std::time::Duration;
use tracing::Instrument;

/// The pause after a failure. A gateway may be down for hours.
const RETRY_AFTER: Duration = Duration::from_mins(1);

/// Settles a payment.
pub async fn settle(context: Context, task: Task) -> Verdict {
    let nothing = tracing::field::Empty;
    let span = tracing::info_span!("settle", event = nothing, reference = nothing, owner = nothing);
    match &task {
        Task::Event(event) => span.record("event", tracing::field::display(&event.id)),
        Task::Period { owner } => span.record("owner", tracing::field::display(owner)),
        Task::Due { reference } | Task::Refund { reference } | Task::Asked { reference } => {
            span.record("reference", tracing::field::display(reference))
        }
    };
    let settled = async {
        match &task {
            Task::Event(event) => billing::handle(&context, event).await,
            Task::Due { reference } => due(&context, reference).await,
            Task::Refund { reference } => refund(&context, reference).await,
            Task::Period { owner } => period(&context, owner).await,
            Task::Asked { reference } => asked(&context, reference).await,
        }
    };
    let Err(error) = settled.instrument(span).await else { return Verdict::Done };
    tracing::warn!(%error, "a payment or a subscription is not settled yet");
    match task {
        Task::Event(_) | Task::Refund { .. } | Task::Asked { .. } => Verdict::Again(RETRY_AFTER),
        // The sweep queues it again when the lease ends.
        Task::Due { .. } | Task::Period { .. } => Verdict::Done,
    }
}

/// Refunds and disputes come first, because they have looks of their own. One that fails does not prevent the rest; the
/// first error is returned. Not due: somebody looked meanwhile.
async fn due(context: &Context, reference: &PaymentReference) -> Result<(), Unsettled> {
    let Some(payment) = stored(context, reference).await?.filter(|payment| payment.is_due(context.now())) else {
        return Ok(());
    };
    let has_disputes = payment.has_disputes_to_follow();
    let refunds = billing::follow_refunds(context, payment, Followed::Open).await.map(drop);
    let disputes = if has_disputes { dispute(context, reference).await } else { Ok(()) };
    let look = match stored(context, reference).await? {
        Some(payment) if payment.is_due(context.now()) => billing::look(context, payment).await.map(drop),
        _ => Ok(()),
    };
    refunds.and(disputes).and(look)
}

async fn dispute(context: &Context, reference: &PaymentReference) -> Result<(), Unsettled> {
    let Some(payment) = stored(context, reference).await? else { return Ok(()) };
    let payment = billing::follow_disputes(context, payment).await?;
    // Money may have come back to the wallet since.
    billing::repay(context, payment).await.map(drop)
}

/// Renews the subscription of a customer, or ends it, and tells the customer what is lost.
async fn period(context: &Context, owner: &UserId) -> Result<(), Unsettled> {
    let Some(subscription) = billing::renew(context, owner).await? else { return Ok(()) };
    let Some(last) = subscription.timeline.last() else { return Ok(()) };
    let (user_id, plan) = (owner.clone(), last.plan);
    let letter = match last.event {
        SubscriptionEvent::RenewalFailed => {
            LetterOrder::RenewalFailed { user_id, plan, price: plan.month_price(), until: subscription.grace_until() }
        }
        SubscriptionEvent::Ended | SubscriptionEvent::EndedUnpaid => {
            LetterOrder::PlanEnded { user_id, plan, at: last.at }
        }
        _ => return Ok(()),
    };
    letters::tell(context, &letter).await;
    Ok(())
}

async fn refund(context: &Context, reference: &PaymentReference) -> Result<(), Unsettled> {
    let Some(payment) = stored(context, reference).await? else { return Ok(()) };
    billing::follow_refunds(context, payment, Followed::Open).await.map(drop)
}

async fn asked(context: &Context, reference: &PaymentReference) -> Result<(), Unsettled> {
    let Some(payment) = stored(context, reference).await? else { return Ok(()) };
    let payment = billing::look(context, payment).await?;
    let payment = billing::follow_refunds(context, payment, Followed::All).await?;
    billing::follow_disputes(context, payment).await.map(drop)
}

async fn stored(context: &Context, reference: &PaymentReference) -> Result<Option<Payment>, Unsettled> {
    Ok(context.store().record(&reference.user, reference).await?)
}
