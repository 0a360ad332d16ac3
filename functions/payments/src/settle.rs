//! Queue PAYMENTS: asks a gateway about a payment, because it sent an event or because it is time to.

use billing::{Unsettled, queues::Task};
use domain::payment::{Payment, PaymentReference};
use runtime::{Context, Verdict};
use std::time::Duration;
use tracing::Instrument;

/// The pause after a failure. A gateway may be down for hours.
const RETRY_AFTER: Duration = Duration::from_mins(1);

/// Settles a payment.
pub async fn settle(context: Context, task: Task) -> Verdict {
    let span = tracing::info_span!("settle", event = tracing::field::Empty, reference = tracing::field::Empty);
    match &task {
        Task::Event(event) => span.record("event", tracing::field::display(&event.id)),
        Task::Due { reference } | Task::Asked { reference } => {
            span.record("reference", tracing::field::display(reference))
        }
    };
    let settled = async {
        match &task {
            Task::Event(event) => billing::handle(&context, event).await,
            Task::Due { reference } => look(&context, reference, false).await,
            Task::Asked { reference } => look(&context, reference, true).await,
        }
    };
    let Err(error) = settled.instrument(span).await else { return Verdict::Done };
    tracing::warn!(%error, "a payment is not settled yet");
    match task {
        Task::Event(_) | Task::Asked { .. } => Verdict::Again(RETRY_AFTER),
        // The sweep queues it again when the lease ends.
        Task::Due { .. } => Verdict::Done,
    }
}

async fn look(context: &Context, reference: &PaymentReference, is_asked: bool) -> Result<(), Unsettled> {
    let payment: Option<Payment> = context.store().record(&reference.user, reference).await?;
    // Not due: somebody looked meanwhile.
    let wanted = payment.filter(|payment| is_asked || payment.is_due(context.now()));
    let Some(payment) = wanted else { return Ok(()) };
    billing::look(context, payment).await.map(drop)
}
