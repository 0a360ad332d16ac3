//! The simulator's state. One lock protects it, and nothing waits while holding it.

use super::{
    charge::Charge,
    dispute::Dispute,
    due::Due,
    event::{Change, Event},
    idempotency::Answers,
    intent::Intent,
    method::{Customer, Method},
    plan::{self, Fault, Moment, Planned},
    refund::Refund,
    resource::{Resource, Table},
    session::Session,
    transaction::{Reason, Transaction},
    webhook::{Endpoint, PAUSES},
};
use crate::{clock, journal::Journal, webhooks::Webhooks};
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The state, and what never changes.
#[derive(Clone)]
pub struct Shared {
    /// The simulator's own address, where its pages are.
    pub base: Arc<str>,
    /// The secret key of the account.
    pub key: Arc<str>,
    pub webhooks: Webhooks,
    world: Arc<Mutex<World>>,
}

/// What a reset forgets.
pub struct World {
    pub sessions: Table<Session>,
    pub intents: Table<Intent>,
    pub charges: Table<Charge>,
    pub refunds: Table<Refund>,
    pub disputes: Table<Dispute>,
    pub transactions: Table<Transaction>,
    pub customers: Table<Customer>,
    pub methods: Table<Method>,
    pub events: Table<Event>,
    /// What happens at a later time.
    pub due: Vec<Due>,
    /// Answers by idempotency key.
    pub answers: Answers,
    pub plans: Vec<Planned>,
    pub calls: Journal,
    /// Whether every call is answered 503.
    pub down: bool,
    pub offset_s: i64,
    /// Where events are sent.
    pub endpoint: Option<Endpoint>,
    webhooks: Webhooks,
}

impl Shared {
    /// New state, whose webhooks are sent from now on.
    pub fn new(base: &str, key: &str) -> Self {
        let webhooks = Webhooks::new(PAUSES);
        let world = Arc::new(Mutex::new(World::new(webhooks.clone())));
        let shared = Self { base: base.into(), key: key.into(), webhooks, world };
        let (clock, webhooks) = (shared.clone(), shared.webhooks.clone());
        // The time is asked for all the while, so that sessions expire and debits settle without a call.
        webhooks.run(move || clock.lock().advance());
        shared
    }

    /// The state, locked.
    pub fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World {
    fn new(webhooks: Webhooks) -> Self {
        Self {
            sessions: Table::default(),
            intents: Table::default(),
            charges: Table::default(),
            refunds: Table::default(),
            disputes: Table::default(),
            transactions: Table::default(),
            customers: Table::default(),
            methods: Table::default(),
            events: Table::default(),
            due: Vec::new(),
            answers: Answers::default(),
            plans: Vec::new(),
            calls: Journal::default(),
            down: false,
            offset_s: 0,
            endpoint: None,
            webhooks,
        }
    }

    /// Forgets everything but the endpoint, which is a setting of the account.
    pub fn forget(&mut self) {
        self.webhooks.clear();
        *self = Self { endpoint: self.endpoint.take(), ..Self::new(self.webhooks.clone()) };
    }

    /// The simulator's time, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        clock::real_ms() + self.offset_s * 1_000
    }

    /// The simulator's time, in seconds since 1970.
    pub fn now(&self) -> i64 {
        self.now_ms() / 1_000
    }

    /// Any object, as the API shows it.
    pub fn json_of(&self, id: &str) -> Option<Value> {
        fn shown<T: Resource>(world: &World, id: &str) -> Option<Value> {
            T::table(world).get(id).map(|object| object.json(world.now()))
        }
        shown::<Session>(self, id)
            .or_else(|| shown::<Intent>(self, id))
            .or_else(|| shown::<Charge>(self, id))
            .or_else(|| shown::<Refund>(self, id))
            .or_else(|| shown::<Dispute>(self, id))
            .or_else(|| shown::<Transaction>(self, id))
            .or_else(|| shown::<Customer>(self, id))
            .or_else(|| shown::<Method>(self, id))
    }

    /// The merchant's reference of the payment to which an object belongs.
    pub fn reference_of(&self, id: &str) -> Option<&str> {
        if let Some(session) = self.sessions.get(id) {
            return Some(session.reference());
        }
        let charge = self.charges.get(id).map(|charge| &charge.intent);
        let refund = self.refunds.get(id).map(|refund| &refund.intent);
        let dispute = self.disputes.get(id).map(|dispute| &dispute.intent);
        let intent = charge.or(refund).or(dispute).map_or(id, String::as_str);
        self.intents.get(intent).map(|intent| intent.reference.as_str())
    }

    /// The newest session with a merchant's reference, or with an identifier.
    pub fn session_for(&self, reference: &str) -> Option<&Session> {
        self.sessions.newest().find(|session| session.reference() == reference || session.id == reference)
    }

    /// Moves money. Returns the identifier of the balance transaction.
    pub fn book(&mut self, reason: Reason, source: &Charge, amount: i64, about: &str, now: i64) -> String {
        self.transactions.add(Transaction::new(reason, amount, source.currency, about, now))
    }

    /// Records the events of one change, and sends them. They are about the payment with a reference.
    pub fn emit(&mut self, reference: &str, changes: &[Change], now: i64) {
        let kinds: Vec<_> = changes.iter().map(|change| change.kind).collect();
        let planned = plan::take(&mut self.plans, Moment::Events, &[reference], &kinds);
        for change in changes {
            let Some(object) = self.json_of(&change.object) else { continue };
            let event = Event::new(change, &object, u8::from(self.endpoint.is_some()), now);
            let is_meant = |plan: &&Planned| plan.event.as_deref().is_none_or(|event| event == change.kind);
            self.send((change.kind, reference), event.body(), planned.as_ref().filter(is_meant));
            self.events.add(event);
        }
    }

    fn send(&self, about: (&str, &str), event: &Value, planned: Option<&Planned>) {
        let Some(endpoint) = &self.endpoint else { return };
        let (copies, late_s) = match planned.map(|planned| (planned.fault, planned.seconds)) {
            Some((Fault::WebhookNever, _)) => (0, 0),
            Some((Fault::WebhookTwice, _)) => (2, 0),
            Some((Fault::WebhookLate, seconds)) => (1, seconds),
            _ => (1, 0),
        };
        for _ in 0..copies {
            let compose = endpoint.compose(event, planned.map(|planned| planned.fault));
            self.webhooks.queue(about, &endpoint.url, self.now_ms() + i64::from(late_s) * 1_000, compose);
        }
    }
}
