//! Commands about payments.

use crate::{
    Failure,
    arguments::{Payments, RefundOf},
    run::id,
    shown::Answer,
};
use billing::Decision;
use domain::{Timestamp, payment::Payment};
use runtime::Context;
use serde_json::{Value, json};
use staff::{PaymentRefund, Staff};
use store::{Cursor, GatewayEvent, first_items};

pub async fn run(context: &Context, staff: &Staff<'_>, command: &Payments) -> Result<Answer, Failure> {
    let value = match command {
        Payments::List(of) => {
            let found = staff.newest_payments(&id(staff, &of.customer.customer).await?, of.most as usize).await?;
            found.iter().rev().map(listed).collect()
        }
        Payments::Show { reference } => whole(&staff.payment(reference).await?),
        Payments::Look { reference } => whole(&staff.look_at_payment(reference).await?),
        Payments::Events { day, reference } => {
            let day = day.as_ref().map_or(Ok(context.now()), |day| {
                Timestamp::of_day(day).map_err(|_| Failure::Refused(format!("{day} is not a day like 2026-11-27")))
            })?;
            let events = staff.gateway_events(day).await?;
            let wanted = |event: &&GatewayEvent| reference.is_none() || event.reference == *reference;
            events.iter().filter(wanted).map(event).collect()
        }
        Payments::Rerun { event: id } => event(&staff.rerun_gateway_event(id).await?),
        Payments::Refunds { most } => {
            let read = async |left: usize, after: Option<&Cursor>| staff.awaiting_refunds(left, after).await;
            first_items(usize::from(*most), read).await?.iter().map(refund).collect()
        }
        Payments::Approve(of) => decide(staff, of, Decision::Approve).await?,
        Payments::Refuse(of) => decide(staff, of, Decision::Refuse).await?,
        Payments::Prices => {
            let prices = staff.credit_prices().await?;
            let shown = prices.iter().map(
                |(currency, price)| json!({ "id": currency, "price": price.map(|price| price.minor().to_string()) }),
            );
            shown.collect()
        }
        Payments::Price { currency, price } => {
            let listed = staff.set_credit_price(*currency, price.0).await?;
            json!({ "id": currency, "price": listed.price.minor().to_string(), "as_of": listed.as_of })
        }
    };
    Ok(value.into())
}

async fn decide(staff: &Staff<'_>, of: &RefundOf, decision: Decision) -> Result<Value, Failure> {
    Ok(refund(&staff.decide_refund(&of.reference, &of.refund, decision, &of.reason).await?))
}

/// A refund, with what a decision needs.
fn refund(PaymentRefund { payment, refund }: &PaymentRefund) -> Value {
    json!({
        "id": refund.id,
        "reference": payment.reference,
        "status": refund.status,
        "credits": refund.credits,
        "amount": refund.amount.to_string(),
        "gateway": payment.gateway,
        "reason": refund.reason,
        "credited": payment.credited,
        "refunded": payment.refunded(),
        "created_at": refund.created_at,
    })
}

fn listed(payment: &Payment) -> Value {
    json!({
        "id": payment.reference,
        "status": payment.status,
        "gateway": payment.gateway,
        "method": payment.method,
        "amount": payment.amount.to_string(),
        "credits": payment.credits,
        "credited": payment.credited,
        "created_at": payment.created_at,
    })
}

/// A payment with everything that answers "where is my money?".
fn whole(payment: &Payment) -> Value {
    let mut shown = listed(payment);
    shown["failure"] = json!(payment.failure);
    shown["gateway_payment"] = json!(payment.checkout.as_ref().and_then(|checkout| checkout.gateway_payment.clone()));
    shown["receipts"] = json!(payment.receipts);
    shown["refunds"] = json!(payment.refunds);
    shown["disputes"] = json!(payment.disputes);
    shown["asked_next"] = json!(payment.due_at);
    shown["timeline"] = json!(payment.timeline);
    shown
}

/// An event, without its body.
fn event(event: &GatewayEvent) -> Value {
    json!({
        "id": event.id,
        "gateway": event.gateway,
        "kind": event.kind,
        "reference": event.reference,
        "outcome": event.outcome,
        "received_at": event.received_at,
        "handled_at": event.handled_at,
    })
}
