//! Refunds are made, listed, read, and tried again with the customer's bank account.

use super::{
    answer::{Refusal, list, ok},
    failing::{self, bad_gateway, wait},
    fields::Fields,
    listing::{Asked, Listing, number},
    money,
    plan::{Fault, Moment},
    refund::{Refund, Status},
    refund_wire,
    transaction::{State as Payment, Transaction},
    wire::{MERCHANT, with},
    world::{Shared, World},
};
use axum::{
    Router,
    extract::{Path, Query, State},
    response::Response,
    routing::{get, post},
};
use serde_json::{Value, json};

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/refund", get(all).post(create))
        .route("/refund/{id}", get(fetch))
        .route("/refund/retry_with_customer_details/{id}", post(retry))
}

/// The notes, the amount and the currency of a refund, if they were given.
struct Wanted {
    amount: Option<i64>,
    currency: Option<String>,
    customer_note: Option<String>,
    merchant_note: Option<String>,
}

async fn create(State(shared): State<Shared>, fields: Fields) -> Result<Response, Refusal> {
    let name = name(&fields)?;
    let amount = fields.whole("amount").map_err(|_| Refusal::InvalidAmount)?;
    let wanted = Wanted {
        amount: amount.map(|amount| if amount > 0 { Ok(amount) } else { Err(Refusal::InvalidAmount) }).transpose()?,
        currency: fields.text("currency")?,
        customer_note: fields.text("customer_note")?,
        merchant_note: fields.text("merchant_note")?,
    };
    let (id, reference) = {
        let world = shared.current();
        let transaction = find(&world, &name).ok_or(Refusal::UnknownTransaction)?;
        (transaction.id, transaction.asked.reference.clone())
    };
    let fault = failing::take(&shared, Moment::Refund, &reference);
    if fault.as_ref().is_some_and(|plan| plan.fault == Fault::Refund502) {
        return Ok(bad_gateway());
    }
    let data = make(&mut shared.lock(), id, wanted)?;
    if let Some(plan) = fault {
        wait(plan.seconds).await;
    }
    Ok(ok("Refund has been queued for processing", &data))
}

/// What the caller names the transaction by: its reference or its number.
fn name(fields: &Fields) -> Result<String, Refusal> {
    match fields.raw("transaction") {
        None => Err(Refusal::Missing("Transaction")),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Number(number)) => Ok(number.to_string()),
        Some(_) => Err(Refusal::Invalid("Invalid value of transaction".to_owned())),
    }
}

fn find<'a>(world: &'a World, name: &str) -> Option<&'a Transaction> {
    world.by_reference(name).or_else(|| world.transactions.get(&name.parse().ok()?))
}

/// Without an amount, everything that was paid is asked for, not the rest.
fn make(world: &mut World, id: u64, wanted: Wanted) -> Result<Value, Refusal> {
    let of = world.transactions.get(&id).ok_or(Refusal::UnknownTransaction)?;
    if world.status(of) == "reversed" {
        return Err(Refusal::FullyReversed);
    }
    if of.state != Payment::Paid {
        return Err(Refusal::NotPaid);
    }
    if wanted.currency.is_some_and(|currency| currency != of.currency) {
        return Err(Refusal::RefundCurrency);
    }
    let (amount, currency, reference) = (wanted.amount.unwrap_or(of.amount), of.currency.clone(), &of.asked.reference);
    let least = money::currency(&currency).map_or(0, |currency| currency.least_refund);
    if amount < least {
        return Err(Refusal::RefundTooSmall(money::shown(&currency, least)));
    }
    if world.refunded(id) + amount > of.amount {
        return Err(Refusal::RefundTooLarge);
    }
    let note = format!("Refund for transaction {reference}");
    let (merchant_note, end) = (format!("{note} by {MERCHANT}"), of.refund_end());
    let now = world.now_ms();
    let refund = Refund {
        id: world.new_id(),
        transaction: id,
        amount,
        currency,
        customer_note: wanted.customer_note.unwrap_or(note),
        merchant_note: wanted.merchant_note.unwrap_or(merchant_note),
        status: Status::Pending,
        end,
        created_ms: now,
        changed_ms: now,
    };
    let made = refund.id;
    world.refunds.insert(made, refund);
    world.tell_of_refund(made);
    written(world, made, refund_wire::created)
}

async fn all(State(shared): State<Shared>, Query(asked): Asked) -> Result<Response, Refusal> {
    let listing = Listing::read(&asked)?;
    // A reference finds nothing here: only the transaction's number does.
    let transaction = asked.get("transaction").map(|text| text.parse().unwrap_or(0_u64));
    let (currency, amount) = (asked.get("currency"), number(&asked, "amount")?);
    let world = shared.current();
    let all = world.refunds.values().filter(|refund| {
        listing.includes(refund.created_ms)
            && transaction.is_none_or(|wanted| wanted == refund.transaction)
            && currency.is_none_or(|wanted| *wanted == refund.currency)
            && amount.is_none_or(|wanted| wanted == refund.amount)
    });
    let all: Vec<_> = all.collect();
    let failed = all.iter().filter(|refund| refund.status == Status::Failed).count();
    let (page, meta) = listing.page(all);
    let page: Result<Vec<_>, _> = page.iter().map(|refund| written(&world, refund.id, refund_wire::fetched)).collect();
    // The only list whose `perPage` is a text.
    let per_page = meta["perPage"].to_string();
    Ok(list("Refunds retrieved", &page?, &with(meta, json!({ "perPage": per_page, "failedRefundCount": failed }))))
}

async fn fetch(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    Ok(ok("Refund retrieved", &written(&shared.current(), id, refund_wire::fetched)?))
}

async fn retry(State(shared): State<Shared>, Path(id): Path<String>, fields: Fields) -> Result<Response, Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let account = fields.raw("refund_account_details").ok_or(Refusal::Missing("refund_account_details"))?;
    let account = Fields::of(account).ok_or(Refusal::Invalid("Invalid value of refund_account_details".to_owned()))?;
    let currency = account.text("currency")?.ok_or(Refusal::Missing("currency"))?;
    account.text("account_number")?.ok_or(Refusal::Missing("account_number"))?;
    account.text("bank_id")?.ok_or(Refusal::Missing("bank_id"))?;
    let mut world = shared.current();
    let now = world.now_ms();
    let refund = world.refunds.get_mut(&id).ok_or(Refusal::NotFound)?;
    if refund.status != Status::NeedsAttention {
        return Err(Refusal::NotNeedingAttention);
    }
    if currency != refund.currency {
        return Err(Refusal::RefundCurrency);
    }
    refund.end = super::means::RefundEnd::Processed;
    world.move_refund(id, Status::Processing, now);
    let data = written(&world, id, refund_wire::retried)?;
    Ok(ok("Refund retried and has been queued for processing", &data))
}

fn written(world: &World, id: u64, write: impl Fn(&World, &Refund, &Transaction) -> Value) -> Result<Value, Refusal> {
    let refund = world.refunds.get(&id).ok_or(Refusal::NotFound)?;
    let of = world.transactions.get(&refund.transaction).ok_or(Refusal::UnknownTransaction)?;
    Ok(write(world, refund, of))
}
