//! Payment intents: what a merchant wants to be paid, over all attempts.

use super::{
    currency::Currency,
    form::Metadata,
    id,
    method::Kind,
    resource::{Resource, Table, with_nulls},
    world::World,
};
use serde_json::{Value, json};

/// Fields of what is not simulated.
const NULLS: &[&str] = &[
    "application",
    "application_fee_amount",
    "automatic_payment_methods",
    "next_action",
    "on_behalf_of",
    "processing",
    "receipt_email",
    "review",
    "shipping",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_data",
    "transfer_group",
];

/// How far a payment intent is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    RequiresPaymentMethod,
    RequiresConfirmation,
    Processing,
    Succeeded,
    Canceled,
}

impl Status {
    /// Its name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RequiresPaymentMethod => "requires_payment_method",
            Self::RequiresConfirmation => "requires_confirmation",
            Self::Processing => "processing",
            Self::Succeeded => "succeeded",
            Self::Canceled => "canceled",
        }
    }
}

/// How refunds of a payment go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refunds {
    Succeed,
    /// They succeed, and fail this many seconds later.
    Fail(i64),
    /// They are pending for this many seconds.
    Wait(i64),
    /// The same, but then they fail.
    WaitAndFail(i64),
}

/// A payment intent.
#[derive(Clone, Debug)]
pub struct Intent {
    pub id: String,
    pub created: i64,
    pub amount: i64,
    pub currency: &'static Currency,
    pub customer: Option<String>,
    pub description: Option<String>,
    pub metadata: Metadata,
    /// `on_session` or `off_session`.
    pub saves: Option<&'static str>,
    pub kinds: Vec<Kind>,
    pub method: Option<String>,
    pub status: Status,
    pub canceled_at: Option<i64>,
    pub latest_charge: Option<String>,
    /// Why the latest charge failed.
    pub error: Option<Value>,
    pub refunds: Refunds,
    /// The checkout session; without one the merchant made the intent.
    pub session: Option<String>,
    /// The name that tests use: the merchant's reference, or its own identifier.
    pub reference: String,
    /// What a browser would confirm it with.
    pub secret: String,
}

impl Intent {
    /// An intent without an attempt.
    pub fn new(amount: i64, currency: &'static Currency, now: i64) -> Self {
        let id = id::object("pi");
        Self {
            secret: id::random(&format!("{id}_secret_"), 25),
            reference: id.clone(),
            id,
            created: now,
            amount,
            currency,
            customer: None,
            description: None,
            metadata: Metadata::new(),
            saves: None,
            kinds: vec![Kind::Card],
            method: None,
            status: Status::RequiresPaymentMethod,
            canceled_at: None,
            latest_charge: None,
            error: None,
            refunds: Refunds::Succeed,
            session: None,
        }
    }
}

impl Resource for Intent {
    const OBJECT: &'static str = "payment_intent";
    const PARAM: &'static str = "intent";
    const PATH: &'static str = "/v1/payment_intents";
    const FILTERS: &'static [&'static str] = &["customer"];

    fn table(world: &World) -> &Table<Self> {
        &world.intents
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn json(&self, _now: i64) -> Value {
        let kinds: Vec<_> = self.kinds.iter().map(|kind| kind.name()).collect();
        let shown = json!({
            "id": self.id,
            "object": Self::OBJECT,
            "amount": self.amount,
            "amount_capturable": 0,
            "amount_details": { "tip": {} },
            "amount_received": if self.status == Status::Succeeded { self.amount } else { 0 },
            "canceled_at": self.canceled_at,
            "cancellation_reason": self.canceled_at.map(|_| "automatic"),
            "capture_method": "automatic_async",
            "client_secret": self.secret,
            "confirmation_method": "automatic",
            "created": self.created,
            "currency": self.currency.code,
            "customer": self.customer,
            "description": self.description,
            "last_payment_error": self.error,
            "latest_charge": self.latest_charge,
            "livemode": false,
            "metadata": self.metadata,
            "payment_method": self.method,
            "payment_method_options": {},
            "payment_method_types": kinds,
            "setup_future_usage": self.saves,
            "status": self.status.name(),
        });
        with_nulls(shown, NULLS)
    }
}
