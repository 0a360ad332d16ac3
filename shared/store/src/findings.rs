//! Findings: what went wrong outside and needs a person or a later reconciliation. Written once each.

use crate::{Store, StoreError, item, keys};
use domain::{FindingId, OrderId, SupplierId, SupplierOrderId, Timestamp};
use serde::{Deserialize, Serialize};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A supplier's order that none of ours asked for; it was cancelled.
    OrphanedSupplierOrder,
    /// The customer got the money back while the supplier could not be asked: it may owe us.
    SupplierUnreachable,
    /// The supplier sold dearer than the cap; the number was given back.
    DearerThanCap,
    /// A stream record that could not be worked off; it lies in the parked queue.
    ParkedRecord,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The identifier.
    pub id: FindingId,
    /// What was found.
    pub kind: FindingKind,
    /// When.
    pub at: Timestamp,
    /// Our order, where one is concerned.
    pub order_id: Option<OrderId>,
    /// The supplier, where one is concerned.
    pub supplier: Option<SupplierId>,
    /// The supplier's order, where one is concerned.
    pub supplier_order: Option<SupplierOrderId>,
}

impl Store {
    /// Writes a finding down.
    pub async fn put_finding(&self, finding: &Finding) -> Result<(), StoreError> {
        let row = item::write(&(keys::finding_pk(finding.at), finding.id.to_string()), finding, None)?;
        self.client.put_item().table_name(&self.tables.orders).set_item(Some(row)).send().await?;
        Ok(())
    }

    /// The findings of a day, oldest first (at most one megabyte of them).
    pub async fn findings_of(&self, day: Timestamp) -> Result<Vec<Finding>, StoreError> {
        let answer = self
            .client
            .query()
            .table_name(&self.tables.orders)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", item::text(keys::finding_pk(day)))
            .send()
            .await?;
        item::read_all(answer.items)
    }
}
