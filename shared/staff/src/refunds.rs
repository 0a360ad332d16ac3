//! Refunds of payments that await approval: listed, approved, refused.

use crate::{Staff, StaffError, audit};
use billing::{Decision, NotDecided};
use domain::{
    RefundId,
    audit::Action,
    payment::{NotDecidable, Payment, PaymentReference, Refund, RefundStatus},
};
use store::{Cursor, Page, Profile};

/// A refund with its payment.
#[derive(Clone, Debug)]
pub struct PaymentRefund {
    /// The payment.
    pub payment: Payment,
    /// The refund.
    pub refund: Refund,
}

impl Staff<'_> {
    /// A page of the refunds that await approval, oldest first. One that was decided meanwhile is left out.
    pub async fn awaiting_refunds(
        &self,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<PaymentRefund>, StaffError> {
        let store = self.context.store();
        let Page { items, next, read } = store.ledger().awaited_approvals(limit, after).await?;
        let mut found = Vec::new();
        for awaited in items {
            let payment: Option<Payment> = store.record(&awaited.reference.user, &awaited.reference).await?;
            let is_awaiting = |refund: &&Refund| refund.status == RefundStatus::AwaitingApproval;
            found.extend(payment.and_then(|payment| {
                let refund = payment.refund_by(&awaited.refund).filter(is_awaiting)?.clone();
                Some(PaymentRefund { payment, refund })
            }));
        }
        Ok(Page { items: found, next, read })
    }

    /// Approves or refuses a refund. Nobody decides about the own one. The reason stays in the audit trail.
    pub async fn decide_refund(
        &self,
        reference: &PaymentReference,
        id: &RefundId,
        decision: Decision,
        reason: &str,
    ) -> Result<PaymentRefund, StaffError> {
        let payment = self.payment(reference).await?;
        // A deleted account is nobody's.
        if let Some(profile) = self.context.store().record::<Profile>(&reference.user, &()).await? {
            self.may_act_on(&profile)?;
        }
        let (action, after) = match decision {
            Decision::Approve => (Action::RefundApprove, RefundStatus::Requested),
            Decision::Refuse => (Action::RefundRefuse, RefundStatus::Refused),
        };
        let line = self.line(action, id.as_str()).of(&reference.user);
        let line = line.changing(RefundStatus::AwaitingApproval, after).because(Some(reason));
        let decided = billing::decide(self.context, payment, id, decision, (&self.actor, &line)).await;
        let (payment, refund) = decided.map_err(|error| match error {
            NotDecided::NotDecidable(NotDecidable::Unknown) => StaffError::Missing(format!("refund {id}")),
            NotDecided::NotDecidable(NotDecidable::WrongStatus { status }) => StaffError::RefundIs(status),
            NotDecided::NotDecidable(NotDecidable::Disputed) => StaffError::RefundBlocked("payment_disputed"),
            NotDecided::NotDecidable(NotDecidable::Owes { .. }) => StaffError::RefundBlocked("money_owed"),
            NotDecided::Unsettled(error) => error.into(),
        })?;
        audit::log(&line);
        Ok(PaymentRefund { payment, refund })
    }
}
