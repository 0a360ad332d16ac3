//! Refunds of charges.

use super::{
    currency::Currency,
    form::Metadata,
    resource::{Resource, Table},
    world::World,
};
use serde_json::{Value, json};

/// How far a refund is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Pending,
    Succeeded,
    Failed,
}

impl Status {
    /// Its name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }
}

/// A refund.
#[derive(Clone, Debug)]
pub struct Refund {
    pub id: String,
    pub created: i64,
    pub amount: i64,
    pub currency: &'static Currency,
    pub charge: String,
    pub intent: String,
    pub metadata: Metadata,
    pub reason: Option<&'static str>,
    pub status: Status,
    pub transaction: String,
    /// The transaction that brings the money back if the refund fails.
    pub failure_transaction: Option<String>,
}

impl Resource for Refund {
    const OBJECT: &'static str = "refund";
    const PATH: &'static str = "/v1/refunds";
    const FILTERS: &'static [&'static str] = &["charge", "payment_intent"];

    fn table(world: &World) -> &Table<Self> {
        &world.refunds
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn json(&self, _now: i64) -> Value {
        let mut shown = json!({
            "id": self.id,
            "object": Self::OBJECT,
            "amount": self.amount,
            "balance_transaction": self.transaction,
            "charge": self.charge,
            "created": self.created,
            "currency": self.currency.code,
            "destination_details": {
                "card": {
                    "reference_status": "pending",
                    "reference_type": "acquirer_reference_number",
                    "type": "refund",
                },
                "type": "card",
            },
            "metadata": self.metadata,
            "payment_intent": self.intent,
            "reason": self.reason,
            "receipt_number": null,
            "source_transfer_reversal": null,
            "status": self.status.name(),
            "transfer_reversal": null,
        });
        match self.status {
            Status::Pending => shown["pending_reason"] = json!("processing"),
            Status::Succeeded => {}
            Status::Failed => {
                shown["failure_reason"] = json!("expired_or_canceled_card");
                shown["failure_balance_transaction"] = json!(self.failure_transaction);
            }
        }
        shown
    }
}
