//! The limits of concurrent long polls: of each customer, and of all together.
//!
//! A customer has numbered slots, each taken by at most one; those for test orders are apart. A slot expires, so a
//! function that dies while it waits blocks its slot only for seconds.
//!
//! All waits, also those for test orders, are counted in one row, by the window in which they began. No wait is longer
//! than a window, so those of this window and of the one before are counted. What a dead function leaves behind is gone
//! after two windows. One row takes about 500 waits a second; beyond that it rejects waits, which is what it is for.

use crate::{
    Limits, StoreError,
    error::took_effect,
    item,
    keys::{self, Key},
};
use aws_sdk_dynamodb::types::ReturnValue;
use domain::{Timestamp, UserId, access::Mode};
use std::{ops::RangeInclusive, time::Duration};

/// The number of slots to try before a wait is rejected.
const TRIES: u32 = 3;
/// The lifetime of a slot: longer than any wait.
const SLOT_ENDS_AFTER: Duration = Duration::from_secs(35);
/// The length of a window in seconds: longer than any wait.
const WINDOW: i64 = 30;
/// The ages of windows that each wait removes. After a longer pause, the row has expired by its TTL.
const DROPPED: RangeInclusive<i64> = 2..=10;

/// How many long polls may wait at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MostWaits {
    /// Of one customer, for orders of one mode.
    pub of_customer: u32,
    /// Of all customers together, whatever they wait for.
    pub of_all: u32,
}

/// A place among the waiting; leave it with [`Limits::end_wait`].
#[derive(Debug)]
pub struct WaitSlot {
    key: Key,
    taken: i64,
    window: i64,
}

impl Limits<'_> {
    /// Takes one of the customer's slots for orders of this mode, and counts the wait among all; `None` if too many
    /// wait. `random` selects the first slot to try.
    pub async fn begin_wait(
        self,
        waiting: (&UserId, Mode),
        most: MostWaits,
        random: u32,
        now: Timestamp,
    ) -> Result<Option<WaitSlot>, StoreError> {
        let Some(slot) = self.take_slot(waiting, most.of_customer, random, now).await? else { return Ok(None) };
        let counted = match self.count_wait(slot.window, most.of_all, now).await {
            // The row is overloaded, so too many wait.
            Err(StoreError::Throttled) => Ok(false),
            counted => counted,
        };
        if matches!(counted, Ok(true)) {
            return Ok(Some(slot));
        }
        self.free_slot(&slot).await?;
        counted.map(|_| None)
    }

    /// Leaves the place. If it expired and was taken again, it stays taken.
    pub async fn end_wait(self, slot: WaitSlot) -> Result<(), StoreError> {
        self.free_slot(&slot).await?;
        self.uncount_wait(slot.window).await
    }

    async fn take_slot(
        self,
        (user, mode): (&UserId, Mode),
        slots: u32,
        random: u32,
        now: Timestamp,
    ) -> Result<Option<WaitSlot>, StoreError> {
        for step in 0..TRIES.min(slots) {
            let slot = (random % slots + step) % slots;
            let key = keys::wait_slot(user, mode, slot);
            let until = now.plus(SLOT_ENDS_AFTER);
            let taken = self
                .0
                .update(&key)
                .update_expression("SET taken = :now, #until = :until, expires_at_epoch = :expires")
                .condition_expression("attribute_not_exists(pk) OR #until < :now")
                .expression_attribute_names("#until", "until")
                .expression_attribute_values(":now", item::number(now.millis()))
                .expression_attribute_values(":until", item::number(until.millis()))
                .expression_attribute_values(":expires", item::number(until.epoch_seconds()))
                .send()
                .await;
            if took_effect(taken)? {
                return Ok(Some(WaitSlot { key, taken: now.millis(), window: now.epoch_seconds() / WINDOW }));
            }
        }
        Ok(None)
    }

    async fn free_slot(self, slot: &WaitSlot) -> Result<(), StoreError> {
        let freed = self
            .0
            .client()
            .delete_item()
            .table_name(self.0.name())
            .set_key(Some(item::key_item(&slot.key)))
            .condition_expression("taken = :taken")
            .expression_attribute_values(":taken", item::number(slot.taken))
            .send()
            .await;
        took_effect(freed)?;
        Ok(())
    }

    /// Counts a wait that begins in this window; `false`, and counts nothing, if `most` wait already.
    async fn count_wait(self, window: i64, most: u32, now: Timestamp) -> Result<bool, StoreError> {
        let old: Vec<_> = DROPPED.map(|age| counter(window - age)).collect();
        let row = self
            .0
            .update(&keys::all_waits())
            .update_expression(format!(
                "ADD {} :one SET expires_at_epoch = :expires REMOVE {}",
                counter(window),
                old.join(", ")
            ))
            .expression_attribute_values(":one", item::number(1))
            .expression_attribute_values(":expires", item::number(now.epoch_seconds() + 600))
            .return_values(ReturnValue::AllNew)
            .send()
            .await?
            .attributes
            .unwrap_or_default();
        let waiting = |window| item::number_of::<u32>(&row, &counter(window)).unwrap_or(0);
        let fits = waiting(window).saturating_add(waiting(window - 1)) <= most;
        if !fits {
            self.uncount_wait(window).await?;
        }
        Ok(fits)
    }

    /// A window that was removed stays removed.
    async fn uncount_wait(self, window: i64) -> Result<(), StoreError> {
        let counter = counter(window);
        let gone = self
            .0
            .update(&keys::all_waits())
            .update_expression(format!("ADD {counter} :less"))
            .condition_expression(format!("{counter} > :none"))
            .expression_attribute_values(":less", item::number(-1))
            .expression_attribute_values(":none", item::number(0))
            .send()
            .await;
        took_effect(gone)?;
        Ok(())
    }
}

fn counter(window: i64) -> String {
    format!("w{window}")
}
