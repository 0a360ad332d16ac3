//! Findings: what went wrong outside and needs a person or a later reconciliation. Written once each.

use crate::{
    Orders, StoreError, item,
    keys::{self, Key},
};
use domain::{FindingId, OrderId, SupplierId, SupplierOrderId, Timestamp, order::Order};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A supplier's order that none of ours owns. It was cancelled, or has a message and ends by itself.
    OrphanedSupplierOrder,
    /// The customer got the money back while the supplier could not be asked: it may owe us.
    SupplierUnreachable,
    /// The supplier sold dearer than the cap; the number was given back.
    DearerThanCap,
    /// The supplier sold another country's, service's or operator's number; it was given back.
    WrongNumber,
    /// The supplier ended an order without a message and without giving our money back.
    ChargedWithoutMessage,
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

impl FindingKind {
    /// Its name in records and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OrphanedSupplierOrder => "orphaned_supplier_order",
            Self::SupplierUnreachable => "supplier_unreachable",
            Self::DearerThanCap => "dearer_than_cap",
            Self::WrongNumber => "wrong_number",
            Self::ChargedWithoutMessage => "charged_without_message",
        }
    }
}

impl Finding {
    /// Something about an order of ours and its number. However often it is found, it is the same finding.
    pub fn about_order(kind: FindingKind, order: &Order) -> Self {
        Self {
            id: id_of(kind, order.id.as_str(), order.created_at),
            kind,
            at: order.created_at,
            order_id: Some(order.id.clone()),
            supplier: Some(order.attempt.supplier.clone()),
            supplier_order: order.number.as_ref().map(|number| number.supplier_order.clone()),
        }
    }

    /// Something about what a supplier sold at this moment. However often it is found, it is the same finding.
    pub fn about_sale(kind: FindingKind, supplier: &SupplierId, sale: &SupplierOrderId, sold_at: Timestamp) -> Self {
        Self {
            id: id_of(kind, &format!("{supplier}#{sale}"), sold_at),
            kind,
            at: sold_at,
            order_id: None,
            supplier: Some(supplier.clone()),
            supplier_order: Some(sale.clone()),
        }
    }
}

fn id_of(kind: FindingKind, subject: &str, at: Timestamp) -> FindingId {
    let digest = Sha256::new().chain_update(kind.as_str()).chain_update([0]).chain_update(subject).finalize();
    FindingId::new(at, digest.iter().take(16).fold(0_u128, |number, byte| (number << 8) | u128::from(*byte)))
}

impl Orders<'_> {
    /// Writes a finding down; `false` where it was found before.
    pub async fn put_finding(self, finding: &Finding) -> Result<bool, StoreError> {
        let key = Key::new(keys::findings(finding.at), finding.id.as_str());
        self.0.put_if_absent(&key, finding).await
    }

    /// The findings of a day, oldest first.
    pub async fn findings_of(self, day: Timestamp) -> Result<Vec<Finding>, StoreError> {
        let rows = self.0.query(keys::findings(day)).all().await?;
        rows.into_iter().map(item::read).collect()
    }
}
