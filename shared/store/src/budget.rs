//! How much of a supplier account's request budget is used in a second, shared by all functions.

use crate::{Store, StoreError, item};
use aws_sdk_dynamodb::types::ReturnValue;
use domain::{SupplierId, Timestamp};

impl Store {
    /// Takes `calls` from the account's budget of `per_second`; `false` where that is more than is left in this second.
    pub async fn take_supplier_calls(
        &self,
        supplier: &SupplierId,
        calls: u32,
        per_second: u32,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let second = now.epoch_seconds();
        let row = self
            .client
            .update_item()
            .table_name(&self.tables.limits)
            .set_key(Some(item::key_item(&(format!("BUDGET#{supplier}#{second}"), "BUDGET".to_owned()))))
            .update_expression("ADD #used :calls SET expires_at_epoch = :expires")
            .expression_attribute_names("#used", "used")
            .expression_attribute_values(":calls", item::number(calls))
            .expression_attribute_values(":expires", item::number(second + 600))
            .return_values(ReturnValue::AllNew)
            .send()
            .await?
            .attributes
            .unwrap_or_default();
        Ok(item::number_of::<u32>(&row, "used").unwrap_or(0) <= per_second)
    }
}
