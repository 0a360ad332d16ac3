//! What a person pays with: Paystack's test cards and a test wallet, and the authorization that a payment leaves.

use super::{codes, money};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How a person pays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    #[default]
    Card,
    MobileMoney,
}

/// How the refunds of a payment end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RefundEnd {
    #[default]
    Processed,
    Failed,
    NeedsAttention,
}

impl Channel {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::MobileMoney => "mobile_money",
        }
    }
}

/// The test card that pays and whose refunds end like this.
const fn card(end: RefundEnd) -> &'static str {
    match end {
        RefundEnd::Processed => "4084084084084081",
        RefundEnd::Failed => "4084080000671803",
        RefundEnd::NeedsAttention => "4084080000671902",
    }
}

/// The MTN wallet of Paystack's test data.
const WALLET: &str = "0551234987";

/// What a person paid with. Each payment has a new code, but a card always has the same signature.
#[derive(Clone, Debug)]
pub struct Authorization {
    pub code: String,
    pub channel: Channel,
    pub refund_end: RefundEnd,
    number: &'static str,
    country: &'static str,
}

impl Authorization {
    /// The authorization of a new payment in this currency.
    pub fn new(channel: Channel, refund_end: RefundEnd, currency: &str) -> Self {
        Self {
            code: codes::random("AUTH_", 10),
            channel,
            refund_end,
            number: if channel == Channel::Card { card(refund_end) } else { WALLET },
            country: money::currency(currency).map_or("GH", |currency| currency.country),
        }
    }

    /// Whether it can be charged again: never a wallet, whose owner approves each payment on the phone.
    pub fn is_reusable(&self) -> bool {
        self.channel == Channel::Card
    }

    /// What the list of transactions has in place of an authorization.
    pub fn nothing() -> Value {
        json!({
            "authorization_code": null, "bin": null, "last4": null, "exp_month": null, "exp_year": null,
            "channel": null, "card_type": null, "bank": null, "country_code": null, "brand": null, "reusable": false,
            "signature": null, "account_name": null,
        })
    }

    /// The authorization as Paystack writes it. The space after the card's type is Paystack's.
    pub fn json(&self) -> Value {
        let last = |signs: usize| &self.number[self.number.len() - signs..];
        let channel = self.channel.as_str();
        match self.channel {
            Channel::Card => json!({
                "authorization_code": self.code, "bin": &self.number[..6], "last4": last(4), "exp_month": "12",
                "exp_year": "2030", "channel": channel, "card_type": "visa ", "bank": "TEST BANK",
                "country_code": self.country, "brand": "visa", "reusable": true,
                "signature": codes::always("SIG_", self.number), "account_name": null,
            }),
            Channel::MobileMoney => json!({
                "authorization_code": self.code, "bin": format!("{}XXX", &self.number[..3]),
                "last4": format!("X{}", last(3)), "exp_month": "12", "exp_year": "9999", "channel": channel,
                "card_type": "", "bank": "MTN", "country_code": self.country, "brand": "Mtn", "reusable": false,
                "signature": null, "account_name": null,
            }),
        }
    }
}
