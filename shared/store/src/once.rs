//! Requests that make or change a record once for their idempotency key.

use crate::{IdempotencyKey, NotCommitted, Record, Replay, Store, StoreError, Stored};
use domain::{Timestamp, UserId};
use std::{future::Future, str::FromStr};
use thiserror::Error;

/// A record that a request made or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done<S> {
    /// By this request.
    Now(S),
    /// By an earlier request with the same key; contains the current record.
    Before(S),
}

/// Why a request had no effect. `E` is the error of the use case.
#[derive(Debug)]
pub enum Declined<E> {
    /// The key was used before.
    Replayed(Replay),
    /// The commit refused, after it had looked up the key.
    Refused(E),
    /// Refused before the commit, or its outcome is unknown: an earlier request with the key may have had the
    /// effect. The use case's own refusals are of this kind.
    Unverified(E),
}

/// The idempotency key was used for another request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the idempotency key was used for another request")]
pub struct KeyReused;

impl<E, R> From<NotCommitted<R>> for Declined<E>
where
    E: From<NotCommitted<R>>,
{
    fn from(error: NotCommitted<R>) -> Self {
        match error {
            NotCommitted::Replayed(replay) => Self::Replayed(replay),
            NotCommitted::Ledger(_) | NotCommitted::Rule(_) => Self::Refused(error.into()),
            NotCommitted::Changed | NotCommitted::Claimed | NotCommitted::Store(_) => Self::Unverified(error.into()),
        }
    }
}

impl Store {
    /// Makes a record of `owner`, once for each key. `id` identifies the record that `making` makes in its
    /// commit, which must have the key.
    ///
    /// A repeated request may fail today, for example because its first run emptied the wallet. So the key is
    /// looked up before any refusal is returned: by the commit before its own refusals, here before all
    /// others. The record found may even belong to this request: the database wrote it, but its answer was lost.
    ///
    /// Pass `making` as `Box::pin(…)`. An async function stores a future that it takes as an argument twice, and
    /// each of its callers again, so a purchase would copy tens of kilobytes.
    pub async fn make_once<S, E>(
        &self,
        key: &IdempotencyKey,
        (owner, id): (&UserId, &S::Id),
        now: Timestamp,
        making: impl Future<Output = Result<S, Declined<E>>> + Unpin,
    ) -> Result<Done<S>, E>
    where
        S: Record + Stored<Id: FromStr + PartialEq>,
        E: From<StoreError> + From<KeyReused>,
    {
        let done = self.act_once(key, owner, now, making).await?;
        Ok(match done {
            Done::Before(record) if record.id() == id => Done::Now(record),
            done => done,
        })
    }

    /// Changes an existing record of `owner`, once for each key, like [`Store::make_once`]. If the answer of the
    /// database was lost, the change counts as that of an earlier request.
    pub async fn act_once<S, E>(
        &self,
        key: &IdempotencyKey,
        owner: &UserId,
        now: Timestamp,
        acting: impl Future<Output = Result<S, Declined<E>>> + Unpin,
    ) -> Result<Done<S>, E>
    where
        S: Record + Stored<Id: FromStr>,
        E: From<StoreError> + From<KeyReused>,
    {
        let replay = match acting.await {
            Ok(record) => return Ok(Done::Now(record)),
            Err(Declined::Replayed(replay)) => replay,
            Err(Declined::Refused(reason)) => return Err(reason),
            Err(Declined::Unverified(reason)) => self.ledger().replay_of(key, now).await?.ok_or(reason)?,
        };
        let Replay::Same(made) = replay else { return Err(KeyReused.into()) };
        let record = match made.parse() {
            Ok(made) => self.record::<S>(owner, &made).await?,
            Err(_) => None,
        };
        let missing = || StoreError::Refused(format!("an idempotency record without {made}"));
        Ok(Done::Before(record.ok_or_else(missing)?))
    }
}
