//! The one door for money: a transaction that posts a movement together with its subject.
//!
//! What goes in together: the wallet (if it is still as it was read), the entry (if it is not there yet), the subject (over the
//! version that was read), and where they apply the idempotency record and claims. So a hold can't be without its order, a
//! capture without its code, a supplier's number with two owners.
//!
//! What if the answer is lost? The transaction carries the same content when it is sent again, and before a refusal is
//! believed the stored subject is compared with the one that was to be written: if it is there, it was this very write.
//! What if two do it at once? One wins. A loser whose wallet moved reads it again, within a bounded time. A loser whose subject
//! moved is told so, and decides anew on the subject as it is.

use crate::{
    IdempotencyKey, NotCommitted, Replay, Store, StoreError, Transaction, Versioned, idempotency::IdempotencyRecord,
    item, ledger,
};
use aws_sdk_dynamodb::{
    error::SdkError,
    operation::transact_write_items::TransactWriteItemsError,
    types::{CancellationReason, Put, TransactWriteItem},
};
use backon::{BackoffBuilder, ExponentialBuilder};
use domain::{
    Timestamp,
    ledger::{Entry, Wallet},
};
use std::time::{Duration, Instant};

/// For how long a contended wallet is tried again: enough for a hundred buyers at once where a transaction takes 20 ms, and
/// little enough to leave time for the purchase itself. Whoever is turned away is asked to repeat the request.
const PATIENCE: Duration = Duration::from_secs(4);
/// The pauses between two tries; each is drawn from a span that doubles up to the longest.
const PAUSES: ExponentialBuilder = ExponentialBuilder::new()
    .with_min_delay(Duration::from_millis(5))
    .with_max_delay(Duration::from_millis(160))
    .without_max_times()
    .with_jitter();

/// What became of one try.
enum Tried<S, R> {
    /// It is written, by this try or by an earlier one whose answer was lost.
    Written(S),
    /// It can't be written.
    Lost(NotCommitted<R>),
    /// Somebody else moved the wallet: read it again.
    WalletMoved,
}

/// The writes of one try, and where each of them is in the transaction.
struct Writes {
    puts: Vec<Put>,
    subject: Option<usize>,
    idempotency: Option<usize>,
    /// Everything from here on is a claim.
    claims: usize,
}

impl Store {
    /// Writes a subject's next version with everything that belongs to it, or nothing. Returns the subject as stored.
    pub async fn commit<S: Versioned, R>(
        &self,
        mut transaction: Transaction<'_, S, R>,
        now: Timestamp,
    ) -> Result<S, NotCommitted<R>> {
        let started = Instant::now();
        let mut pauses = PAUSES.build();
        let mut known = transaction.wallet.take();
        let mut last = None;
        loop {
            let tried = match self.post(&transaction, known.take(), now).await {
                Ok(posted) => {
                    let written =
                        transaction.step.subject.clone().written_with(posted.as_ref().map(|(_, entry)| entry));
                    let tried = self.try_once(&transaction, &written, posted.as_ref(), now).await;
                    last = Some(written);
                    tried
                }
                Err(NotCommitted::Store(error)) => return Err(error.into()),
                Err(refusal) => self.believe(&transaction, last.as_ref(), refusal).await.map(Tried::from_result),
            };
            match tried {
                Ok(Tried::Written(subject)) => return Ok(subject),
                Ok(Tried::Lost(reason)) => return Err(reason),
                Ok(Tried::WalletMoved) => {}
                Err(error) => return self.look(&transaction, last.as_ref(), error).await,
            }
            tracing::info!(target: "metric", name = "LedgerConflicts", value = 1_u64, unit = "Count");
            // What the refusal says of the wallet would be stale after the pause: it is read afresh.
            let Some(pause) = pauses.next().filter(|_| started.elapsed() <= PATIENCE) else {
                return Err(StoreError::Busy.into());
            };
            crate::pause(pause).await;
        }
    }

    /// The wallet and the entry after the transaction's movement, where one moves.
    async fn post<S: Versioned, R>(
        &self,
        transaction: &Transaction<'_, S, R>,
        known: Option<Wallet>,
        now: Timestamp,
    ) -> Result<Option<(Wallet, Entry)>, NotCommitted<R>> {
        let Some(movement) = &transaction.step.movement else { return Ok(None) };
        let wallet = match known {
            Some(wallet) => wallet,
            None => self.ledger().wallet(transaction.step.subject.owner()).await?,
        };
        if let Some(rule) = &transaction.rule {
            rule(&wallet).map_err(NotCommitted::Rule)?;
        }
        wallet.post(movement, now).map(Some).map_err(NotCommitted::Ledger)
    }

    async fn try_once<S: Versioned, R>(
        &self,
        transaction: &Transaction<'_, S, R>,
        written: &S,
        posted: Option<&(Wallet, Entry)>,
        now: Timestamp,
    ) -> Result<Tried<S, R>, StoreError> {
        let writes = self.writes(transaction, written, posted, now)?;
        match self.transact(writes.puts.iter().cloned().map(as_write).collect()).await? {
            None => Ok(Tried::Written(written.clone())),
            Some(reasons) => self.read_refusal(transaction, written, &writes, &reasons, now).await,
        }
    }

    fn writes<S: Versioned, R>(
        &self,
        transaction: &Transaction<'_, S, R>,
        written: &S,
        posted: Option<&(Wallet, Entry)>,
        now: Timestamp,
    ) -> Result<Writes, StoreError> {
        let mut puts: Vec<Put> = written.put(self)?.into_iter().collect();
        let subject = puts.first().map(|_| 0);
        if let Some((after, entry)) = posted {
            puts.extend(ledger::puts(&self.tables.ledger, written.owner(), after, entry)?);
        }
        let mut idempotency = None;
        if let Some(key) = transaction.idempotency {
            idempotency = Some(puts.len());
            puts.push(key.claim(&self.tables.ledger, written.made(), now)?);
        }
        let claims = puts.len();
        for claim in &transaction.claims {
            puts.push(claim.put(self)?);
        }
        Ok(Writes { puts, subject, idempotency, claims })
    }

    /// Sends a transaction. `None` where it is written; else the reasons of the refusal, in the order of the writes.
    async fn transact(&self, writes: Vec<TransactWriteItem>) -> Result<Option<Vec<CancellationReason>>, StoreError> {
        match self.client.transact_write_items().set_transact_items(Some(writes)).send().await {
            Ok(_) => Ok(None),
            Err(SdkError::ServiceError(context)) => match context.err() {
                TransactWriteItemsError::TransactionCanceledException(cancelled) => {
                    Ok(Some(cancelled.cancellation_reasons().to_vec()))
                }
                _ => Err(SdkError::ServiceError(context).into()),
            },
            Err(error) => Err(error.into()),
        }
    }

    /// Decides what a refusal by the database means.
    async fn read_refusal<S: Versioned, R>(
        &self,
        transaction: &Transaction<'_, S, R>,
        written: &S,
        writes: &Writes,
        reasons: &[CancellationReason],
        now: Timestamp,
    ) -> Result<Tried<S, R>, StoreError> {
        let failed = |place: usize| reasons.get(place).and_then(CancellationReason::code) == Some(CONDITION_FAILED);
        let subject_failed = writes.subject.is_some_and(failed);
        // Had this very write been done before, the subject's own condition would fail now.
        if subject_failed && let Some(stored) = self.written(transaction, written).await? {
            return Ok(Tried::Written(stored));
        }
        if let (Some(place), Some(key)) = (writes.idempotency, transaction.idempotency)
            && failed(place)
        {
            // A record that is no longer remembered makes room: try again.
            let replay = self.replay_in(key, &reasons[place], now).await?;
            return Ok(replay.map_or(Tried::WalletMoved, |replay| Tried::Lost(NotCommitted::Replayed(replay))));
        }
        if subject_failed {
            return Ok(Tried::Lost(NotCommitted::Changed));
        }
        if let Some(error) = reasons.iter().find_map(outright) {
            return Err(error);
        }
        if (writes.claims..writes.puts.len()).any(failed) {
            return Ok(Tried::Lost(NotCommitted::Claimed));
        }
        Ok(Tried::WalletMoved)
    }

    /// What the record under a key means that refused a transaction.
    async fn replay_in(
        &self,
        key: &IdempotencyKey,
        reason: &CancellationReason,
        now: Timestamp,
    ) -> Result<Option<Replay>, StoreError> {
        match reason.item().cloned().map(item::read::<IdempotencyRecord>).transpose()? {
            Some(record) => Ok(key.judge(&record, now)),
            None => self.ledger().replay_of(key, now).await,
        }
    }

    /// Decides whether a refusal by the ledger or by a rule is to be believed. Money moves together with its subject: a wallet
    /// that has no room for the movement may only show that the subject moved on, or that an earlier try was written.
    async fn believe<S: Versioned, R>(
        &self,
        transaction: &Transaction<'_, S, R>,
        last: Option<&S>,
        refusal: NotCommitted<R>,
    ) -> Result<Result<S, NotCommitted<R>>, StoreError> {
        let read = &transaction.step.subject;
        if read.version() == 0 && last.is_none() {
            return Ok(Err(refusal));
        }
        if let Some(last) = last
            && let Some(stored) = self.written(transaction, last).await?
        {
            return Ok(Ok(stored));
        }
        let stored = read.stored(self).await?;
        let changed = read.version() > 0 && stored.is_none_or(|stored| stored.version() != read.version());
        Ok(Err(if changed { NotCommitted::Changed } else { refusal }))
    }

    /// Looks for a write of which it is not known whether it took effect: whatever was said last, an earlier try of the SDK's
    /// may have been written and its answer lost.
    async fn look<S: Versioned, R>(
        &self,
        transaction: &Transaction<'_, S, R>,
        last: Option<&S>,
        error: StoreError,
    ) -> Result<S, NotCommitted<R>> {
        let Some(last) = last else { return Err(error.into()) };
        tracing::warn!(subject = last.made(), %error, "whether a subject was written is not known");
        self.written(transaction, last).await?.ok_or_else(|| error.into())
    }

    /// The stored subject, if this version of it was written: then a write that seemed to fail took effect.
    async fn written<S: Versioned, R>(
        &self,
        transaction: &Transaction<'_, S, R>,
        written: &S,
    ) -> Result<Option<S>, StoreError> {
        let moved_money = transaction.step.movement.is_some();
        let stored = written.stored(self).await?;
        Ok(stored.filter(|stored| S::came_of(stored, written, moved_money)))
    }
}

impl<S, R> Tried<S, R> {
    fn from_result(result: Result<S, NotCommitted<R>>) -> Self {
        result.map_or_else(Self::Lost, Self::Written)
    }
}

/// A write's reason that no other try would change, as an error.
fn outright(reason: &CancellationReason) -> Option<StoreError> {
    match reason.code().unwrap_or("None") {
        "None" | CONDITION_FAILED | "TransactionConflict" => None,
        "ThrottlingError" | "ProvisionedThroughputExceeded" => Some(StoreError::Throttled),
        other => Some(StoreError::Refused(other.to_owned())),
    }
}

const CONDITION_FAILED: &str = "ConditionalCheckFailed";

fn as_write(put: Put) -> TransactWriteItem {
    TransactWriteItem::builder().put(put).build()
}
