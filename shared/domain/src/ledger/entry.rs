//! What moved: the kinds of movement, the accounts between which they move money, and the entry that remembers one.

use crate::{Credits, EntrySeq, OrderId, Timestamp, policy::RefundRule};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why money moves. Each kind has exactly one route between two accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A payment that a gateway confirmed.
    TopUp,
    /// A correction by the operator in the customer's favour.
    Adjustment,
    /// The price of an order is set aside.
    Hold,
    /// A held price becomes ours: the order was delivered.
    Capture,
    /// A held price goes back to the customer.
    Release,
}

/// Where money is. Wallet accounts are the customer's; house accounts are sums over all entries, never items of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub enum Account {
    /// What the customer can spend.
    #[serde(rename = "wallet:available")]
    Available,
    /// What open orders have set aside.
    #[serde(rename = "wallet:held")]
    Held,
    /// What customers paid us for delivered orders.
    #[serde(rename = "house:revenue")]
    Revenue,
    /// What payment gateways owe us.
    #[serde(rename = "house:gateway_clearing")]
    GatewayClearing,
    /// What the operator gave or corrected.
    #[serde(rename = "house:adjustments")]
    Adjustments,
}

impl EntryKind {
    /// The account that pays and the account that receives.
    pub const fn route(self) -> (Account, Account) {
        match self {
            Self::TopUp => (Account::GatewayClearing, Account::Available),
            Self::Adjustment => (Account::Adjustments, Account::Available),
            Self::Hold => (Account::Available, Account::Held),
            Self::Capture => (Account::Held, Account::Revenue),
            Self::Release => (Account::Held, Account::Available),
        }
    }
}

/// One part of an amount, so that parts can be given back by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Line {
    /// What it is for: `sms`, `voice`, `area_code`, `carrier`.
    #[schema(examples("sms"))]
    pub what: String,
    /// Its part of the amount.
    pub amount: Credits,
}

/// A movement that somebody wants: the cause of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Why.
    pub kind: EntryKind,
    /// How much; more than nothing.
    pub amount: Credits,
    /// Its parts; empty, or their sum is the amount.
    pub lines: Vec<Line>,
    /// The order that it belongs to; holds, captures and releases always have one.
    pub order_id: Option<OrderId>,
    /// The hold that a capture or release settles.
    pub settles: Option<EntrySeq>,
    /// The rule that gives money back; releases always have one.
    pub rule: Option<RefundRule>,
    /// Who did it: a user's id, or `system:<worker>`.
    pub actor: String,
}

/// A movement that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Entry {
    /// Its number in the wallet: 1, 2, 3 … without gaps.
    #[schema(value_type = u64)]
    pub seq: EntrySeq,
    /// Why money moved.
    pub kind: EntryKind,
    /// How much.
    pub amount: Credits,
    /// The account that paid.
    pub debit: Account,
    /// The account that received.
    pub credit: Account,
    /// What the customer could spend afterwards.
    pub available_after: Credits,
    /// What was held afterwards.
    pub held_after: Credits,
    /// The parts of the amount.
    #[serde(default)]
    pub lines: Vec<Line>,
    /// The order that it belongs to.
    pub order_id: Option<OrderId>,
    /// The number of the hold that a capture or release settles.
    #[schema(value_type = Option<u64>)]
    pub settles: Option<EntrySeq>,
    /// The refund rule, where money went back.
    pub rule: Option<RefundRule>,
    /// Who did it: a user's id, or `system:<worker>`.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}
