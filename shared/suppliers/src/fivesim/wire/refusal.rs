//! What an answer says instead of what was asked for: the texts in it, whatever they are wrapped in.
//!
//! 5SIM documents its refusals as plain texts. They also come as `text/html`, as a JSON string, and as a value of a
//! JSON object (`{"status": "no free phones"}`), with any status. Other texts, and pages of the network, say nothing
//! about what happened.

use serde_json::Value;

/// The longest answer that is looked through, in bytes. Refusals are short, and lists are megabytes.
const LONGEST: usize = 4096;
/// How deep a refusal may be wrapped: `{"error": {"messages": ["no free phones"]}}`.
const DEEPEST: usize = 4;

/// What kind of answer a body is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// Nothing, or a page of the network.
    Nothing,
    /// A text.
    Text(String),
    /// JSON that has an order in it, or may have one, so it is not a refusal.
    Order,
    /// Other JSON, with the texts in it.
    Json(Vec<String>),
}

impl Body {
    /// Sorts a body.
    pub(super) fn of(body: &str) -> Self {
        let body = body.trim();
        if body.is_empty() || body.starts_with('<') {
            return Self::Nothing;
        }
        if !body.starts_with(['{', '[', '"', 'n']) {
            return Self::Text(body.to_owned());
        }
        if body.len() > LONGEST {
            return if body.starts_with(['{', '[']) { Self::Order } else { Self::Text(body.to_owned()) };
        }
        match serde_json::from_str(body) {
            Ok(Value::String(text)) if text.trim().is_empty() || text.trim().starts_with('<') => Self::Nothing,
            Ok(Value::String(text)) => Self::Text(text),
            Ok(value) if has_order(&value, DEEPEST) => Self::Order,
            Ok(value) => Self::Json(texts_in(value)),
            // Cut off: what follows may have been an order.
            Err(_) if body.starts_with(['{', '[']) => Self::Order,
            Err(_) => Self::Text(body.to_owned()),
        }
    }

    /// The texts that may be a refusal.
    pub(super) fn texts(&self) -> &[String] {
        match self {
            Self::Nothing | Self::Order => &[],
            Self::Text(text) => std::slice::from_ref(text),
            Self::Json(texts) => texts,
        }
    }
}

/// Whether the value has an order in it: the number of one, or a phone number.
fn has_order(value: &Value, depth: usize) -> bool {
    match value {
        // Deeper than any refusal: it may be anything.
        Value::Object(_) | Value::Array(_) if depth == 0 => true,
        Value::Object(fields) => {
            is_order_number(fields.get("id"))
                || fields.get("phone").is_some_and(is_filled)
                || fields.values().any(|value| has_order(value, depth - 1))
        }
        Value::Array(values) => values.iter().any(|value| has_order(value, depth - 1)),
        _ => false,
    }
}

fn is_order_number(id: Option<&Value>) -> bool {
    match id {
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        Some(Value::String(text)) => text.bytes().any(|b| b != b'0') && text.bytes().all(|b| b.is_ascii_digit()),
        _ => false,
    }
}

fn is_filled(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => false,
        Value::String(text) => !text.trim().is_empty(),
        _ => true,
    }
}

fn texts_in(value: Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.into_iter().flat_map(texts_in).collect(),
        Value::Object(fields) => fields.into_iter().flat_map(|(_, value)| texts_in(value)).collect(),
        _ => Vec::new(),
    }
}

/// The words of a text in lower case, with one space between them: how a text is compared with the known ones.
/// A leading "error" is left out.
pub(super) fn words(text: &str) -> String {
    let words: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words = words.join(" ").to_lowercase();
    words.strip_prefix("error ").map(str::to_owned).unwrap_or(words)
}
