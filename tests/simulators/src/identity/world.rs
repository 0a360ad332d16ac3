//! The simulator's state. One lock protects it, and nothing waits while holding it.

use super::{
    client::Client,
    grant::Grants,
    keys::Keys,
    person::{self, Person},
    plan::{Approval, Planned},
};
use crate::{clock, journal::Journal};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The state, and what never changes.
#[derive(Clone)]
pub struct Shared {
    /// The simulator's own address, and the issuer of its tokens.
    pub issuer: Arc<str>,
    pub client: Arc<Client>,
    world: Arc<Mutex<World>>,
}

/// What a reset forgets.
#[derive(Default)]
pub struct World {
    pub grants: Grants,
    pub keys: Keys,
    pub plans: Vec<Planned>,
    pub approvals: Vec<Approval>,
    pub calls: Journal,
    pub offset_s: i64,
    /// Persons whose address somebody typed.
    typed: Vec<Person>,
}

impl Shared {
    /// New state.
    pub fn new(issuer: &str, client: Client) -> Self {
        Self { issuer: issuer.into(), client: Arc::new(client), world: Arc::default() }
    }

    /// The state, locked.
    pub fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World {
    /// The simulator's time, in milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        clock::real_ms() + self.offset_s * 1000
    }

    /// All persons: the standard ones, then those that were typed, newest last.
    pub fn persons(&self) -> Vec<Person> {
        let standard = person::STANDARD.map(|(email, name)| Person { email: email.into(), name: name.into() });
        standard.into_iter().chain(self.typed.iter().cloned()).collect()
    }

    /// The person with an e-mail address, who gets an account if there is none. A given name replaces the known one.
    pub fn person(&mut self, email: &str, name: Option<&str>) -> Person {
        let known = self.persons().into_iter().find(|person| person.email.eq_ignore_ascii_case(email));
        let known_name = known.as_ref().map(|person| person.name.clone());
        let name = name.map(str::to_owned).or(known_name).unwrap_or_else(|| person::name_from(email));
        let person = Person { email: email.to_owned(), name };
        if !person::STANDARD.iter().any(|(standard, _)| standard.eq_ignore_ascii_case(email)) {
            self.typed.retain(|other| !other.email.eq_ignore_ascii_case(email));
            self.typed.push(person.clone());
        }
        person
    }
}
