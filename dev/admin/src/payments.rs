//! Commands about payments.

use crate::{Failure, arguments::Payments, run::id, shown::Answer};
use domain::{Timestamp, payment::Payment};
use runtime::Context;
use serde_json::{Value, json};
use staff::Staff;
use store::GatewayEvent;

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
