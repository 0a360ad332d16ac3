//! Disputes of charges.

use super::{
    currency::Currency,
    resource::{Resource, Table},
    world::World,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// How long a merchant has to answer, in seconds.
const DUE_S: i64 = 9 * 86_400;

/// How far a dispute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    #[serde(rename = "created")]
    NeedsResponse,
    Won,
    Lost,
}

impl Status {
    /// Its name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NeedsResponse => "needs_response",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }
}

/// A dispute.
#[derive(Clone, Debug)]
pub struct Dispute {
    pub id: String,
    pub created: i64,
    pub amount: i64,
    pub currency: &'static Currency,
    pub charge: String,
    pub intent: String,
    pub status: Status,
    /// Its balance transactions, as they are shown.
    pub transactions: Vec<Value>,
}

impl Resource for Dispute {
    const OBJECT: &'static str = "dispute";
    const PATH: &'static str = "/v1/disputes";
    const FILTERS: &'static [&'static str] = &["charge", "payment_intent"];

    fn table(world: &World) -> &Table<Self> {
        &world.disputes
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn json(&self, now: i64) -> Value {
        let due_by = self.created + DUE_S;
        json!({
            "id": self.id,
            "object": Self::OBJECT,
            "amount": self.amount,
            "balance_transactions": self.transactions,
            "charge": self.charge,
            "created": self.created,
            "currency": self.currency.code,
            "enhanced_eligibility_types": [],
            "evidence": {},
            "evidence_details": {
                "due_by": due_by,
                "enhanced_eligibility": {},
                "has_evidence": false,
                "past_due": self.status == Status::NeedsResponse && now > due_by,
                "submission_count": 0,
            },
            "is_charge_refundable": false,
            "livemode": false,
            "metadata": {},
            "payment_intent": self.intent,
            "payment_method_details": {
                "card": { "brand": "visa", "case_type": "chargeback", "network_reason_code": "10.4" },
                "type": "card",
            },
            "reason": "fraudulent",
            "status": self.status.name(),
        })
    }
}
