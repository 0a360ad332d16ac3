//! The request budget of a supplier account per second, shared by all functions.

use crate::{Limits, StoreError, error::took_effect, item, keys};
use domain::{SupplierId, Timestamp};

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
        let Some(room) = per_second.checked_sub(calls) else { return Ok(false) };
        let second = now.epoch_seconds();
        let taken = self
            .0
            .update(&keys::budget(supplier, second))
            .update_expression("ADD #used :calls SET expires_at_epoch = :expires")
            .condition_expression("attribute_not_exists(#used) OR #used <= :room")
            .expression_attribute_names("#used", "used")
            .expression_attribute_values(":calls", item::number(calls))
            .expression_attribute_values(":room", item::number(room))
            .expression_attribute_values(":expires", item::number(second + 600))
            .send()
            .await;
        took_effect(taken)
    }
}
