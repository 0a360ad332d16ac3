//! Balance transactions: what each movement of money does to the account, which has dollars.

use super::{
    currency::Currency,
    id,
    resource::{Resource, Table},
    world::World,
};
use serde_json::{Value, json};

/// How long money is pending.
const PENDING_S: i64 = 2 * 86_400;
/// The fee of a dispute, in cents.
const DISPUTE_FEE: i64 = 1_500;
/// The part of a charge's fee that is the same for each, in cents.
const FIXED_FEE: i64 = 30;
/// The part that is a share of the amount, in thousandths.
const SHARE: i64 = 29;

/// Why money moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Charge,
    Refund,
    RefundFailure,
    DisputeOpened,
    DisputeWon,
}

/// A balance transaction.
#[derive(Clone, Debug)]
pub struct Transaction {
    id: String,
    created: i64,
    reason: Reason,
    /// In cents; negative if money leaves the account.
    amount: i64,
    fee: i64,
    exchange_rate: Value,
    /// The charge, refund or dispute.
    source: String,
}

impl Transaction {
    /// Moves an amount of a currency; the reason says in which direction.
    pub fn new(reason: Reason, amount: i64, currency: &Currency, source: &str, now: i64) -> Self {
        let settled = currency.settled(amount);
        let (amount, fee) = match reason {
            Reason::Charge => (settled, (settled * SHARE + 500) / 1_000 + FIXED_FEE),
            Reason::RefundFailure | Reason::DisputeWon => (settled, 0),
            Reason::Refund => (-settled, 0),
            Reason::DisputeOpened => (-settled, DISPUTE_FEE),
        };
        Self {
            id: id::object("txn"),
            created: now,
            reason,
            amount,
            fee,
            exchange_rate: currency.exchange_rate(),
            source: source.to_owned(),
        }
    }
}

impl Resource for Transaction {
    const OBJECT: &'static str = "balance_transaction";
    const PATH: &'static str = "/v1/balance_transactions";
    const FILTERS: &'static [&'static str] = &["currency", "source", "type"];

    fn table(world: &World) -> &Table<Self> {
        &world.transactions
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn json(&self, now: i64) -> Value {
        let (kind, category, description) = match self.reason {
            Reason::Charge => ("charge", "charge", "Stripe processing fees"),
            Reason::Refund => ("refund", "refund", ""),
            Reason::RefundFailure => ("refund_failure", "refund_failure", ""),
            Reason::DisputeOpened => ("adjustment", "dispute", "Dispute fee"),
            Reason::DisputeWon => ("adjustment", "dispute_reversal", ""),
        };
        let fee = json!({
            "amount": self.fee,
            "application": null,
            "currency": "usd",
            "description": description,
            "type": "stripe_fee",
        });
        let available_on = self.created + PENDING_S;
        json!({
            "id": self.id,
            "object": Self::OBJECT,
            "amount": self.amount,
            "available_on": available_on,
            "balance_type": "payments",
            "created": self.created,
            "currency": "usd",
            "description": null,
            "exchange_rate": self.exchange_rate,
            "fee": self.fee,
            "fee_details": if self.fee == 0 { vec![] } else { vec![fee] },
            "net": self.amount - self.fee,
            "reporting_category": category,
            "source": self.source,
            "status": if available_on <= now { "available" } else { "pending" },
            "type": kind,
        })
    }
}
