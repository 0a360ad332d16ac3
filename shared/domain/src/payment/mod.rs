//! A payment: money that a customer sends through a gateway, and gets as credits, once.
//!
//! [`Payment`] is the stored record. Its transitions are pure methods in `machine` and `settlement`; each returns the
//! next state and the movement that belongs to it. A [`Report`] is what the gateway's own API says, and nothing else moves
//! money. `looks` says when a worker asks for one, and `credit` what money is worth.

mod amount;
mod coin_address;
mod coins;
mod confirmations;
mod credit;
mod dispute;
mod dispute_machine;
mod limits;
mod looks;
mod machine;
mod method;
mod reference;
mod refund;
mod refund_machine;
mod refund_reason;
mod refund_sending;
mod refundable;
mod report;
mod settlement;
mod step;
mod timeline;

pub use amount::{Amount, CreditPrice, Minor, NotAnAmount, PayCurrency, UnknownCurrency};
pub use coin_address::{CoinAddress, CoinNetwork, LONGEST_ADDRESS, NotAnAddress, REFUND_ADDRESS_LIFETIME};
pub use coins::{coins_back, worth};
pub use confirmations::{CONFIRMATION_TAKES, confirmations};
pub use credit::Fault;
pub use dispute::{Dispute, DisputeFault, DisputeHold, DisputeId, DisputeReport, DisputeStatus};
pub use dispute_machine::DisputeSettlement;
pub use limits::{LARGEST_TOP_UP, MOST_OPEN, NotInLimits, SMALLEST_TOP_UP, credits_of};
pub use looks::GIVE_UP_AFTER;
pub use machine::{NewPayment, NotPossible};
pub use method::{GatewayId, Method};
pub use reference::PaymentReference;
pub use refund::{OVERDUE_AFTER, Refund, RefundFault, RefundReport, RefundReported, RefundStatus};
pub use refund_machine::{NewRefund, NotDecidable, RefundSettlement};
pub use refund_reason::{NotAReason, RefundReason};
pub use refund_sending::{RESEND_AFTER, RefundTry};
pub use refundable::{APPROVAL_ABOVE, MOST_REFUNDS, NotRefundable, REFUNDABLE_FOR, RefundOffer};
pub use report::{Receipt, ReceiptId, Report, Reported};
pub use settlement::{Look, MOST_AT_ONCE, MOST_RECEIPTS, Settlement};
pub use timeline::{PaymentEvent, PaymentTimelineItem};

/// How long a request that starts a payment waits for the gateway, with a margin. Later ones try themselves.
pub const STARTING_TAKES: Duration = Duration::from_secs(20);

/// The next state of a payment, and the movement that belongs to it.
pub type Step = crate::ledger::Step<Payment>;

use crate::{Credits, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// Status of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PaymentStatus)]
pub enum Status {
    /// The gateway is being asked for a checkout.
    Started,
    /// The customer may pay.
    Pending,
    /// The money came and was credited.
    Succeeded,
    /// It was credited, and a part of it is refunded or being refunded.
    PartlyRefunded,
    /// It was credited, and all of it is refunded or being refunded.
    Refunded,
    /// It was credited, and the customer's bank asks for the money back, or got it.
    Disputed,
    /// The gateway refused it, or the money was not what was agreed.
    Failed,
    /// The customer cancelled before paying.
    Cancelled,
    /// The customer did not pay.
    Abandoned,
}

impl Status {
    /// Whether the customer may still pay.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Started | Self::Pending)
    }

    /// Whether the money came and was credited, whatever was refunded or disputed since.
    pub const fn is_paid(self) -> bool {
        matches!(self, Self::Succeeded | Self::PartlyRefunded | Self::Refunded | Self::Disputed)
    }

    /// The name in JSON and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::PartlyRefunded => "partly_refunded",
            Self::Refunded => "refunded",
            Self::Disputed => "disputed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Abandoned => "abandoned",
        }
    }
}

/// Why a payment failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PaymentFailure)]
pub enum Failure {
    /// The gateway did not make a checkout.
    NotOpened,
    /// The card or the wallet was refused.
    Declined,
    /// Another amount or currency than agreed was paid. Nothing was credited, and support returns it.
    NotTheAmount,
}

/// Where the customer pays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    /// The gateway's own identifier of the payment, if it has one beside our reference.
    pub gateway_payment: Option<String>,
    /// The page of the gateway.
    pub url: String,
    /// From when on the page takes no money.
    pub expires_at: Timestamp,
    /// Where to send coins without the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coins: Option<CoinTransfer>,
}

/// What a wallet needs to send coins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CoinTransfer {
    /// The coin, such as `BTC`.
    #[schema(examples("BTC"))]
    pub coin: String,
    /// How many coins to send.
    #[schema(examples("0.00083334"))]
    pub amount: String,
    /// The address, or the Lightning invoice.
    pub address: String,
    /// The same as a link of a wallet; show it as a QR code.
    #[schema(examples("bitcoin:bc1q…?amount=0.00083334"))]
    pub uri: String,
    /// The price of a coin in the payment's currency.
    #[schema(examples("60000.00"))]
    pub rate: String,
}

/// Settled money that was noted in a payment, once for each receipt of the gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotedReceipt {
    /// The gateway's identifier.
    pub id: ReceiptId,
    /// The amount; `None` if nobody can pay in its currency here.
    pub amount: Option<Amount>,
    /// The credits for it; zero if it is not what was agreed.
    pub credits: Credits,
    /// When it was noted; `None` in old records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// When the gateway had it, by its own clock; `None` in old records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gateway_at: Option<Timestamp>,
}

/// A payment as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Its reference, with the customer who started it, and whose wallet is credited.
    pub reference: PaymentReference,
    /// The number of writes. Every write is conditional on the version that was read.
    pub version: u64,
    /// Current status.
    pub status: Status,
    /// Why it failed.
    #[serde(default)]
    pub failure: Option<Failure>,
    /// The gateway.
    pub gateway: GatewayId,
    /// How the customer pays.
    pub method: Method,
    /// What the customer is to pay.
    pub amount: Amount,
    /// The price of a credit when the payment was started.
    pub price: CreditPrice,
    /// The credits for the amount.
    pub credits: Credits,
    /// The credits that were credited so far.
    pub credited: Credits,
    /// The settled money that was noted so far.
    pub receipts: Vec<NotedReceipt>,
    /// The refunds, oldest first.
    #[serde(default)]
    pub refunds: Vec<Refund>,
    /// The disputes, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<Dispute>,
    /// Where the customer pays, once the gateway made it.
    pub checkout: Option<Checkout>,
    /// Whether money was seen that does not count yet.
    #[serde(default)]
    pub is_confirming: bool,
    /// Whether more receipts came than [`MOST_RECEIPTS`]. A person was told, and the rest is ignored.
    #[serde(default)]
    pub is_full: bool,
    /// When the gateway was asked for the newest report that changed something.
    #[serde(default)]
    pub asked_at: Option<Timestamp>,
    /// Time of the request.
    pub created_at: Timestamp,
    /// When the status became final for the first time.
    pub completed_at: Option<Timestamp>,
    /// When a worker must ask the gateway at the latest; `None` if nothing is left to do.
    pub due_at: Option<Timestamp>,
    /// History, oldest first.
    pub timeline: Vec<PaymentTimelineItem>,
}

impl Payment {
    /// Whether its first request may still be waiting for the gateway.
    pub fn is_starting(&self, now: Timestamp) -> bool {
        self.status == Status::Started && now.since(self.created_at) < STARTING_TAKES
    }

    /// From when on the gateway's page is closed, or our promise of the price ends.
    pub fn expires_at(&self) -> Timestamp {
        self.checkout.as_ref().map_or_else(|| self.created_at.plus(GIVE_UP_AFTER), |checkout| checkout.expires_at)
    }
}
