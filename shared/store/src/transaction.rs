//! What goes into one transaction: a subject's next version, the money that moves with it, and what makes both happen once.

use crate::{Claim, IdempotencyKey, Replay, Store, StoreError};
use aws_sdk_dynamodb::types::Put;
use domain::{
    UserId,
    ledger::{Entry, LedgerError, Movement, Step, Subject, Wallet},
};
use std::{convert::Infallible, future::Future};
use thiserror::Error;

/// A subject that [`Store::commit`] stores.
pub trait Versioned: Subject + Send + Sync {
    /// What an idempotency record remembers of it: its identifier.
    fn made(&self) -> String;

    /// The write of this version over the one before; `None` for a subject that is nothing but its money.
    fn put(&self, store: &Store) -> Result<Option<Put>, StoreError>;

    /// The subject as it is stored now, by a strong read.
    fn stored(&self, store: &Store) -> impl Future<Output = Result<Option<Self>, StoreError>> + Send;

    /// Whether what is stored came of the write of `self`, perhaps with later writes on top of it. `moved_money` says whether
    /// an entry went with that write. Where it can't be told, it did not.
    fn came_of(stored: &Self, written: &Self, moved_money: bool) -> bool;
}

/// A movement that belongs to nothing that is stored: an operator's correction. It is its own subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alone {
    owner: UserId,
    entry: u64,
}

impl Alone {
    /// A step that only moves money in this customer's wallet. It goes with an idempotency key, for nothing else would keep
    /// it from happening twice.
    pub const fn step(owner: UserId, movement: Movement) -> Step<Self> {
        Step::with(Self { owner, entry: 0 }, movement)
    }
}

impl Subject for Alone {
    fn owner(&self) -> &UserId {
        &self.owner
    }

    fn version(&self) -> u64 {
        0
    }

    fn written_with(self, entry: Option<&Entry>) -> Self {
        Self { entry: entry.map_or(0, |entry| entry.seq), ..self }
    }
}

impl Versioned for Alone {
    fn made(&self) -> String {
        format!("entry {}", self.entry)
    }

    fn put(&self, _store: &Store) -> Result<Option<Put>, StoreError> {
        Ok(None)
    }

    async fn stored(&self, _store: &Store) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }

    fn came_of(_stored: &Self, _written: &Self, _moved_money: bool) -> bool {
        false
    }
}

/// A rule that the wallet has to keep for the movement to happen. It is judged on the very wallet that the money moves in, under
/// the same condition, so that no race passes it.
type Rule<'a, R> = Box<dyn Fn(&Wallet) -> Result<(), R> + Send + Sync + 'a>;

/// A subject's next version and what goes with it into one transaction. `R` is what its rule refuses with.
pub struct Transaction<'a, S, R = Infallible> {
    pub(crate) step: Step<S>,
    pub(crate) idempotency: Option<&'a IdempotencyKey>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) wallet: Option<Wallet>,
    pub(crate) rule: Option<Rule<'a, R>>,
}

impl<'a, S: Versioned> Transaction<'a, S> {
    /// A step, and nothing else.
    pub const fn of(step: Step<S>) -> Self {
        Self { step, idempotency: None, claims: Vec::new(), wallet: None, rule: None }
    }

    /// Under a rule that the wallet has to keep.
    #[must_use]
    pub fn under<R>(self, rule: impl Fn(&Wallet) -> Result<(), R> + Send + Sync + 'a) -> Transaction<'a, S, R> {
        let Self { step, idempotency, claims, wallet, rule: _ } = self;
        Transaction { step, idempotency, claims, wallet, rule: Some(Box::new(rule)) }
    }
}

impl<'a, S: Versioned, R> Transaction<'a, S, R> {
    /// Once for this key: the same request can't do it twice.
    #[must_use]
    pub fn once_for(self, key: &'a IdempotencyKey) -> Self {
        Self { idempotency: Some(key), ..self }
    }

    /// Together with this claim.
    #[must_use]
    pub fn claiming(mut self, claim: Claim) -> Self {
        self.claims.push(claim);
        self
    }

    /// On the wallet as it was read a moment ago, which saves a read; `None` reads it.
    #[must_use]
    pub fn on(self, wallet: Option<Wallet>) -> Self {
        Self { wallet, ..self }
    }
}

/// Why nothing was written. `R` is what the transaction's rule refuses with.
#[derive(Debug, Error)]
pub enum NotCommitted<R = Infallible> {
    /// The key was used before.
    #[error("the idempotency key was used before")]
    Replayed(Replay),
    /// The subject is no longer as it was read: read it again and decide anew.
    #[error("the subject changed meanwhile")]
    Changed,
    /// What was claimed has an owner.
    #[error("what was claimed has an owner")]
    Claimed,
    /// The ledger refuses the movement.
    #[error(transparent)]
    Ledger(LedgerError),
    /// The transaction's rule refuses.
    #[error("the rule of the transaction refuses")]
    Rule(R),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
