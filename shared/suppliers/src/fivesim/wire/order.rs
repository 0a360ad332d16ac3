//! The wire format of orders and messages.

use super::{Answer, Call, json, read};
use crate::{
    decimal,
    error::{Excerpt, Fault, SupplierError},
    fivesim::names::country_of,
    order::{SupplierMessage, SupplierOrder, SupplierOrderStatus},
};
use domain::{Code, MessageText, PhoneNumber, Sender, SupplierOrderId, Timestamp};
use serde::Deserialize;
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
    let order: WireOrder<'_> = read(json(answer, call)?, call)?;
    order.into_order().ok_or_else(|| call.unsettled(Fault::Unreadable))
}

/// Parses one page of the list of orders. Unreadable entries do not affect the others. An
/// unreadable entry is not counted if it can't be a number sold since `since`: it is older, or it
/// was refunded (an order that ended before it got a number has none).
pub fn parse_orders_page(answer: &Answer<'_>, since: Timestamp) -> Result<OrdersPage, SupplierError> {
    let page: WirePage<'_> = read(json(answer, Call::Read)?, Call::Read)?;
    let entries = page.data.unwrap_or_default();
    let mut parsed = OrdersPage {
        orders: Vec::with_capacity(entries.len()),
        entries: entries.len(),
        unreadable: 0,
        total: page.total,
    };
    for entry in entries {
        let order = serde_json::from_str::<WireOrder<'_>>(entry.get()).ok().and_then(WireOrder::into_order);
        match order {
            Some(order) => parsed.orders.push(order),
            None if is_irrelevant(entry, since) => {}
            None => parsed.unreadable += 1,
        }
    }
    Ok(parsed)
}

fn is_irrelevant(entry: &RawValue, since: Timestamp) -> bool {
    #[derive(Deserialize)]
    struct Outline {
        status: Option<String>,
        created_at: Option<String>,
    }
    serde_json::from_str::<Outline>(entry.get()).is_ok_and(|outline| {
        outline.status.is_some_and(|status| read_status(&status).is_refunded())
            || time(outline.created_at.as_deref()).is_some_and(|at| at < since)
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WirePage<'a> {
    #[serde(borrow)]
    data: Option<Vec<&'a RawValue>>,
    total: Option<usize>,
}

#[derive(Deserialize)]
struct WireOrder<'a> {
    #[serde(borrow)]
    id: &'a RawValue,
    phone: Option<String>,
    operator: Option<String>,
    product: Option<String>,
    #[serde(borrow)]
    price: &'a RawValue,
    status: String,
    expires: Option<String>,
    sms: Option<Vec<WireSms>>,
    created_at: String,
    country: Option<String>,
}

#[derive(Deserialize)]
struct WireSms {
    id: Option<Word>,
    created_at: Option<String>,
    date: Option<String>,
    sender: Option<Word>,
    text: Option<Word>,
    code: Option<Word>,
}

/// A string that some answers write as a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Word {
    Text(String),
    Number(serde_json::Number),
}

impl Word {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

impl WireOrder<'_> {
    /// `None` if the order is incomplete: it needs an id, a phone number, a price that is not
    /// negative, and a time.
    fn into_order(self) -> Option<SupplierOrder> {
        let id: u64 = number_text(self.id).parse().ok().filter(|id| *id > 0)?;
        let created_at = time(Some(&self.created_at))?;
        let lower = |text: Option<String>| text.unwrap_or_default().to_ascii_lowercase();
        Some(SupplierOrder {
            id: SupplierOrderId::new(id.to_string()),
            phone: read_phone(&self.phone?)?,
            operator: lower(self.operator).parse().ok(),
            service: lower(self.product).parse().ok(),
            country: country_of(&lower(self.country)),
            cost: decimal::money(number_text(self.price)).ok().filter(|cost| cost.micros() >= 0)?,
            status: read_status(&self.status),
            created_at,
            expires_at: time(self.expires.as_deref()).unwrap_or_else(|| created_at.plus(LIFETIME)),
            messages: self.sms.unwrap_or_default().into_iter().map(|sms| sms.into_message(created_at)).collect(),
        })
    }
}

impl WireSms {
    fn into_message(self, order_created_at: Timestamp) -> SupplierMessage {
        let filled = |word: Option<Word>| word.map(Word::into_text).filter(|text| !text.is_empty());
        let at = time(self.created_at.as_deref()).or_else(|| time(self.date.as_deref()));
        SupplierMessage {
            id: filled(self.id),
            at: at.unwrap_or(order_created_at),
            sender: Sender::new(filled(self.sender).unwrap_or_default()),
            text: MessageText::new(filled(self.text).unwrap_or_default()),
            code: filled(self.code).map(Code::new),
        }
    }
}

/// The digits of a number that is written as a number or as a string.
pub(super) fn number_text(raw: &RawValue) -> &str {
    raw.get().trim_matches('"')
}

fn time(text: Option<&str>) -> Option<Timestamp> {
    text?.parse().ok()
}

/// Parses a phone number, with or without a leading `+`.
fn read_phone(text: &str) -> Option<PhoneNumber> {
    let text = text.trim();
    if text.starts_with('+') { text.parse().ok() } else { format!("+{text}").parse().ok() }
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
