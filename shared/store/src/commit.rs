//! The commit: one transaction that posts a movement together with its subject. Money moves in no other
//! way.
//!
//! The transaction writes the wallet (if it did not change since it was read), the entry (if it is new), the
//! subject (if it has the version that was read), and the idempotency record, the claims, the plan of the customer (if it
//! is the one that was read), the line of the audit trail and the findings, if any. So there is no hold without its order, no capture without its code, and no supplier's number with
//! two owners.
//!
//! If the answer is lost, the same transaction is sent again. Before a refusal is accepted, the stored subject
//! is compared with the intended one; if they match, an earlier attempt was written.
//!
//! Of two concurrent commits, one wins. The loser retries on a changed wallet, within a bounded time. On a
//! changed subject it fails with [`NotCommitted::Changed`], and the caller decides again.

use crate::{
    IdempotencyKey, NotCommitted, Replay, Store, StoreError, Transaction, Versioned,
    idempotency::IdempotencyRecord,
    item,
    transact::{as_update, as_write, condition_failed, permanent_error, transact},
};
use aws_sdk_dynamodb::types::{CancellationReason, TransactWriteItem};
use backon::{BackoffBuilder, ExponentialBuilder};
use domain::{
    Timestamp,
    access::Mode,
    ledger::{Entry, Wallet},
};
use std::{
    ops::Range,
    time::{Duration, Instant},
};

/// How long a commit retries on a contended wallet. It is enough for a hundred concurrent buyers if a
/// transaction takes 20 ms, and leaves time for the purchase itself. Rejected callers are asked to retry.
const RETRY_FOR: Duration = Duration::from_secs(4);
/// The pauses between attempts, with exponential backoff and jitter.
const PAUSES: ExponentialBuilder = ExponentialBuilder::new()
    .with_min_delay(Duration::from_millis(5))
    .with_max_delay(Duration::from_millis(160))
    .without_max_times()
    .with_jitter();

/// Why an attempt wrote nothing.
enum Refusal<S, R> {
    /// An earlier attempt, whose answer was lost, wrote this.
    Written(S),
    /// It can't be written.
    Rejected(NotCommitted<R>),
    /// Another commit changed the wallet: read it again.
    WalletChanged,
}

/// The positions of an attempt's writes in the transaction.
struct Places {
    subject: Option<usize>,
    idempotency: Option<usize>,
    claims: Range<usize>,
    plan: Option<usize>,
}

impl Store {
    /// Writes a subject's next version and everything else in the transaction, or nothing. Returns the
    /// stored subject.
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
            let refusal = match self.post(&transaction, known.take(), now).await {
                Ok(posted) => {
                    let written =
                        transaction.step.subject.clone().written_with(posted.as_ref().map(|(_, entry)| entry));
                    if posted.is_some() && !S::records_entry(&transaction.step.subject, &written) {
                        return Err(StoreError::Refused("a subject does not record its entry".to_owned()).into());
                    }
                    match self.attempt(&transaction, &written, posted.as_ref(), now).await.transpose() {
                        None => return Ok(written),
                        Some(refusal) => {
                            last = Some(written);
                            refusal
                        }
                    }
                }
                Err(NotCommitted::Store(error)) => return Err(error.into()),
                Err(refusal) => {
                    self.verify_refusal(&transaction, last.as_ref(), refusal, now).await.map(Refusal::from_result)
                }
            };
            match refusal {
                Ok(Refusal::Written(subject)) => return Ok(subject),
                Ok(Refusal::Rejected(reason)) => return Err(reason),
                Ok(Refusal::WalletChanged) => {}
                Err(error) => return self.find_written(&transaction, last.as_ref(), error, now).await,
            }
            // A test key can't ring the alarm of real money.
            if transaction.mode() == Mode::Live {
                tracing::info!(target: "metric", name = "LedgerConflicts", value = 1_u64, unit = "Count");
            }
            // The wallet is read again after the pause, because any state known now would be stale.
            let Some(pause) = pauses.next().filter(|_| started.elapsed() <= RETRY_FOR) else {
                return Err(StoreError::Busy.into());
            };
            crate::pause(pause).await;
        }
    }

    /// The wallet after the transaction's movement, and its entry; `None` if no money moves.
    async fn post<S: Versioned, R>(
        &self,
        transaction: &Transaction<'_, S, R>,
        known: Option<Wallet>,
        now: Timestamp,
    ) -> Result<Option<(Wallet, Entry)>, NotCommitted<R>> {
        let Some(movement) = &transaction.step.movement else {
            // Without a movement the wallet is not part of the transaction, so no rule about it would hold.
            let ruled = transaction.rule.as_ref().map(|_| StoreError::Refused("a rule without a movement".to_owned()));
            return ruled.map_or(Ok(None), |error| Err(error.into()));
        };
        let wallet = match known {
            Some(wallet) => wallet,
            None => self.ledger().of(movement.cause.mode()).wallet(transaction.step.subject.owner()).await?,
        };
        if let Some(rule) = &transaction.rule {
            rule(&wallet).map_err(NotCommitted::Rule)?;
        }
        wallet.post(movement, now).map(Some).map_err(NotCommitted::Ledger)
    }

    /// Sends the transaction once; `None` if it is written.
    async fn attempt<S: Versioned, R>(
        &self,
        transaction: &Transaction<'_, S, R>,
        written: &S,
        posted: Option<&(Wallet, Entry)>,
        now: Timestamp,
    ) -> Result<Option<Refusal<S, R>>, StoreError> {
        let (writes, places) = self.writes(transaction, written, posted, now)?;
        match transact(&self.client, writes).await? {
            None => Ok(None),
            Some(reasons) => self.interpret_refusal(transaction, written, &places, &reasons, now).await.map(Some),
        }
    }

    fn writes<S: Versioned, R>(
        &self,
        transaction: &Transaction<'_, S, R>,
        written: &S,
        posted: Option<&(Wallet, Entry)>,
        now: Timestamp,
    ) -> Result<(Vec<TransactWriteItem>, Places), StoreError> {
        let mut writes = written.writes(self)?;
        let subject = writes.first().map(|_| 0);
        if let Some((after, entry)) = posted {
            writes.extend(self.ledger().puts(written.owner(), after, entry)?.map(as_write));
        }
        let mut idempotency = None;
        if let Some(key) = transaction.idempotency {
            idempotency = Some(writes.len());
            writes.push(as_write(key.claim(self.ledger(), written.made(), now)?));
        }
        let claims = writes.len();
        for claim in &transaction.claims {
            writes.push(as_write(claim.put(self)?));
        }
        if let Some(voucher) = &transaction.voucher {
            writes.push(as_update(voucher.update(self.ledger())?));
        }
        let claims = claims..writes.len();
        let mut plan = None;
        if let Some(change) = transaction.plan {
            plan = Some(writes.len());
            writes.push(as_update(self.accounts().plan_update(written.owner(), change)?));
        }
        if let Some(approval) = &transaction.approval {
            writes.push(approval.write(self.ledger())?);
        }
        // It is new like the rest, so it never decides about the transaction.
        if let Some(line) = &transaction.audit {
            writes.push(as_write(self.audit().put(line)?));
        }
        for finding in &transaction.findings {
            writes.push(as_write(self.orders().finding_put(finding)?));
        }
        Ok((writes, Places { subject, idempotency, claims, plan }))
    }

    /// Interprets a refusal by the database.
    async fn interpret_refusal<S: Versioned, R>(
        &self,
        transaction: &Transaction<'_, S, R>,
        written: &S,
        places: &Places,
        reasons: &[CancellationReason],
        now: Timestamp,
    ) -> Result<Refusal<S, R>, StoreError> {
        let failed = |place: usize| reasons.get(place).is_some_and(condition_failed);
        let subject_failed = places.subject.is_some_and(failed);
        // If an earlier attempt was written, the subject's condition fails.
        if subject_failed && let Some(stored) = self.written(transaction, written, now).await? {
            return Ok(Refusal::Written(stored));
        }
        if let (Some(place), Some(key)) = (places.idempotency, transaction.idempotency)
            && failed(place)
        {
            // An expired record gives way, so retry.
            let replay = self.replay_in(key, &reasons[place], now).await?;
            return Ok(
                replay.map_or(Refusal::WalletChanged, |replay| Refusal::Rejected(NotCommitted::Replayed(replay)))
            );
        }
        if subject_failed || places.plan.is_some_and(failed) {
            return Ok(Refusal::Rejected(NotCommitted::Changed));
        }
        if let Some(error) = reasons.iter().find_map(permanent_error) {
            return Err(error);
        }
        if places.claims.clone().any(failed) {
            return Ok(Refusal::Rejected(NotCommitted::Claimed));
        }
        Ok(Refusal::WalletChanged)
    }

    /// The meaning of the idempotency record that rejected a transaction.
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

    /// Verifies a refusal by the ledger or by a rule. A wallet may reject a movement only because the
    /// subject has changed meanwhile, because an earlier attempt was written, or because an earlier request
    /// with the same key did it all.
    async fn verify_refusal<S: Versioned, R>(
        &self,
        transaction: &Transaction<'_, S, R>,
        last: Option<&S>,
        refusal: NotCommitted<R>,
        now: Timestamp,
    ) -> Result<Result<S, NotCommitted<R>>, StoreError> {
        let read = &transaction.step.subject;
        if let Some(last) = last
            && let Some(stored) = self.written(transaction, last, now).await?
        {
            return Ok(Ok(stored));
        }
        if let Some(key) = transaction.idempotency
            && let Some(replay) = self.ledger().replay_of(key, now).await?
        {
            return Ok(Err(NotCommitted::Replayed(replay)));
        }
        let stored = read.stored(self).await?.map_or(0, |stored| stored.version());
        Ok(Err(if stored == read.version() { refusal } else { NotCommitted::Changed }))
    }

    /// Looks for a write with an unknown outcome. Whatever the last error was, an earlier attempt by the SDK
    /// may have been written, and its answer lost.
    async fn find_written<S: Versioned, R>(
        &self,
        transaction: &Transaction<'_, S, R>,
        last: Option<&S>,
        error: StoreError,
        now: Timestamp,
    ) -> Result<S, NotCommitted<R>> {
        let Some(last) = last else { return Err(error.into()) };
        tracing::warn!(subject = last.made(), %error, "the outcome of a commit is unknown");
        self.written(transaction, last, now).await?.ok_or_else(|| error.into())
    }

    /// The stored subject if this version was written, although the write seemed to fail. Two requests with
    /// different keys may intend the same version; then the record of the key tells whose write it was.
    async fn written<S: Versioned, R>(
        &self,
        transaction: &Transaction<'_, S, R>,
        written: &S,
        now: Timestamp,
    ) -> Result<Option<S>, StoreError> {
        let moved_money = transaction.step.movement.is_some();
        let stored = written.stored(self).await?.filter(|stored| S::came_of(stored, written, moved_money));
        match transaction.idempotency {
            Some(key) if stored.is_some() => {
                let replay = self.ledger().replay_of(key, now).await?;
                Ok(stored.filter(|_| matches!(replay, Some(Replay::Same(_)))))
            }
            _ => Ok(stored),
        }
    }
}

impl<S, R> Refusal<S, R> {
    fn from_result(result: Result<S, NotCommitted<R>>) -> Self {
        result.map_or_else(Self::Rejected, Self::Written)
    }
}
