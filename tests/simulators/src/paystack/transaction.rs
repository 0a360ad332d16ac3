//! A transaction: what was asked for, and what became of it. It can be tried until it is paid.

use super::{
    means::{Authorization, Channel, RefundEnd},
    money,
};
use serde_json::Value;

/// What became of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody tried to pay, or gave up.
    Abandoned,
    /// The last try was declined.
    Failed,
    /// A wallet's owner has not approved yet.
    Pending,
    Paid,
    /// The money went back in another way than by refunds.
    Reversed,
}

/// What a merchant asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub reference: String,
    pub customer: u64,
    pub amount: i64,
    pub currency: String,
    /// An object, a text, or null.
    pub metadata: Value,
    /// Where a person returns to.
    pub callback_url: Option<String>,
    /// How a person may pay; in any way if it is empty.
    pub channels: Vec<String>,
    /// The call that made it.
    pub entry_point: &'static str,
}

#[derive(Clone, Debug)]
pub struct Transaction {
    pub id: u64,
    /// The name of its page.
    pub access_code: String,
    pub asked: Asked,
    pub created_ms: i64,
    pub state: State,
    /// What was paid, which can differ from what was asked for.
    pub amount: i64,
    pub currency: String,
    pub paid_ms: Option<i64>,
    pub tries: u32,
    pub authorization: Option<Authorization>,
    pub gateway_response: &'static str,
}

impl Transaction {
    /// A transaction that nobody has tried to pay.
    pub fn new(id: u64, access_code: String, asked: Asked, now_ms: i64) -> Self {
        Self {
            id,
            access_code,
            created_ms: now_ms,
            state: State::Abandoned,
            amount: asked.amount,
            currency: asked.currency.clone(),
            paid_ms: None,
            tries: 0,
            authorization: None,
            gateway_response: "The transaction was not completed",
            asked,
        }
    }

    /// Whether a person can still pay.
    pub const fn is_payable(&self) -> bool {
        matches!(self.state, State::Abandoned | State::Failed | State::Pending)
    }

    pub fn pay(&mut self, (currency, amount): (String, i64), authorization: Authorization, now_ms: i64) {
        self.state = State::Paid;
        self.amount = amount;
        self.currency = currency;
        self.paid_ms = Some(now_ms);
        self.tries += 1;
        self.gateway_response = if self.asked.entry_point == "charge" { "Approved" } else { "Successful" };
        self.authorization = Some(authorization);
    }

    pub fn decline(&mut self) {
        self.state = State::Failed;
        self.tries += 1;
        self.gateway_response = "Declined";
    }

    pub fn wait(&mut self) {
        self.state = State::Pending;
        self.gateway_response = "Pending";
    }

    pub fn abandon(&mut self) {
        self.state = State::Abandoned;
        self.gateway_response = "The transaction was not completed";
    }

    pub fn channel(&self) -> Channel {
        match (&self.authorization, self.state) {
            (Some(authorization), _) => authorization.channel,
            (None, State::Pending) => Channel::MobileMoney,
            (None, _) => Channel::Card,
        }
    }

    pub fn refund_end(&self) -> RefundEnd {
        self.authorization.as_ref().map(|authorization| authorization.refund_end).unwrap_or_default()
    }

    /// What Paystack keeps of it, once it is paid.
    pub fn fees(&self) -> Option<i64> {
        self.paid_ms.and_then(|_| money::currency(&self.currency)).map(|currency| currency.fees(self.amount))
    }
}
