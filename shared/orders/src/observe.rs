//! Stores a supplier's view of an order.

use crate::{Unsettled, supplier_facts, write::write};
use domain::{
    MessageId,
    order::{Ignored, Order},
};
use runtime::{Context, findings, telemetry};
use store::{Finding, FindingKind};
use suppliers::{Fault, SupplierError, SupplierOrder};

/// Stores new messages, or that the supplier closed the order without one. Returns the order as stored.
pub(crate) async fn observe(context: &Context, order: Order, said: &SupplierOrder) -> Result<Order, Unsettled> {
    let now = context.now();
    if order.number.as_ref().is_some_and(|number| number.phone != said.phone) {
        // The messages may belong to another customer.
        return Err(SupplierError::Unavailable { fault: Fault::Unreadable }.into());
    }
    if said.unreadable_messages > 0 {
        tracing::warn!(order_id = %order.id, messages = said.unreadable_messages, "messages can't be read");
        telemetry::count("UnreadableMessages", said.unreadable_messages as u64);
    }
    let new_id = || MessageId::new(now, context.random());
    let order = match order.clone().receive(supplier_facts::messages(said), new_id, now) {
        Some(step) => {
            let greetings = greetings(&step.subject).saturating_sub(greetings(&order));
            let order = write(context, step).await?;
            if greetings > 0 {
                telemetry::count("GreetingsIgnored", greetings);
            }
            order
        }
        None => order,
    };
    if order.status.awaits_code() && !said.status.is_open() {
        if !said.status.is_refunded() {
            findings::record(context, &Finding::about_order(FindingKind::ChargedWithoutMessage, &order)).await;
        }
        let step = order.given_back(now)?;
        return write(context, step).await;
    }
    Ok(order)
}

fn greetings(order: &Order) -> u64 {
    order.messages.iter().filter(|message| message.ignored_because() == Some(Ignored::OperatorGreeting)).count() as u64
}
