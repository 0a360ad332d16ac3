//! Counts with a limit that all functions share: the calls to a supplier account in a second, and the orders of
//! new customers in a window.

use crate::{
    Limits, StoreError,
    error::took_effect,
    item,
    keys::{self, Key},
};
use domain::{NEWCOMERS_WINDOW, SupplierId, Timestamp};

/// How long a count is kept after its time, in seconds.
const KEPT: i64 = 600;

impl Limits<'_> {
    /// Takes `calls` from the account's budget of `per_second`. Returns `false`, and takes nothing, if less
    /// is left in this second.
    pub async fn take_supplier_calls(
        self,
        supplier: &SupplierId,
        calls: u32,
        per_second: u32,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let second = now.epoch_seconds();
        self.take(&keys::budget(supplier, second), calls, per_second, second + KEPT).await
    }

    /// Counts an order of a new customer at this supplier. Returns `false`, and counts nothing, if there are
    /// `most` in this window already.
    pub async fn take_newcomers_order(
        self,
        supplier: &SupplierId,
        most: u32,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let seconds = i64::try_from(NEWCOMERS_WINDOW.as_secs()).unwrap_or(i64::MAX);
        let window = now.epoch_seconds() / seconds;
        self.take(&keys::newcomers(supplier, window), 1, most, (window + 1) * seconds + KEPT).await
    }

    /// Takes a mail from the budget of `per_second`. Returns `false`, and takes nothing, if none is left in this
    /// second.
    pub async fn take_mail(self, per_second: u32, now: Timestamp) -> Result<bool, StoreError> {
        let second = now.epoch_seconds();
        self.take(&keys::mail_budget(second), 1, per_second, second + KEPT).await
    }

    async fn take(self, key: &Key, amount: u32, most: u32, expires: i64) -> Result<bool, StoreError> {
        let Some(room) = most.checked_sub(amount) else { return Ok(false) };
        let taken = self
            .0
            .update(key)
            .update_expression("ADD #used :amount SET expires_at_epoch = :expires")
            .condition_expression("attribute_not_exists(#used) OR #used <= :room")
            .expression_attribute_names("#used", "used")
            .expression_attribute_values(":amount", item::number(amount))
            .expression_attribute_values(":room", item::number(room))
            .expression_attribute_values(":expires", item::number(expires))
            .send()
            .await;
        took_effect(taken)
    }
}
