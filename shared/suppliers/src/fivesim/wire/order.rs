//! The wire format of orders.

use super::{Answer, Call, fields::Fields, json, message::messages, read};
use crate::{
    decimal,
    error::{Excerpt, Fault, SupplierError},
    fivesim::names::country_of,
    order::{SupplierOrder, SupplierOrderStatus},
};
use domain::{PhoneNumber, SupplierOrderId, Timestamp};
use serde_json::value::RawValue;
use std::time::Duration;

/// The lifetime of an activation if the order does not say (15 minutes in 5SIM's examples).
const LIFETIME: Duration = Duration::from_mins(15);

/// One page of our orders.
#[derive(Debug, PartialEq, Eq)]
pub struct OrdersPage {
    /// The readable orders, in the order of the page.
    pub orders: Vec<SupplierOrder>,
    /// Number of entries on the page, readable or not.
    pub entries: usize,
    /// Number of unreadable entries that may be relevant.
    pub unreadable: usize,
    /// Total number of orders, if the page has it.
    pub total: Option<usize>,
}

/// Parses the answer to a purchase. With any status, an incomplete order leaves the outcome
/// unknown.
pub fn parse_buy(answer: &Answer<'_>) -> Result<SupplierOrder, SupplierError> {
    parse_order(answer, Call::Buy)
}

/// Parses the answer to a read of one order.
pub fn parse_check(answer: &Answer<'_>) -> Result<SupplierOrder, SupplierError> {
    parse_order(answer, Call::Read)
}

/// Parses the answer to an action (finish, cancel, ban).
pub fn parse_action(answer: &Answer<'_>) -> Result<SupplierOrder, SupplierError> {
    parse_order(answer, Call::Action)
}

/// Accepts an order only if it is the requested one: messages of another order belong to another
/// customer.
pub fn about(id: &SupplierOrderId, order: SupplierOrder, call: Call) -> Result<SupplierOrder, SupplierError> {
    if order.id == *id { Ok(order) } else { Err(call.unsettled(Fault::Unreadable)) }
}

fn parse_order(answer: &Answer<'_>, call: Call) -> Result<SupplierOrder, SupplierError> {
    let json = json(answer, call)?;
    order(&read(&json, call)?).ok_or_else(|| call.unsettled(Fault::Unreadable))
}

/// Parses one page of the list of orders. Unreadable entries do not affect the others. An
/// unreadable entry is not counted if it can't be a number sold since `since`: it is older, or it
/// was refunded (an order that ended before it got a number has none).
pub fn parse_orders_page(answer: &Answer<'_>, since: Timestamp) -> Result<OrdersPage, SupplierError> {
    let json = json(answer, Call::Read)?;
    let page: Fields<'_> = read(&json, Call::Read)?;
    let total = page.number("Total").and_then(|total| total.parse().ok());
    let entries: Vec<&RawValue> = match page.get("Data") {
        Some(entries) => read(entries.get(), Call::Read)?,
        None if page.has_any(&["Data", "Total"]) => Vec::new(),
        // It is no list, so it can't prove that nothing was sold.
        None => return Err(Call::Read.unsettled(Fault::Unreadable)),
    };
    let mut parsed =
        OrdersPage { orders: Vec::with_capacity(entries.len()), entries: entries.len(), unreadable: 0, total };
    for entry in entries {
        let fields = Fields::parse(entry.get());
        match fields.as_ref().and_then(order) {
            Some(order) => parsed.orders.push(order),
            None if fields.is_some_and(|fields| is_irrelevant(&fields, since)) => {}
            None => parsed.unreadable += 1,
        }
    }
    Ok(parsed)
}

fn is_irrelevant(entry: &Fields<'_>, since: Timestamp) -> bool {
    status(entry).is_refunded() || time(entry.text("created_at")).is_some_and(|at| at < since)
}

/// An order. It needs an id, a phone number, a price that is not negative, and a time; without one of them it is
/// unreadable. Other fields of an odd type are left out.
fn order(fields: &Fields<'_>) -> Option<SupplierOrder> {
    let id: u64 = fields.number("id")?.parse().ok().filter(|id| *id > 0)?;
    let created_at = time(fields.text("created_at"))?;
    let name = |name| fields.text(name).unwrap_or_default().to_ascii_lowercase();
    let messages = messages(fields.get("sms"), created_at);
    Some(SupplierOrder {
        id: SupplierOrderId::new(id.to_string()),
        phone: phone(&fields.word("phone")?)?,
        operator: name("operator").parse().ok(),
        service: name("product").parse().ok(),
        country: country_of(&name("country")),
        cost: decimal::money(fields.number("price")?).ok().filter(|cost| cost.micros() >= 0)?,
        status: status(fields),
        created_at,
        expires_at: time(fields.text("expires")).unwrap_or_else(|| created_at.plus(LIFETIME)),
        messages: messages.readable,
        unreadable_messages: messages.unreadable,
    })
}

pub(super) fn time(text: Option<String>) -> Option<Timestamp> {
    text?.parse().ok()
}

/// Parses a phone number, with or without a leading `+`.
fn phone(text: &str) -> Option<PhoneNumber> {
    let text = text.trim();
    if text.starts_with('+') { text.parse().ok() } else { format!("+{text}").parse().ok() }
}

/// The status; unknown if it is missing.
fn status(fields: &Fields<'_>) -> SupplierOrderStatus {
    read_status(&fields.text("status").unwrap_or_default())
}

fn read_status(word: &str) -> SupplierOrderStatus {
    match word {
        "PENDING" => SupplierOrderStatus::Pending,
        "RECEIVED" => SupplierOrderStatus::Received,
        "CANCELED" | "CANCELLED" => SupplierOrderStatus::Canceled,
        "TIMEOUT" => SupplierOrderStatus::Timeout,
        "FINISHED" => SupplierOrderStatus::Finished,
        "BANNED" => SupplierOrderStatus::Banned,
        other => SupplierOrderStatus::Unknown(Excerpt::of(other)),
    }
}
