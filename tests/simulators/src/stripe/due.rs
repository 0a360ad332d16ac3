//! What happens as time passes: sessions expire, banks answer, refunds end.

use super::{event::Change, intent, refund::Status, session, transaction::Reason, world::World};
use serde_json::json;

/// Something that happens at a later time.
#[derive(Clone, Debug)]
pub struct Due {
    /// In seconds since 1970.
    pub at: i64,
    pub what: What,
}

/// What happens.
#[derive(Clone, Debug)]
pub enum What {
    /// A session expires.
    Expire(String),
    /// A bank pays the charge of an intent, or declines it.
    Settle { intent: String, pays: bool },
    /// A refund ends.
    EndRefund { refund: String, as_status: Status },
}

impl World {
    /// Does what is due, oldest first. Returns the time in milliseconds.
    pub fn advance(&mut self) -> i64 {
        let now = self.now();
        while let Some(due) = self.take_due(now) {
            match due.what {
                What::Expire(session) => self.expire(&session, due.at),
                What::Settle { intent, pays } => self.settle(&intent, pays, due.at),
                What::EndRefund { refund, as_status } => self.end_refund(&refund, as_status, due.at),
            }
        }
        self.now_ms()
    }

    fn take_due(&mut self, now: i64) -> Option<Due> {
        let open = self.sessions.oldest().filter(|session| session.status == session::Status::Open);
        let expiring = open.min_by_key(|session| session.order.expires_at);
        let expiring = expiring.map(|session| (session.order.expires_at, session.id.clone()));
        let first = (0..self.due.len()).min_by_key(|at| self.due[*at].at);
        let planned_at = first.map_or(i64::MAX, |first| self.due[first].at);
        match expiring {
            Some((at, session)) if at < planned_at => (at <= now).then_some(Due { at, what: What::Expire(session) }),
            _ => first.filter(|_| planned_at <= now).map(|first| self.due.remove(first)),
        }
    }

    /// Expires an open session, and cancels its payment intent.
    pub fn expire(&mut self, id: &str, now: i64) {
        let Some(session) = self.sessions.get_mut(id) else { return };
        session.status = session::Status::Expired;
        let (reference, intent) = (session.reference().to_owned(), session.intent.clone());
        let mut changes = vec![];
        if let Some(intent) = intent.and_then(|intent| self.intents.get_mut(&intent)) {
            intent.status = intent::Status::Canceled;
            intent.canceled_at = Some(now);
            changes.push(Change::new("payment_intent.canceled", &intent.id));
        }
        changes.push(Change::new("checkout.session.expired", id));
        self.emit(&reference, &changes, now);
    }

    /// Ends a refund. If it fails, the money comes back to the account.
    fn end_refund(&mut self, id: &str, status: Status, now: i64) {
        let Some(refund) = self.refunds.get_mut(id) else { return };
        let before = json!({ "status": refund.status.name() });
        refund.status = status;
        let refund = refund.clone();
        let mut changes =
            vec![Change::from("refund.updated", id, before.clone()), Change::from("charge.refund.updated", id, before)];
        if status == Status::Failed {
            if let Some(charge) = self.charges.get_mut(&refund.charge) {
                charge.amount_refunded -= refund.amount;
                let charge = charge.clone();
                let transaction = self.book(Reason::RefundFailure, &charge, refund.amount, id, now);
                if let Some(refund) = self.refunds.get_mut(id) {
                    refund.failure_transaction = Some(transaction);
                }
            }
            changes.push(Change::new("refund.failed", id));
        }
        let reference = self.reference_of(id).unwrap_or_default().to_owned();
        self.emit(&reference, &changes, now);
    }
}
