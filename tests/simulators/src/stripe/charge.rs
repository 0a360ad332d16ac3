//! Charges: attempts to get the money of a payment intent.

use super::{
    currency::Currency,
    decline::Decline,
    form::Metadata,
    resource::{Resource, Table, with_nulls},
    world::World,
};
use serde_json::{Value, json};

/// Fields of what is not simulated.
const NULLS: &[&str] = &[
    "application",
    "application_fee",
    "application_fee_amount",
    "failure_balance_transaction",
    "on_behalf_of",
    "receipt_email",
    "receipt_number",
    "receipt_url",
    "review",
    "shipping",
    "source_transfer",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_data",
    "transfer_group",
];

/// How far a charge is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A bank takes days to answer.
    Pending,
    Succeeded,
    Failed(Decline),
}

/// A charge.
#[derive(Clone, Debug)]
pub struct Charge {
    pub id: String,
    pub created: i64,
    pub amount: i64,
    pub amount_refunded: i64,
    pub currency: &'static Currency,
    pub intent: String,
    pub customer: Option<String>,
    pub description: Option<String>,
    pub metadata: Metadata,
    /// The payment method, and what is shown of it.
    pub method: String,
    pub method_details: Value,
    pub billing: Value,
    pub progress: Progress,
    /// The balance transaction of the money.
    pub transaction: Option<String>,
    pub is_disputed: bool,
}

impl Charge {
    /// What can still be refunded.
    pub fn refundable(&self) -> i64 {
        if self.progress == Progress::Succeeded { self.amount - self.amount_refunded } else { 0 }
    }

    /// Whether it was refunded completely.
    pub fn is_refunded(&self) -> bool {
        self.progress == Progress::Succeeded && self.amount_refunded >= self.amount
    }
}

impl Resource for Charge {
    const OBJECT: &'static str = "charge";
    const PATH: &'static str = "/v1/charges";
    const FILTERS: &'static [&'static str] = &["customer", "payment_intent"];

    fn table(world: &World) -> &Table<Self> {
        &world.charges
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn json(&self, _now: i64) -> Value {
        let (status, decline) = match self.progress {
            Progress::Pending => ("pending", None),
            Progress::Succeeded => ("succeeded", None),
            Progress::Failed(decline) => ("failed", Some(decline)),
        };
        let is_paid = decline.is_none();
        let accepted = json!({
            "network_status": "approved_by_network",
            "reason": null,
            "risk_level": "normal",
            "seller_message": "Payment complete.",
            "type": "authorized",
        });
        let shown = json!({
            "id": self.id,
            "object": Self::OBJECT,
            "amount": self.amount,
            "amount_captured": if is_paid { self.amount } else { 0 },
            "amount_refunded": self.amount_refunded,
            "balance_transaction": self.transaction,
            "billing_details": self.billing,
            "calculated_statement_descriptor": "SIMULATOR",
            "captured": is_paid,
            "created": self.created,
            "currency": self.currency.code,
            "customer": self.customer,
            "description": self.description,
            "disputed": self.is_disputed,
            "failure_code": decline.map(Decline::code),
            "failure_message": decline.map(Decline::message),
            "fraud_details": {},
            "livemode": false,
            "metadata": self.metadata,
            "outcome": decline.map_or(accepted, Decline::outcome),
            "paid": is_paid,
            "payment_intent": self.intent,
            "payment_method": self.method,
            "payment_method_details": self.method_details,
            "refunded": self.is_refunded(),
            "status": status,
        });
        with_nulls(shown, NULLS)
    }
}
