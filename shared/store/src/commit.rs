//! The one door for money and orders: a transaction that posts a movement together with its cause.
//!
//! What goes in together: the wallet (if it is still as it was read), the entry (if it is not there yet), the order (over the
//! version that was read), and where they apply the idempotency record and the claim on a supplier's order. So a hold can't
//! be without its order, a capture without its code, a supplier's number with two owners.
//!
//! What if the answer is lost? The transaction carries the same content when it is sent again, and before a refusal is
//! believed the stored order is compared with the one that was to be written: if it is there, it was our own write.
//! What if two do it at once? One wins; a loser whose wallet moved reads it again, within a bounded time; a loser whose order
//! moved is told so, and decides anew on the order as it is.

use crate::{IdempotencyKey, Replay, Store, StoreError, idempotency::IdempotencyRecord, item, ledger, orders};
use aws_sdk_dynamodb::{
    error::SdkError,
    operation::transact_write_items::TransactWriteItemsError,
    types::{CancellationReason, Put, TransactWriteItem},
};
use domain::{
    Plan, SupplierId, SupplierOrderId, Timestamp, UserId,
    buying::MayNotBuy,
    ledger::{Entry, LedgerError, Movement, Wallet},
    order::{Order, Step},
};
use std::time::{Duration, Instant};
use thiserror::Error;

/// How long a contended wallet is tried again: enough for a hundred buyers at once where a transaction takes 20 ms, and little
/// enough to leave time for the purchase itself. Who is turned away is told to repeat the request.
const PATIENCE: Duration = Duration::from_secs(4);
/// The longest pause between two tries; the pause is drawn from zero to a bound that doubles up to this.
const LONGEST_PAUSE: Duration = Duration::from_millis(320);

/// An order's next version and what goes with it into one transaction.
pub struct Change<'a> {
    /// The order afterwards, and the money that moves.
    pub step: Step,
    /// A new order's key, so that the same request can't make two.
    pub idempotency: Option<&'a IdempotencyKey>,
    /// The supplier's order that becomes this order's own.
    pub claim: Option<(&'a SupplierId, &'a SupplierOrderId)>,
    /// The wallet as it was read a moment ago; `None` reads it.
    pub wallet: Option<Wallet>,
    /// For a new order, the plan whose limits it must keep. They are judged on the wallet, under the same condition as the
    /// money, so that no race passes them.
    pub opens: Option<Plan>,
}

impl Change<'_> {
    /// A change of an order that exists.
    pub const fn of(step: Step) -> Self {
        Self { step, idempotency: None, claim: None, wallet: None, opens: None }
    }
}

/// Why nothing was written.
#[derive(Debug, Error)]
pub enum NotCommitted {
    /// The key was used before.
    #[error("the idempotency key was used before")]
    Replayed(Replay),
    /// The order is no longer as it was read: read it again and decide anew.
    #[error("the order changed meanwhile")]
    OrderChanged,
    /// The supplier's order belongs to another of our orders.
    #[error("the supplier's order has an owner")]
    NumberTaken,
    /// The ledger refuses the movement.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A limit refuses the order.
    #[error(transparent)]
    Limit(#[from] MayNotBuy),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of one try.
enum Tried {
    Written,
    /// Refused; the reasons stand in the order of the transaction's writes.
    Refused(Vec<CancellationReason>),
}

/// Where the order's write stands in the transaction: always first.
const ORDER: usize = 0;

/// Where the other writes stand in the transaction.
#[derive(Default)]
struct Places {
    idempotency: Option<usize>,
    claim: Option<usize>,
}

impl Store {
    /// Writes an order's next version with everything that belongs to it, or nothing. Returns the order as stored.
    pub async fn commit(&self, change: Change<'_>, now: Timestamp) -> Result<Order, NotCommitted> {
        let owner = change.step.order().user_id.clone();
        let started = Instant::now();
        let mut wallet = change.wallet.clone();
        let mut pause = Duration::from_millis(10);
        loop {
            let posted = match &change.step.movement {
                Some(movement) => match self.post(&owner, wallet.take(), movement, change.opens, now).await {
                    Ok(posted) => Some(posted),
                    Err(refusal) => return Err(self.refusal_or_change(change.step.order(), refusal).await?),
                },
                None => None,
            };
            let mut order = change.step.clone().recorded(posted.as_ref().map(|(_, entry)| entry));
            order.version += 1;
            let (writes, places) = self.writes(&change, &order, posted.as_ref(), now)?;
            let refused = match self.transact(writes).await {
                Ok(Tried::Written) => return Ok(order),
                Ok(Tried::Refused(reasons)) => self.settle_refusal(&change, &order, &places, &reasons, now).await,
                Err(error) => Err(error),
            };
            match refused {
                Ok(Some(Refusal::OurOwn(order))) => return Ok(*order),
                Ok(Some(Refusal::Final(error))) => return Err(error),
                Ok(None) => {}
                Err(error) => {
                    // Whatever was said last, an earlier try of the SDK's may have been written and its answer lost: look.
                    tracing::warn!(order_id = %order.id, %error, "whether an order was written is not known");
                    return self.written(&order, posted.is_some()).await?.ok_or_else(|| error.into());
                }
            }
            tracing::info!(target: "metric", name = "LedgerConflicts", value = 1_u64, unit = "Count");
            if started.elapsed() > PATIENCE {
                return Err(StoreError::Busy.into());
            }
            // What the refusal says of the wallet would be stale after the pause: it is read afresh.
            crate::pause(jitter(pause)).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Posts the first movement of a wallet that never moved (a seed's credit). A wallet that moved is left alone, so the
    /// call may be repeated; `None` then.
    pub async fn open_wallet(
        &self,
        user: &UserId,
        movement: &Movement,
        now: Timestamp,
    ) -> Result<Option<Entry>, NotCommitted> {
        let (after, entry) = self.post(user, Some(Wallet::default()), movement, None, now).await?;
        let puts = ledger::puts(&self.tables.ledger, user, &after, &entry)?;
        match self.transact(puts.into_iter().map(as_write).collect()).await? {
            Tried::Written => Ok(Some(entry)),
            Tried::Refused(_) => Ok(None),
        }
    }

    async fn post(
        &self,
        owner: &UserId,
        known: Option<Wallet>,
        movement: &Movement,
        opens: Option<Plan>,
        now: Timestamp,
    ) -> Result<(Wallet, Entry), NotCommitted> {
        let wallet = match known {
            Some(wallet) => wallet,
            None => self.wallet(owner).await?,
        };
        if let Some(plan) = opens {
            wallet.may_open_order(plan, now)?;
        }
        Ok(wallet.post(movement, now)?)
    }

    /// What a refusal by the ledger or a limit means for an order that was read as `read`. If somebody wrote the order
    /// since, the wallet moved with it, and the refusal only says so.
    async fn refusal_or_change(&self, read: &Order, refusal: NotCommitted) -> Result<NotCommitted, StoreError> {
        let is_new = read.version == 0;
        if is_new || matches!(refusal, NotCommitted::Store(_)) {
            return Ok(refusal);
        }
        let stored = self.order(&read.user_id, &read.id).await?;
        let changed = stored.is_none_or(|stored| stored.version != read.version);
        Ok(if changed { NotCommitted::OrderChanged } else { refusal })
    }

    fn writes(
        &self,
        change: &Change<'_>,
        order: &Order,
        posted: Option<&(Wallet, Entry)>,
        now: Timestamp,
    ) -> Result<(Vec<TransactWriteItem>, Places), StoreError> {
        let mut puts = vec![orders::put(&self.tables.orders, order)?];
        let mut places = Places::default();
        if let Some((after, entry)) = posted {
            puts.extend(ledger::puts(&self.tables.ledger, &order.user_id, after, entry)?);
        }
        if let Some(key) = change.idempotency {
            places.idempotency = Some(puts.len());
            puts.push(key.claim(&self.tables.ledger, &order.id, now)?);
        }
        if let Some((supplier, id)) = change.claim {
            places.claim = Some(puts.len());
            puts.push(orders::claim(&self.tables.orders, order, supplier, id)?);
        }
        Ok((puts.into_iter().map(as_write).collect(), places))
    }

    async fn transact(&self, writes: Vec<TransactWriteItem>) -> Result<Tried, StoreError> {
        match self.client.transact_write_items().set_transact_items(Some(writes)).send().await {
            Ok(_) => Ok(Tried::Written),
            Err(SdkError::ServiceError(context)) => match context.err() {
                TransactWriteItemsError::TransactionCanceledException(cancelled) => {
                    Ok(Tried::Refused(cancelled.cancellation_reasons().to_vec()))
                }
                _ => Err(SdkError::ServiceError(context).into()),
            },
            Err(error) => Err(error.into()),
        }
    }

    /// Decides what a refusal means; `None` means: only the wallet moved, try again.
    async fn settle_refusal(
        &self,
        change: &Change<'_>,
        order: &Order,
        places: &Places,
        reasons: &[CancellationReason],
        now: Timestamp,
    ) -> Result<Option<Refusal>, StoreError> {
        let failed = |place: usize| reasons.get(place).and_then(CancellationReason::code) == Some(CONDITION_FAILED);
        // Had this very write been done before, the order's own condition would fail now.
        if failed(ORDER)
            && let Some(stored) = self.written(order, change.step.movement.is_some()).await?
        {
            return Ok(Some(Refusal::OurOwn(Box::new(stored))));
        }
        if let (Some(place), Some(key)) = (places.idempotency, change.idempotency)
            && failed(place)
        {
            let record = reasons[place].item().cloned().map(item::read::<IdempotencyRecord>).transpose()?;
            let replay = match record {
                Some(record) => key.judge(&record, now),
                None => self.replay_of(key, now).await?,
            };
            return Ok(replay.map(|replay| Refusal::Final(NotCommitted::Replayed(replay))));
        }
        if failed(ORDER) {
            return Ok(Some(Refusal::Final(NotCommitted::OrderChanged)));
        }
        let code_of = |reason: &CancellationReason| reason.code().unwrap_or("None").to_owned();
        if let Some(other) = reasons.iter().map(code_of).find(|code| !PASSING.contains(&code.as_str())) {
            let throttled = matches!(other.as_str(), "ThrottlingError" | "ProvisionedThroughputExceeded");
            return Err(if throttled { StoreError::Throttled } else { StoreError::Refused(other) });
        }
        if places.claim.is_some_and(failed) {
            return Ok(Some(Refusal::Final(NotCommitted::NumberTaken)));
        }
        Ok(None)
    }

    /// The stored order, if this version of it was written: then a write that seemed to fail was ours.
    async fn written(&self, order: &Order, moved_money: bool) -> Result<Option<Order>, StoreError> {
        let stored = self.order(&order.user_id, &order.id).await?;
        Ok(stored.filter(|stored| is_ours(stored, order, moved_money)))
    }
}

/// Whether what is stored came of this write. Others may have written on top of it meanwhile: then the line of its entry, which
/// no other write can have and nothing takes out of a timeline, tells; without one it is not known, and not claimed.
fn is_ours(stored: &Order, written: &Order, moved_money: bool) -> bool {
    if stored.version == written.version {
        // Which message polls the order is no part of its version.
        return *stored == Order { poller: stored.poller.clone(), ..written.clone() };
    }
    stored.version > written.version && moved_money && stored.timeline.starts_with(&written.timeline)
}

enum Refusal {
    OurOwn(Box<Order>),
    Final(NotCommitted),
}

/// What a write's reason may be where trying again makes sense.
const PASSING: [&str; 3] = ["None", CONDITION_FAILED, "TransactionConflict"];

const CONDITION_FAILED: &str = "ConditionalCheckFailed";

fn as_write(put: Put) -> TransactWriteItem {
    TransactWriteItem::builder().put(put).build()
}

/// A random part of `bound`: full jitter, so that many who collided do not collide again.
pub(crate) fn jitter(bound: Duration) -> Duration {
    let random = getrandom::u32().unwrap_or(u32::MAX / 2);
    bound.mul_f64(f64::from(random) / f64::from(u32::MAX))
}
