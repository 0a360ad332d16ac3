//! The simulator's state. One lock protects it, and nothing waits while holding it.

use super::{
    delivery::{Deliveries, Delivery, Outgoing},
    event::Event,
    invoice::Invoice,
    payout::Payout,
    plan::{self, Moment, Planned},
    rates::Rates,
    refund::PullPayment,
    webhook::Webhook,
    wire::seconds,
};
use crate::{clock, journal::Journal};
use serde_json::json;
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// How long a confirmation takes by default, in seconds.
const CONFIRM_S: i64 = 2;

/// The state, and what never changes.
#[derive(Clone)]
pub struct Shared {
    /// The server's own address.
    pub url: Arc<str>,
    /// The only API key, and the only store.
    pub key: Arc<str>,
    pub store: Arc<str>,
    world: Arc<Mutex<World>>,
}

/// What a reset forgets.
pub struct World {
    store: Arc<str>,
    /// Oldest first.
    pub invoices: Vec<Invoice>,
    pub pull_payments: Vec<PullPayment>,
    pub payouts: Vec<Payout>,
    pub rates: Rates,
    pub webhooks: Vec<Webhook>,
    /// The webhook that the control API made.
    pub control_webhook: Option<String>,
    pub deliveries: Deliveries,
    pub plans: Vec<Planned>,
    pub calls: Journal,
    /// Whether every call is answered 503.
    pub down: bool,
    pub offset_s: i64,
    /// How long a confirmation takes.
    pub confirm_s: i64,
}

impl Shared {
    /// New state.
    pub fn new(url: &str, key: &str, store: &str) -> Self {
        let world = World::new(store.into());
        Self { url: url.into(), key: key.into(), store: store.into(), world: Arc::new(Mutex::new(world)) }
    }

    /// The state, locked, with everything done that happened until now.
    pub fn lock(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.advance();
        world
    }
}

impl World {
    fn new(store: Arc<str>) -> Self {
        Self {
            store,
            invoices: Vec::new(),
            pull_payments: Vec::new(),
            payouts: Vec::new(),
            rates: Rates::default(),
            webhooks: Vec::new(),
            control_webhook: None,
            deliveries: Deliveries::default(),
            plans: Vec::new(),
            calls: Journal::default(),
            down: false,
            offset_s: 0,
            confirm_s: CONFIRM_S,
        }
    }

    /// Forgets everything.
    pub fn reset(&mut self) {
        *self = Self::new(self.store.clone());
    }

    /// The simulator's time, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        clock::real_ms() + self.offset_s * 1000
    }

    /// An invoice.
    pub fn invoice(&self, id: &str) -> Option<&Invoice> {
        self.invoices.iter().find(|invoice| invoice.id == id)
    }

    /// The newest invoice with a reference of the merchant.
    pub fn newest(&self, reference: &str) -> Option<&Invoice> {
        self.invoices.iter().rev().find(|invoice| invoice.order_id().as_deref() == Some(reference))
    }

    /// Changes an invoice, and sends the events of the change.
    pub fn change(&mut self, id: &str, change: impl FnOnce(&mut Invoice, i64) -> Vec<Event>) -> bool {
        let now = self.now_ms();
        let Some(at) = self.invoices.iter().position(|invoice| invoice.id == id) else { return false };
        let events = change(&mut self.invoices[at], now);
        self.send(at, events);
        true
    }

    /// Adds a new invoice.
    pub fn add(&mut self, mut invoice: Invoice) {
        let events = invoice.start();
        self.invoices.push(invoice);
        self.send(self.invoices.len() - 1, events);
    }

    /// Takes a fault that is planned for a moment and any of these references.
    pub fn fault(&mut self, moment: Moment, references: &[String]) -> Option<Planned> {
        plan::take(&mut self.plans, moment, references, None)
    }

    /// Takes the deliveries that are due.
    pub fn take_due(&mut self) -> Vec<Outgoing> {
        let now = self.now_ms();
        self.deliveries.take_due(&self.webhooks, now)
    }

    /// Notes the answer to a delivery.
    pub fn note_delivery(&mut self, message: u64, delivery: Delivery) {
        let now = self.now_ms();
        let webhook = self.deliveries.all().iter().find(|other| other.id == message).map(|message| &message.webhook);
        let redelivers = self.webhooks.iter().any(|other| Some(&other.id) == webhook && other.redelivers);
        self.deliveries.note(message, delivery, redelivers, now);
    }

    fn advance(&mut self) {
        let now = self.now_ms();
        for at in 0..self.invoices.len() {
            let events = self.invoices[at].advance(now);
            self.send(at, events);
        }
    }

    /// Queues the events of an invoice for all webhooks that want them.
    fn send(&mut self, at: usize, events: Vec<Event>) {
        let invoice = &self.invoices[at];
        let reference = invoice.order_id();
        let references: Vec<_> = reference.clone().into_iter().collect();
        for event in events {
            for webhook in self.webhooks.iter().filter(|webhook| webhook.wants(event.kind)) {
                let mut content = event.fields.clone();
                for (name, value) in [
                    ("timestamp", json!(seconds(event.at_ms))),
                    ("storeId", json!(*self.store)),
                    ("invoiceId", json!(invoice.id)),
                    ("metadata", json!(invoice.metadata)),
                ] {
                    content.insert(name.to_owned(), value);
                }
                let plan = plan::take(&mut self.plans, Moment::Webhook, &references, Some(event.kind));
                let about = reference.as_ref().unwrap_or(&invoice.id);
                self.deliveries.queue(webhook, about, &event, content, plan.as_ref());
            }
        }
    }
}

/// Waits, for answers that are late.
#[expect(clippy::disallowed_methods, reason = "late answers are what is simulated")]
pub async fn pause(seconds: i64) {
    tokio::time::sleep(Duration::from_secs(seconds.unsigned_abs())).await;
}
