//! Everything that somebody may do. An act has all of its facts, so it can be done twice at once.

use billing::Decision;
use domain::{
    Credits, OrderId, Plan, RefundId,
    payment::{Method, PayCurrency, PaymentReference},
};
use serde_json::Value;

/// Payments that gateways offer: gateway, method, currency, and a price of a credit in minor units.
pub const TILLS: [(&str, Method, PayCurrency, u64); 5] = [
    ("paystack", Method::MobileMoney, PayCurrency::Ghs, 3_107),
    ("paystack", Method::Card, PayCurrency::Usd, 200),
    ("stripe", Method::Card, PayCurrency::Usd, 200),
    ("btcpay", Method::Bitcoin, PayCurrency::Usd, 200),
    ("btcpay", Method::Lightning, PayCurrency::Usd, 200),
];

/// What is looked at of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The customer wants to see it.
    Get,
    /// Its time has come.
    Look,
    /// An event of the gateway came, about income, a refund or a dispute.
    Event(&'static str),
    Refunds,
    Disputes,
    Debt,
}

/// What a customer does to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Watch,
    Cancel,
    Report,
    Finish,
}

/// One act.
#[derive(Clone, Debug)]
pub enum Act {
    Start {
        till: (&'static str, Method, PayCurrency),
        minor: u64,
        key: String,
    },
    /// On the page of the gateway, with an outcome of its simulator.
    Pay {
        reference: PaymentReference,
        gateway: String,
        how: Value,
    },
    Ask {
        reference: PaymentReference,
        gateway: String,
        what: Question,
        key: String,
    },
    CancelPayment(PaymentReference),
    Refund {
        reference: PaymentReference,
        credits: Option<Credits>,
        key: String,
    },
    Decide {
        reference: PaymentReference,
        id: RefundId,
        decision: Decision,
    },
    /// The bank opens or decides a dispute.
    Bank {
        reference: PaymentReference,
        gateway: String,
        state: &'static str,
    },
    Buy {
        service: &'static str,
        scenario: &'static str,
        key: String,
    },
    Order {
        id: OrderId,
        wish: Wish,
    },
    Choose {
        plan: Plan,
        key: String,
    },
    Unsubscribe,
    Renew,
    Redeem {
        gift: usize,
        key: String,
    },
    Later {
        seconds: i64,
    },
    /// The deployed workers look at what is due.
    Sweep,
    /// A fault at the next call of the gateway, or of its next event.
    Spoil {
        gateway: String,
        reference: PaymentReference,
        fault: &'static str,
    },
}

impl Act {
    /// Whether it runs in this process.
    pub const fn is_a_use_case(&self) -> bool {
        !matches!(self, Self::Pay { .. } | Self::Bank { .. } | Self::Later { .. } | Self::Sweep | Self::Spoil { .. })
    }

    /// The payment that it is about.
    pub const fn payment(&self) -> Option<&PaymentReference> {
        match self {
            Self::Pay { reference, .. }
            | Self::Ask { reference, .. }
            | Self::CancelPayment(reference)
            | Self::Refund { reference, .. }
            | Self::Decide { reference, .. }
            | Self::Bank { reference, .. }
            | Self::Spoil { reference, .. } => Some(reference),
            _ => None,
        }
    }

    /// Its name, for counts.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Start { .. } => "start",
            Self::Pay { .. } => "pay",
            Self::Ask { what: Question::Event(_), .. } => "event",
            Self::Ask { .. } => "ask",
            Self::CancelPayment(_) => "cancel payment",
            Self::Refund { .. } => "refund",
            Self::Decide { .. } => "decide",
            Self::Bank { .. } => "bank",
            Self::Buy { .. } => "buy",
            Self::Order { wish: Wish::Watch, .. } => "watch",
            Self::Order { .. } => "order",
            Self::Choose { .. } => "choose",
            Self::Unsubscribe => "unsubscribe",
            Self::Renew => "renew",
            Self::Redeem { .. } => "redeem",
            Self::Later { .. } => "later",
            Self::Sweep => "sweep",
            Self::Spoil { .. } => "spoil",
        }
    }
}
