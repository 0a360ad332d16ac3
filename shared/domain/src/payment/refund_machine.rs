//! The transitions of a payment's refunds.
//!
//! The credits leave the wallet when a refund is asked for, so that they can't be spent meanwhile. They come back if a
//! person of the staff refuses it, or if the gateway says that it failed. Nothing else brings them back: a gateway that
//! does not answer may have paid.

use super::{
    CoinAddress, NotRefundable, Payment, PaymentEvent, PaymentTimelineItem, Refund, RefundFault, RefundReason,
    RefundReport, RefundReported, RefundStatus, Step, step::ACTOR,
};
use crate::{
    Actor, Credits, RefundId, Timestamp,
    ledger::{EntryKind, Step as LedgerStep, Wallet},
    payment::Minor,
    policy::PayoutRule,
};
use thiserror::Error;

/// A refund to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRefund {
    /// Its identifier.
    pub id: RefundId,
    /// The credits to refund.
    pub credits: Credits,
    /// Where coins go, as the customer confirmed it.
    pub address: Option<CoinAddress>,
    /// Why, for the person who decides.
    pub reason: Option<RefundReason>,
    /// Who asks for it.
    pub actor: Actor,
}

/// Why nobody can approve or refuse a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotDecidable {
    /// The payment has no such refund.
    #[error("the payment has no such refund")]
    Unknown,
    /// The customer's bank asks for the money of the payment. It can only be refused.
    #[error("the payment is disputed")]
    Disputed,
    /// The customer owes money after a dispute. It can only be refused.
    #[error("the customer owes {owed} credits")]
    Owes {
        /// How much.
        owed: Credits,
    },
    /// It awaits no approval.
    #[error("the refund is {}", .status.as_str())]
    WrongStatus {
        /// Its status.
        status: RefundStatus,
    },
}

/// What a report about a refund changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundSettlement {
    /// The next state and its movement.
    pub step: Step,
    /// What a person must look at, if anything. The refund notes it, so later reports do not repeat it.
    pub fault: Option<RefundFault>,
}

impl Payment {
    /// Asks for a refund. The credits leave the wallet in this step.
    ///
    /// `wallet` and `newer` are those of [`Payment::refundable`]. If the wallet has less of the customer's own money by
    /// then, the ledger refuses the movement. The payment's version refuses a second refund at the same time.
    pub fn refund(
        mut self,
        new: NewRefund,
        wallet: &Wallet,
        newer: &[Credits],
        now: Timestamp,
    ) -> Result<Step, NotRefundable> {
        let NewRefund { id, credits, address, reason, actor } = new;
        let possible = self.refundable(wallet, newer, now)?;
        // An address on another network can't receive these coins.
        if address.as_ref().map(|address| address.network) != self.method.network() {
            return Err(NotRefundable::AddressNeeded);
        }
        if credits > possible {
            return Err(NotRefundable::TooMuch { possible });
        }
        let amount = self.amount_of(credits);
        if !credits.is_positive() || amount.minor == Minor::ZERO {
            return Err(NotRefundable::TooLittle);
        }
        let needs_approval = self.needs_approval(credits);
        self.refunds.push(Refund {
            id,
            credits,
            amount,
            address,
            status: if needs_approval { RefundStatus::AwaitingApproval } else { RefundStatus::Requested },
            gateway_refund: None,
            reason,
            created_at: now,
            approved_at: None,
            tried: None,
            completed_at: None,
            fault: None,
        });
        let movement = self.payout(EntryKind::Refund, credits, PayoutRule::PaymentRefund, actor);
        Ok(Step { movement: Some(movement), ..self.refunds_changed(now) })
    }

    /// A person of the staff approves a refund. A worker sends it to the gateway then.
    pub fn refund_approved(mut self, id: &RefundId, wallet: &Wallet, now: Timestamp) -> Result<Step, NotDecidable> {
        let place = self.awaiting_approval(id)?;
        if self.is_disputed() {
            return Err(NotDecidable::Disputed);
        }
        if wallet.owed.is_positive() {
            return Err(NotDecidable::Owes { owed: wallet.owed });
        }
        self.refunds[place].approved_at = Some(now);
        Ok(self.refund_moved(place, RefundStatus::Requested, now))
    }

    /// A person of the staff refuses a refund. The credits come back.
    pub fn refund_refused(self, id: &RefundId, actor: Actor, now: Timestamp) -> Result<Step, NotDecidable> {
        let place = self.awaiting_approval(id)?;
        Ok(self.refund_returned(place, RefundStatus::Refused, actor, now))
    }

    /// Applies what the gateway says about a refund; `None` if that changes nothing.
    ///
    /// A report about another refund of the gateway than the one that was noted changes nothing either.
    pub fn refund_reported(mut self, id: &RefundId, report: &RefundReport, now: Timestamp) -> Option<RefundSettlement> {
        let place = self.refunds.iter().position(|refund| refund.id == *id)?;
        let refund = &mut self.refunds[place];
        let noted = refund.gateway_refund.clone().or_else(|| report.gateway_refund.clone());
        if report.gateway_refund.is_some() && report.gateway_refund != noted {
            return None;
        }
        let next = refund.next_status(report.state);
        let fault = refund.fault_in(report.state, now).filter(|fault| refund.fault != Some(*fault));
        let is_open = refund.status.is_open();
        let is_news = next.is_some() || fault.is_some() || is_open && refund.gateway_refund != noted;
        if !is_news {
            return (is_open && self.is_due(now)).then(|| RefundSettlement { step: self.looked(now), fault: None });
        }
        refund.gateway_refund = noted;
        refund.fault = fault.or(refund.fault);
        let step = match next {
            None => self.refunds_changed(now),
            Some(RefundStatus::Failed) => self.refund_returned(place, RefundStatus::Failed, Actor::system(ACTOR), now),
            Some(status) => self.refund_moved(place, status, now),
        };
        Some(RefundSettlement { step, fault })
    }

    fn awaiting_approval(&self, id: &RefundId) -> Result<usize, NotDecidable> {
        let place = self.refunds.iter().position(|refund| refund.id == *id).ok_or(NotDecidable::Unknown)?;
        match self.refunds[place].status {
            RefundStatus::AwaitingApproval => Ok(place),
            status => Err(NotDecidable::WrongStatus { status }),
        }
    }

    /// The step of a refund that gets this status without a movement of money.
    fn refund_moved(mut self, place: usize, status: RefundStatus, now: Timestamp) -> Step {
        self.refunds[place].enter(status, now);
        if let Some(event) = PaymentEvent::of_refund(status) {
            let refund = Some(self.refunds[place].id.clone());
            self.timeline.push(PaymentTimelineItem { refund, ..PaymentTimelineItem::plain(now, event) });
        }
        self.refunds_changed(now)
    }

    /// The step of a refund that ends with its credits back in the wallet.
    fn refund_returned(mut self, place: usize, status: RefundStatus, actor: Actor, now: Timestamp) -> Step {
        self.refunds[place].enter(status, now);
        let is_refused = status == RefundStatus::Refused;
        let rule = if is_refused { PayoutRule::RefundRefused } else { PayoutRule::RefundFailed };
        let movement = self.payout(EntryKind::RefundReturn, self.refunds[place].credits, rule, actor);
        Step { movement: Some(movement), ..self.refunds_changed(now) }
    }

    /// A step without a movement, with the status and the next look that follow from the refunds.
    fn refunds_changed(mut self, now: Timestamp) -> Step {
        self.status = self.paid_status();
        LedgerStep::free(self.looked(now).subject)
    }
}

impl Refund {
    fn enter(&mut self, status: RefundStatus, now: Timestamp) {
        self.status = status;
        self.completed_at = status.is_final().then_some(now);
        self.reason = self.reason.take().filter(|_| !status.is_final());
    }

    /// The status after a report; `None` if it stays. A final status never changes. A gateway pays out again once it
    /// has the customer's bank account, so `pending` may follow `needs_attention`.
    fn next_status(&self, reported: RefundReported) -> Option<RefundStatus> {
        let next = reported.status()?;
        let is_possible = match self.status {
            // It was not sent, so a failure is not about it.
            RefundStatus::AwaitingApproval => next != RefundStatus::Failed,
            RefundStatus::Requested | RefundStatus::Pending | RefundStatus::NeedsAttention => next != self.status,
            RefundStatus::Processed | RefundStatus::Failed | RefundStatus::Refused => false,
        };
        is_possible.then_some(next)
    }

    fn fault_in(&self, reported: RefundReported, now: Timestamp) -> Option<RefundFault> {
        match (self.status, reported) {
            (RefundStatus::Failed | RefundStatus::Refused, RefundReported::Processed) => {
                Some(RefundFault::PaidAfterReturn)
            }
            (RefundStatus::Processed, RefundReported::Failed) => Some(RefundFault::FailedAfterPaid),
            (RefundStatus::AwaitingApproval, RefundReported::Unknown | RefundReported::Failed) => None,
            (RefundStatus::AwaitingApproval, _) => Some(RefundFault::NotApproved),
            (_, RefundReported::Processed | RefundReported::Failed) => None,
            _ => self.is_overdue(now).then_some(RefundFault::Overdue),
        }
    }
}
