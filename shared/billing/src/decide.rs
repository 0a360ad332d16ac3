//! Decisions of the staff about refunds that await approval.

use crate::{Unsettled, look::newest, refund::queue};
use domain::{
    Actor, RefundId,
    audit::AuditLine,
    payment::{NotDecidable, Payment, Refund},
};
use runtime::{Context, fail_point, telemetry};
use store::{NotCommitted, StoreError, Transaction};
use thiserror::Error;

/// How often a payment that changes meanwhile is read again.
const MOST_CONFLICTS: u32 = 8;

/// A decision about a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is sent to the gateway.
    Approve,
    /// Its credits come back.
    Refuse,
}

/// Why nothing was decided.
#[derive(Debug, Error)]
pub enum NotDecided {
    /// There is no such refund, or it awaits no approval.
    #[error(transparent)]
    NotDecidable(#[from] NotDecidable),
    /// The database failed, or the payment changes all the time.
    #[error(transparent)]
    Unsettled(#[from] Unsettled),
}

impl From<StoreError> for NotDecided {
    fn from(error: StoreError) -> Self {
        Self::Unsettled(error.into())
    }
}

/// Approves or refuses a refund, in one transaction with its line of the audit trail and, if it is refused, with the
/// return of its credits. Returns the payment and the refund as they are then.
pub async fn decide(
    context: &Context,
    mut payment: Payment,
    id: &RefundId,
    decision: Decision,
    (actor, line): (&Actor, &AuditLine),
) -> Result<(Payment, Refund), NotDecided> {
    for _ in 0..MOST_CONFLICTS {
        let now = context.now();
        let step = match decision {
            Decision::Approve => {
                let wallet = context.store().ledger().wallet(&payment.reference.user).await?;
                payment.clone().refund_approved(id, &wallet, now)?
            }
            Decision::Refuse => payment.clone().refund_refused(id, actor.clone(), now)?,
        };
        fail_point::here("before-refund-decided");
        let transaction = Transaction::<Payment>::of(step).decided(id).audited(line.clone());
        payment = match Box::pin(context.store().commit(transaction, now)).await {
            Ok(decided) => return done(context, decided, id, decision).await,
            Err(NotCommitted::Changed) => newest(context, &payment).await?,
            Err(error) => return Err(Unsettled::from(error).into()),
        };
    }
    Err(Unsettled::Changed.into())
}

async fn done(
    context: &Context,
    payment: Payment,
    id: &RefundId,
    decision: Decision,
) -> Result<(Payment, Refund), NotDecided> {
    fail_point::here("after-refund-decided");
    let refund = payment.refund_by(id).cloned().ok_or(NotDecidable::Unknown)?;
    telemetry::count_class("Refunds", refund.status.as_str(), 1);
    if decision == Decision::Approve {
        queue(context, &payment.reference).await;
    }
    Ok((payment, refund))
}
