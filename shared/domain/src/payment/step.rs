//! The movements of money that belong to a payment's transitions.

use super::{Payment, PaymentEvent, PaymentTimelineItem, Refund};
use crate::{
    Actor, Credits, UserId,
    ledger::{Cause, Entry, EntryKind, Movement, Subject},
    policy::PayoutRule,
};

/// Who credits payments, and returns refunds that failed.
pub(super) const ACTOR: &str = "payments";

impl Subject for Payment {
    fn owner(&self) -> &UserId {
        &self.reference.user
    }

    fn version(&self) -> u64 {
        self.version
    }

    fn written_with(mut self, entry: Option<&Entry>) -> Self {
        self.version += 1;
        if let Some(entry) = entry {
            if entry.kind.holds() {
                let holds = self.disputes.iter_mut().flat_map(|dispute| &mut dispute.holds);
                holds.map(|held| &mut held.hold).filter(|hold| hold.entry == 0).for_each(|hold| hold.posted(entry));
            }
            let (credits, seq) = (Some(entry.amount), Some(entry.seq));
            let refund = self.refund_of(entry.kind).map(|refund| refund.id.clone());
            let event = PaymentEvent::of(entry);
            self.timeline.push(PaymentTimelineItem { at: entry.at, event, credits, entry: seq, refund });
        }
        self
    }
}

impl Payment {
    /// The movement that credits settled money.
    pub(super) fn top_up(&self, credits: Credits) -> Movement {
        Movement::new(EntryKind::TopUp, credits, self.cause(), Actor::system(ACTOR))
    }

    /// The movement that takes the credits of a refund out of the wallet, or brings them back.
    pub(super) fn payout(&self, kind: EntryKind, credits: Credits, rule: PayoutRule, actor: Actor) -> Movement {
        Movement { rule: Some(rule.id()), ..Movement::new(kind, credits, self.cause(), actor) }
    }

    pub(super) fn cause(&self) -> Cause {
        Cause::Payment { payment_id: self.reference.payment.clone() }
    }

    /// The refund to which the newest movement of this kind belongs. The timeline has no line of it yet.
    fn refund_of(&self, kind: EntryKind) -> Option<&Refund> {
        let has_line = |refund: &Refund, events: &[PaymentEvent]| {
            self.timeline.iter().any(|item| item.refund.as_ref() == Some(&refund.id) && events.contains(&item.event))
        };
        let (is_returned, events): (_, &[_]) = match kind {
            EntryKind::Refund => (false, &[PaymentEvent::RefundRequested]),
            EntryKind::RefundReturn => (true, &[PaymentEvent::RefundFailed, PaymentEvent::RefundRefused]),
            _ => return None,
        };
        self.refunds.iter().find(|refund| refund.status.is_returned() == is_returned && !has_line(refund, events))
    }
}
