//! The simulator's state. One lock protects it, and nothing waits while holding it.

use super::{
    codes,
    customer::Customer,
    dispute::Dispute,
    events::{self, Target},
    means::Authorization,
    pay::Due,
    plan::Planned,
    refund::Refund,
    transaction::{Asked, State, Transaction},
};
use crate::{clock, journal::Journal, webhooks::Webhooks};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Numbers begin above this, because Paystack's no longer fit into 32 bits.
const LEAST_ID: u64 = u32::MAX as u64;

/// The state, and what never changes.
#[derive(Clone)]
pub struct Shared {
    /// The simulator's own address.
    pub url: Arc<str>,
    /// The secret key.
    pub key: Arc<str>,
    pub webhooks: Webhooks,
    world: Arc<Mutex<World>>,
}

pub struct World {
    pub transactions: BTreeMap<u64, Transaction>,
    pub refunds: BTreeMap<u64, Refund>,
    pub disputes: BTreeMap<u64, Dispute>,
    pub customers: BTreeMap<u64, Customer>,
    /// Payments that happen later.
    pub due: Vec<Due>,
    pub plans: Vec<Planned>,
    pub calls: Journal,
    /// Whether every call is answered 503.
    pub down: bool,
    pub offset_s: i64,
    /// Where webhooks go.
    pub target: Option<Target>,
    pub webhooks: Webhooks,
    key: Arc<str>,
    last_id: u64,
}

impl Shared {
    /// New state that numbers its objects from the time of the start.
    pub fn new(url: &str, key: &str, started_ms: i64) -> Self {
        let (key, webhooks) = (Arc::from(key), Webhooks::new(events::PAUSES));
        let world =
            World::new(Arc::clone(&key), webhooks.clone(), u64::try_from(started_ms).unwrap_or(0).max(LEAST_ID));
        Self { url: url.into(), key, webhooks, world: Arc::new(Mutex::new(world)) }
    }

    /// The state, locked.
    pub fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state, locked, after everything that was due has happened.
    pub fn current(&self) -> MutexGuard<'_, World> {
        let mut world = self.lock();
        world.tick();
        world
    }

    /// Sends webhooks for ever. Their loop asks for the time, so refunds go on in it, too.
    pub fn run(&self) {
        let shared = self.clone();
        self.webhooks.run(move || shared.current().now_ms());
    }
}

impl World {
    fn new(key: Arc<str>, webhooks: Webhooks, last_id: u64) -> Self {
        Self {
            transactions: BTreeMap::new(),
            refunds: BTreeMap::new(),
            disputes: BTreeMap::new(),
            customers: BTreeMap::new(),
            due: Vec::new(),
            plans: Vec::new(),
            calls: Journal::default(),
            down: false,
            offset_s: 0,
            target: None,
            webhooks,
            key,
            last_id,
        }
    }

    /// Forgets everything but the address of the webhooks, a setting of the merchant, and the last number: none is used
    /// again.
    pub fn forget(&mut self) {
        self.webhooks.clear();
        let target = self.target.take();
        *self = Self { target, ..Self::new(Arc::clone(&self.key), self.webhooks.clone(), self.last_id) };
    }

    /// The simulator's time, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        clock::real_ms() + self.offset_s * 1000
    }

    /// The environment that the key belongs to.
    pub fn domain(&self) -> &'static str {
        if self.key.starts_with("sk_live_") { "live" } else { "test" }
    }

    /// The key that webhooks are signed with, unless the control API gave another one.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The number of a new object.
    pub fn new_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// The customer with an e-mail address, who is made if there is none.
    pub fn customer_of(&mut self, email: &str) -> u64 {
        let known = self.customers.values().find(|customer| customer.email.eq_ignore_ascii_case(email));
        if let Some(customer) = known {
            return customer.id;
        }
        let (id, created_ms) = (self.new_id(), self.now_ms());
        let (code, email) = (codes::random("CUS_", 15), email.to_lowercase());
        let customer = Customer { id, code, email, first_name: None, last_name: None, phone: None, created_ms };
        self.customers.insert(id, customer);
        id
    }

    pub fn customer(&self, id: u64) -> Option<&Customer> {
        self.customers.get(&id)
    }

    /// Makes a transaction; returns its number. `None` if the reference was used before.
    pub fn open(&mut self, asked: Asked) -> Option<u64> {
        if self.by_reference(&asked.reference).is_some() {
            return None;
        }
        let (id, now) = (self.new_id(), self.now_ms());
        self.transactions.insert(id, Transaction::new(id, codes::random("", 15), asked, now));
        Some(id)
    }

    pub fn by_reference(&self, reference: &str) -> Option<&Transaction> {
        self.transactions.values().find(|transaction| transaction.asked.reference == reference)
    }

    /// The newest payment that left this authorization, with it.
    pub fn saved(&self, code: &str) -> Option<(&Transaction, &Authorization)> {
        let all = self.transactions.values().rev();
        let mut left = all.filter_map(|one| one.authorization.as_ref().map(|authorization| (one, authorization)));
        left.find(|(_, authorization)| authorization.code == code)
    }

    /// The refunds of a transaction, oldest first.
    pub fn refunds_of(&self, transaction: u64) -> impl Iterator<Item = &Refund> {
        self.refunds.values().filter(move |refund| refund.transaction == transaction)
    }

    /// What is or will be refunded of a transaction.
    pub fn refunded(&self, transaction: u64) -> i64 {
        self.refunds_of(transaction).filter(|refund| refund.counts()).map(|refund| refund.amount).sum()
    }

    /// The status as Paystack shows it. While a refund is open, a payment is not `success`.
    pub fn status(&self, transaction: &Transaction) -> &'static str {
        match transaction.state {
            State::Abandoned => "abandoned",
            State::Failed => "failed",
            State::Pending => "pending",
            State::Reversed => "reversed",
            State::Paid if self.refunds_of(transaction.id).any(Refund::is_open) => "reversal-pending",
            State::Paid if self.refunded(transaction.id) >= transaction.amount => "reversed",
            State::Paid => "success",
        }
    }
}
