//! The wire format of messages. Each is read by itself, so that one that can't be read costs only itself.

use super::{fields::Fields, order::time};
use crate::order::SupplierMessage;
use domain::{Code, MessageText, Sender, Timestamp};
use serde_json::value::RawValue;

/// The messages of an order.
#[derive(Debug, Default)]
pub(super) struct Messages {
    /// Those that can be read, in the supplier's order.
    pub(super) readable: Vec<SupplierMessage>,
    /// How many can't.
    pub(super) unreadable: usize,
}

/// Reads the field `sms`. It is a list; a single message and an object of messages are read, too.
pub(super) fn messages(sms: Option<&RawValue>, order_created_at: Timestamp) -> Messages {
    let mut messages = Messages::default();
    for entry in entries(sms.map_or("", RawValue::get)) {
        match message(entry, order_created_at) {
            Some(message) => messages.readable.push(message),
            None => messages.unreadable += 1,
        }
    }
    messages
}

/// The fields by which an object is known as a message.
const OF_A_MESSAGE: [&str; 4] = ["text", "code", "sender", "date"];

fn entries(sms: &str) -> Vec<&str> {
    if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(sms) {
        return list.into_iter().map(RawValue::get).collect();
    }
    match Fields::parse(sms) {
        Some(fields) if fields.has_any(&OF_A_MESSAGE) => vec![sms],
        Some(fields) => fields.values().map(RawValue::get).collect(),
        // How some writers say that there is nothing.
        None if ["", "\"\"", "false"].contains(&sms) => Vec::new(),
        None => vec![sms],
    }
}

/// A message; `None` if the entry is no object, or has nothing of a message that can be read.
fn message(entry: &str, order_created_at: Timestamp) -> Option<SupplierMessage> {
    let fields = Fields::parse(entry)?;
    let (text, code) = (fields.word("text"), fields.word("code").filter(|code| !code.trim().is_empty()));
    let is_text_odd = text.is_none() && fields.get("text").is_some();
    // An empty message costs as much as any other, so it must be certain that it is one.
    if code.is_none() && (is_text_odd || !fields.has_any(&OF_A_MESSAGE)) {
        return None;
    }
    let filled = |name| fields.word(name).filter(|text| !text.is_empty());
    let at = time(fields.text("created_at")).or_else(|| time(fields.text("date")));
    Some(SupplierMessage {
        id: filled("id"),
        at: at.unwrap_or(order_created_at),
        sender: Sender::new(filled("sender").unwrap_or_default()),
        text: MessageText::new(text.unwrap_or_default()),
        code: code.map(Code::new),
    })
}
