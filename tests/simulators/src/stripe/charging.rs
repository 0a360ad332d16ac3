//! Attempts to get the money of a payment intent.

use super::{
    charge::{Charge, Progress},
    decline::Decline,
    event::Change,
    id,
    intent::Status,
    transaction::Reason,
    world::World,
};

impl World {
    /// Charges a payment method for an intent. Returns the changes, whose events the caller sends.
    pub fn attempt(&mut self, intent: &str, method: &str, progress: Progress, now: i64) -> Vec<Change> {
        let Some((intent, method)) = self.intents.get(intent).cloned().zip(self.methods.get(method).cloned()) else {
            return vec![];
        };
        let charge = self.charges.add(Charge {
            id: id::object("ch"),
            created: now,
            amount: intent.amount,
            amount_refunded: 0,
            currency: intent.currency,
            intent: intent.id.clone(),
            customer: intent.customer.clone(),
            description: intent.description.clone(),
            metadata: intent.metadata.clone(),
            method: method.id.clone(),
            method_details: method.details(),
            billing: method.billing(),
            progress: Progress::Pending,
            transaction: None,
            is_disputed: false,
        });
        if let Some(intent) = self.intents.get_mut(&intent.id) {
            intent.method = Some(method.id);
            intent.latest_charge = Some(charge.clone());
            intent.status = Status::Processing;
        }
        match progress {
            Progress::Pending => {
                vec![Change::new("charge.pending", &charge), Change::new("payment_intent.processing", &intent.id)]
            }
            Progress::Succeeded => self.succeed(&intent.id, now),
            Progress::Failed(decline) => self.fail(&intent.id, decline),
        }
    }

    /// A bank answers days after an asynchronous payment.
    pub fn settle(&mut self, intent: &str, pays: bool, now: i64) {
        let Some(found) = self.intents.get(intent) else { return };
        let (reference, session) = (found.reference.clone(), found.session.clone());
        let (mut changes, kind) = if pays {
            (self.succeed(intent, now), "checkout.session.async_payment_succeeded")
        } else {
            (self.fail(intent, Decline::BankAccount), "checkout.session.async_payment_failed")
        };
        if let Some(session) = session.and_then(|session| self.sessions.get_mut(&session)) {
            session.is_paid = pays;
            changes.push(Change::new(kind, &session.id));
        }
        self.emit(&reference, &changes, now);
    }

    fn succeed(&mut self, intent: &str, now: i64) -> Vec<Change> {
        let Some(charge) = self.latest_charge(intent).cloned() else { return vec![] };
        let transaction = self.book(Reason::Charge, &charge, charge.amount, &charge.id, now);
        if let Some(charge) = self.charges.get_mut(&charge.id) {
            charge.progress = Progress::Succeeded;
            charge.transaction = Some(transaction);
        }
        if let Some(intent) = self.intents.get_mut(intent) {
            intent.status = Status::Succeeded;
            intent.error = None;
        }
        vec![Change::new("charge.succeeded", &charge.id), Change::new("payment_intent.succeeded", intent)]
    }

    fn fail(&mut self, intent: &str, decline: Decline) -> Vec<Change> {
        let Some(charge) = self.latest_charge(intent).cloned() else { return vec![] };
        if let Some(charge) = self.charges.get_mut(&charge.id) {
            charge.progress = Progress::Failed(decline);
        }
        let method = self.json_of(&charge.method).unwrap_or_default();
        if let Some(intent) = self.intents.get_mut(intent) {
            intent.status = Status::RequiresPaymentMethod;
            intent.method = None;
            intent.error = Some(decline.error(&charge.id, &method));
        }
        vec![Change::new("charge.failed", &charge.id), Change::new("payment_intent.payment_failed", intent)]
    }

    fn latest_charge(&self, intent: &str) -> Option<&Charge> {
        self.charges.get(self.intents.get(intent)?.latest_charge.as_deref()?)
    }
}
