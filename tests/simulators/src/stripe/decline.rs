//! Why a charge fails.

use serde_json::{Value, json};

/// A refusal by a bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decline {
    Generic,
    InsufficientFunds,
    /// The person must authenticate, but is not there.
    Authentication,
    /// A bank account has too little money, which is known only days later.
    BankAccount,
}

impl Decline {
    /// The error code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Generic | Self::InsufficientFunds => "card_declined",
            Self::Authentication => "authentication_required",
            Self::BankAccount => "payment_method_provider_decline",
        }
    }

    /// The bank's reason.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Generic => "generic_decline",
            Self::InsufficientFunds | Self::BankAccount => "insufficient_funds",
            Self::Authentication => "authentication_required",
        }
    }

    /// What the person may read.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Generic => "Your card was declined.",
            Self::InsufficientFunds => "Your card has insufficient funds.",
            Self::Authentication => "Your card was declined. This transaction requires authentication.",
            Self::BankAccount => "The customer's account has insufficient funds to cover this payment.",
        }
    }

    /// The error on a payment intent.
    pub fn error(self, charge: &str, method: &Value) -> Value {
        json!({
            "type": "card_error",
            "code": self.code(),
            "decline_code": self.reason(),
            "doc_url": format!("https://stripe.com/docs/error-codes/{}", self.code().replace('_', "-")),
            "message": self.message(),
            "charge": charge,
            "payment_method": method,
        })
    }

    /// The outcome on a charge.
    pub fn outcome(self) -> Value {
        json!({
            "network_status": "declined_by_network",
            "reason": self.reason(),
            "risk_level": "normal",
            "seller_message": "The bank returned a decline code.",
            "type": "issuer_declined",
        })
    }
}
