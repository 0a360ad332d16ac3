//! The movements of money that belong to a payment's transitions.

use super::{Payment, PaymentEvent, PaymentTimelineItem};
use crate::{
    Actor, Credits, Timestamp, UserId,
    ledger::{Cause, Entry, EntryKind, Movement, Subject},
};

/// Who credits payments.
const ACTOR: &str = "payments";

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
            let (credits, seq) = (Some(entry.amount), Some(entry.seq));
            let event = PaymentEvent::Credited;
            self.timeline.push(PaymentTimelineItem { at: entry.at, event, credits, entry: seq });
        }
        self
    }
}

impl Payment {
    /// The movement that credits settled money.
    pub(super) fn top_up(&self, credits: Credits) -> Movement {
        let cause = Cause::Payment { payment_id: self.reference.payment.clone() };
        Movement::new(EntryKind::TopUp, credits, cause, Actor::system(ACTOR))
    }
}

impl PaymentTimelineItem {
    /// An event without a movement of money.
    pub(super) const fn plain(at: Timestamp, event: PaymentEvent) -> Self {
        Self { at, event, credits: None, entry: None }
    }
}
