//! Invoices, their payments, and what was paid of them. How an invoice changes is in `machine`.

use super::{
    method::Method,
    money,
    state::{Additional, PaymentStatus, Status},
};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

/// An invoice.
#[derive(Clone, Debug)]
pub struct Invoice {
    pub id: String,
    pub created_ms: i64,
    pub expires_ms: i64,
    /// Until then, the server looks for payments and their confirmations.
    pub monitored_until_ms: i64,
    /// An earlier end of the monitoring, so that a test need not wait a day for an invoice that becomes invalid.
    pub gives_up_ms: Option<i64>,
    /// 0 for an invoice of any amount, until its first payment.
    pub price: Decimal,
    pub currency: String,
    /// Whether the first payment sets the price.
    pub is_top_up: bool,
    pub status: Status,
    pub additional: Additional,
    pub is_archived: bool,
    pub metadata: Map<String, Value>,
    pub terms: Terms,
    /// Terms that find the invoice, beside its own.
    pub search_terms: Vec<String>,
    pub prompts: Vec<Prompt>,
    pub payments: Vec<Payment>,
}

/// What the merchant chose for the pages of an invoice, and how it is paid.
#[derive(Clone, Debug)]
pub struct Terms {
    pub speed: Speed,
    pub default_method: Option<String>,
    /// Percent that may be missing.
    pub tolerance: Decimal,
    pub redirect_url: Option<String>,
    pub redirects_by_itself: bool,
    pub language: Option<String>,
    /// The settings of the receipt.
    pub receipt: Value,
}

/// The confirmations that the merchant wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[expect(clippy::enum_variant_names, reason = "the names on the wire")]
pub enum Speed {
    HighSpeed,
    MediumSpeed,
    LowMediumSpeed,
    LowSpeed,
}

/// A way to pay an invoice.
#[derive(Clone, Debug)]
pub struct Prompt {
    pub method: &'static Method,
    /// The price of a coin in the invoice's currency. It never changes.
    pub rate: Decimal,
    pub destination: String,
}

/// A payment of an invoice.
#[derive(Clone, Debug)]
pub struct Payment {
    pub id: String,
    pub method: &'static Method,
    pub rate: Decimal,
    pub destination: String,
    pub received_ms: i64,
    /// In coins.
    pub value: Decimal,
    pub status: PaymentStatus,
    pub fate: Fate,
}

/// What becomes of a payment that is not final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It has all confirmations at this time.
    Confirms(i64),
    /// Another transaction spends the same coins at this time.
    DoubleSpent(i64),
    /// No confirmation ever.
    Pending,
}

/// What was paid of an invoice, in its currency.
#[derive(Clone, Copy, Debug)]
pub struct Totals {
    pub paid: Decimal,
    /// What is missing. Negative if too much was paid, apart from what rounding of coins adds.
    pub due: Decimal,
    /// What is missing for the status to change.
    pub minimum_due: Decimal,
    /// What is missing for the status to change if only final payments count.
    pub unconfirmed_due: Decimal,
}

/// What was paid of an invoice, in coins of a prompt.
#[derive(Clone, Copy, Debug)]
pub struct Account {
    pub amount: Decimal,
    /// What is missing; negative if too much was paid.
    pub due: Decimal,
    pub total_paid: Decimal,
    /// Paid by this method.
    pub method_paid: Decimal,
}

impl Speed {
    /// The confirmations of a transaction that is final.
    pub const fn confirmations(self) -> i64 {
        match self {
            Self::HighSpeed => 0,
            Self::MediumSpeed => 1,
            Self::LowMediumSpeed => 2,
            Self::LowSpeed => 6,
        }
    }
}

impl Payment {
    /// Whether the payment counts.
    pub fn counts(&self) -> bool {
        self.status != PaymentStatus::Invalid
    }

    /// The value in the currency of the invoice.
    pub fn worth(&self) -> Decimal {
        self.value.saturating_mul(self.rate)
    }
}

impl Invoice {
    /// The merchant's reference.
    pub fn order_id(&self) -> Option<String> {
        match self.metadata.get("orderId")? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Whether the first payment will set the price.
    pub fn has_no_price_yet(&self) -> bool {
        self.is_top_up && self.price.is_zero()
    }

    /// The prompt of a method.
    pub fn prompt(&self, method: &str) -> Option<&Prompt> {
        self.prompts.iter().find(|prompt| prompt.method.id == method)
    }

    /// The prompt that the page shows first: the one that the merchant chose, or the first one.
    pub fn default_prompt(&self) -> Option<&Prompt> {
        let chosen = self.terms.default_method.as_deref().and_then(Method::find);
        chosen.and_then(|method| self.prompt(method.id)).or_else(|| self.prompts.first())
    }

    /// What was paid, in the invoice's currency.
    pub fn totals(&self) -> Totals {
        let sum = |counts: fn(&Payment) -> bool| -> Decimal {
            self.payments.iter().filter(|payment| counts(payment)).map(Payment::worth).sum()
        };
        let (paid, settled) = (sum(Payment::counts), sum(|payment| payment.status == PaymentStatus::Settled));
        let minimum = self.price - self.price.saturating_mul(self.terms.tolerance) / Decimal::ONE_HUNDRED;
        let due = self.price - paid;
        // A coin's smallest unit is worth more than the price needs.
        let is_rounding = due.is_sign_negative()
            && self.prompts.iter().any(|prompt| money::coins(due / prompt.rate, prompt.method.digits).is_zero());
        Totals {
            paid,
            due: if is_rounding { Decimal::ZERO } else { due },
            minimum_due: minimum - paid,
            unconfirmed_due: minimum - settled,
        }
    }

    /// What was paid, in coins of a prompt.
    pub fn account(&self, prompt: &Prompt) -> Account {
        let totals = self.totals();
        let coins = |amount: Decimal| money::coins(amount / prompt.rate, prompt.method.digits);
        let by_method = self.payments.iter().filter(|payment| payment.counts() && payment.method == prompt.method);
        Account {
            amount: coins(self.price),
            due: coins(totals.due),
            total_paid: coins(totals.paid),
            method_paid: by_method.map(|payment| payment.value).sum::<Decimal>().normalize(),
        }
    }
}
