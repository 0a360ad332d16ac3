//! The limit of a customer's concurrent long polls: numbered slots, each taken by at most one.
//!
//! A slot expires, so a function that dies while it waits blocks its slot only for seconds.

use crate::{
    Limits, StoreError,
    error::took_effect,
    item,
    keys::{self, Key},
};
use domain::{Timestamp, UserId};
use std::time::Duration;

/// The number of slots to try before a wait is rejected.
const TRIES: u32 = 3;
/// The lifetime of a slot: longer than any wait.
const SLOT_ENDS_AFTER: Duration = Duration::from_secs(35);

/// A taken slot; release it with [`Limits::end_wait`].
#[derive(Debug)]
pub struct WaitSlot {
    key: Key,
    taken: i64,
}

impl Limits<'_> {
    /// Takes one of the customer's `slots`; `None` if all that were tried are taken. `random` selects the
    /// first one.
    pub async fn begin_wait(
        self,
        user: &UserId,
        slots: u32,
        random: u32,
        now: Timestamp,
    ) -> Result<Option<WaitSlot>, StoreError> {
        for step in 0..TRIES.min(slots) {
            let slot = (random % slots + step) % slots;
            let key = keys::wait_slot(user, slot);
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
                return Ok(Some(WaitSlot { key, taken: now.millis() }));
            }
        }
        Ok(None)
    }

    /// Releases a slot, unless it expired and was taken again.
    pub async fn end_wait(self, slot: WaitSlot) -> Result<(), StoreError> {
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
}
