//! What a customer does with an invoice, by the page's buttons or by the control API.

use super::{
    event::Event,
    fields,
    invoice::{Fate, Invoice, Payment, Prompt},
    method::Method,
    money,
    state::{PaymentStatus, Status},
    world::World,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// What becomes of an invoice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The exact amount on a chain.
    #[default]
    Success,
    /// The exact amount by Lightning, which is final at once.
    Lightning,
    /// Half, or another share or amount.
    Partial,
    /// One and a half times as much, or another share or amount.
    Over,
    /// The invoice expires if it has not yet, and the exact amount comes then.
    Late,
    /// The exact amount, without confirmations.
    Unconfirmed,
    /// As above, and the server gives up waiting. Then another transaction spends the same coins.
    #[serde(alias = "failed")]
    Invalid,
    /// The exact amount, but another transaction spends the same coins while the server waits.
    DoubleSpent,
    /// One more payment of the whole amount, whatever the status.
    Second,
    /// The invoice expires now.
    Expired,
}

/// A payment to make.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pay {
    #[serde(default)]
    pub outcome: Outcome,
    /// Percent of what is due.
    #[serde(default, deserialize_with = "lenient")]
    pub share: Option<Decimal>,
    /// In coins, in place of a share.
    #[serde(default, deserialize_with = "lenient")]
    pub amount: Option<Decimal>,
    /// The payment method; the invoice's default without it.
    pub method: Option<String>,
    /// How long all confirmations take, in seconds.
    pub after_s: Option<u32>,
}

/// Why a payment was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such invoice.
    Unknown,
    /// It can't be paid any more.
    Closed,
    /// The payment has a method or an amount that is not possible.
    Impossible,
}

/// Makes a payment.
pub fn pay(world: &mut World, id: &str, pay: &Pay) -> Result<(), Refusal> {
    let (now, confirm_s) = (world.now_ms(), world.confirm_s);
    let invoice = world.invoice(id).ok_or(Refusal::Unknown)?;
    if !is_open(invoice, pay.outcome, now) {
        return Err(Refusal::Closed);
    }
    if pay.outcome == Outcome::Expired {
        world.change(id, expire);
        return Ok(());
    }
    let payment = payment(invoice, pay, confirm_s, now)?;
    if pay.outcome == Outcome::Late {
        world.change(id, expire);
    }
    world.change(id, |invoice, now| {
        if let (Outcome::Invalid, Fate::DoubleSpent(at)) = (pay.outcome, payment.fate) {
            invoice.gives_up_ms = Some(at);
        }
        invoice.receive(payment, now)
    });
    Ok(())
}

/// Whether an invoice can have this outcome.
pub fn is_open(invoice: &Invoice, outcome: Outcome, now_ms: i64) -> bool {
    let is_new = invoice.status == Status::New;
    match outcome {
        _ if now_ms >= invoice.monitored_until_ms => false,
        Outcome::Late => is_new || invoice.status == Status::Expired,
        Outcome::Second => invoice.payments.iter().any(Payment::counts),
        _ => is_new,
    }
}

fn expire(invoice: &mut Invoice, now_ms: i64) -> Vec<Event> {
    if invoice.status == Status::New {
        invoice.expires_ms = now_ms;
    }
    invoice.advance(now_ms)
}

fn payment(invoice: &Invoice, pay: &Pay, confirm_s: i64, now_ms: i64) -> Result<Payment, Refusal> {
    let prompt = prompt(invoice, pay).ok_or(Refusal::Impossible)?;
    let waits = matches!(pay.outcome, Outcome::Unconfirmed | Outcome::Invalid | Outcome::DoubleSpent);
    if waits && prompt.method.is_instant() {
        return Err(Refusal::Impossible);
    }
    let value = value(invoice, prompt, pay);
    if value <= Decimal::ZERO {
        return Err(Refusal::Impossible);
    }
    let confirmations = if prompt.method.is_instant() { 0 } else { invoice.terms.speed.confirmations() };
    let wait_ms = pay.after_s.map_or(confirmations * confirm_s, i64::from) * 1000;
    let at = now_ms + wait_ms;
    let (status, fate) = match pay.outcome {
        Outcome::Unconfirmed => (PaymentStatus::Processing, Fate::Pending),
        Outcome::Invalid | Outcome::DoubleSpent => (PaymentStatus::Processing, Fate::DoubleSpent(at)),
        _ if prompt.method.is_instant() || wait_ms == 0 => (PaymentStatus::Settled, Fate::Pending),
        _ => (PaymentStatus::Processing, Fate::Confirms(at)),
    };
    Ok(Payment {
        id: prompt.method.new_payment_id(),
        method: prompt.method,
        rate: prompt.rate,
        destination: prompt.destination.clone(),
        received_ms: now_ms,
        value,
        status,
        fate,
    })
}

/// The way to pay: the one that is asked for, Lightning, or the first one on a chain.
fn prompt<'a>(invoice: &'a Invoice, pay: &Pay) -> Option<&'a Prompt> {
    match &pay.method {
        Some(id) => invoice.prompt(Method::find(id)?.id),
        None if pay.outcome == Outcome::Lightning => invoice.prompts.iter().find(|prompt| prompt.method.is_instant()),
        None => {
            let default = invoice.default_prompt().filter(|prompt| !prompt.method.is_instant());
            default.or_else(|| invoice.prompts.iter().find(|prompt| !prompt.method.is_instant()))
        }
    }
}

fn value(invoice: &Invoice, prompt: &Prompt, pay: &Pay) -> Decimal {
    let account = invoice.account(prompt);
    let whole = if pay.outcome == Outcome::Second { account.amount } else { account.due };
    let share = pay.share.unwrap_or(match pay.outcome {
        Outcome::Partial => Decimal::from(50),
        Outcome::Over => Decimal::from(150),
        _ => Decimal::ONE_HUNDRED,
    });
    let value = pay.amount.unwrap_or_else(|| whole.saturating_mul(share) / Decimal::ONE_HUNDRED);
    money::coins(value, prompt.method.digits)
}

/// A decimal as a text or a number.
fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let read = match Option::<Value>::deserialize(deserializer)? {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => fields::decimal(&text),
        Some(Value::Number(number)) => fields::decimal(&number.to_string()),
        Some(_) => None,
    };
    read.map(Some).ok_or_else(|| serde::de::Error::custom("not a decimal"))
}
