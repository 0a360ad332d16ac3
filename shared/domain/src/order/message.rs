//! Messages of an order.

use super::supplier_code;
use crate::{Code, MessageId, MessageText, Sender, Timestamp, code};
use serde::{Deserialize, Serialize};
use strum::VariantArray;
use utoipa::ToSchema;

/// The longest stored text, in characters: twice the longest SMS. It bounds the size of an order's item.
const LONGEST_TEXT: usize = 3_200;
/// The longest stored sender, in characters.
const LONGEST_SENDER: usize = 64;

/// A message as a supplier reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingMessage {
    /// Identifies the message within its order; made from the supplier's facts.
    pub fingerprint: String,
    /// The sender's name or number.
    pub from: Sender,
    /// The full text.
    pub text: MessageText,
    /// The code that the supplier extracted.
    pub supplier_code: Option<Code>,
    /// Time of receipt, by the supplier's clock.
    pub at: Timestamp,
}

/// Who found the code of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CodeSource {
    /// We found it in the text.
    #[default]
    Text,
    /// The provider reported it, and the text has none that we can find.
    #[serde(rename = "provider")]
    Supplier,
}

/// What a message is, as far as its text says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// A message that may be what the customer waits for.
    #[default]
    Ordinary,
    /// An operator's welcome to a new number.
    Greeting,
    /// Neither a text nor a code.
    Empty,
}

/// Why a message does not count: it neither completes the order nor costs anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum Ignored {
    /// It is older than the order, from an earlier use of the number.
    OlderThanOrder,
    /// It is an operator's welcome to a new number.
    OperatorGreeting,
    /// It has neither a text nor a code.
    Empty,
}

/// A message as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Identifier.
    pub id: MessageId,
    /// See [`IncomingMessage::fingerprint`]; prevents duplicates. Empty once the text is deleted.
    pub fingerprint: String,
    /// The sender's name or number.
    pub from: Sender,
    /// The full text; `None` after its retention.
    pub text: Option<MessageText>,
    /// The code, if any.
    pub code: Option<Code>,
    /// Who found the code.
    #[serde(default)]
    pub code_source: CodeSource,
    /// Time of receipt, by the supplier's clock.
    pub received_at: Timestamp,
    /// Whether it is older than the sale. Such a message was for an earlier customer and does not count.
    pub ignored: bool,
    /// What it is.
    #[serde(default)]
    pub kind: MessageKind,
}

impl Ignored {
    /// Every reason, in the order in which the policy lists them.
    pub const ALL: &[Self] = Self::VARIANTS;
}

impl Message {
    /// Makes a stored message; it is `ignored` if it is older than the number's sale.
    pub fn read(incoming: IncomingMessage, id: MessageId, sold_at: Timestamp) -> Self {
        let text = first(LONGEST_TEXT, incoming.text.as_str());
        let (code, code_source) = match code::extract(&text).code {
            Some(code) => (Some(Code::new(code)), CodeSource::Text),
            // The customer pays for the message, whose text may be missing or say nothing.
            None => (incoming.supplier_code.as_ref().and_then(supplier_code::typed), CodeSource::Supplier),
        };
        let code_source = if code.is_some() { code_source } else { CodeSource::default() };
        let kind = MessageKind::of(&text, code.is_some());
        Self {
            id,
            fingerprint: incoming.fingerprint,
            from: Sender::new(first(LONGEST_SENDER, incoming.from.as_str())),
            text: Some(MessageText::new(text)),
            code,
            code_source,
            received_at: incoming.at,
            ignored: incoming.at < sold_at,
            kind,
        }
    }

    /// Why the message does not count; `None` if it does.
    pub const fn ignored_because(&self) -> Option<Ignored> {
        match self.kind {
            _ if self.ignored => Some(Ignored::OlderThanOrder),
            MessageKind::Ordinary => None,
            MessageKind::Greeting => Some(Ignored::OperatorGreeting),
            MessageKind::Empty => Some(Ignored::Empty),
        }
    }

    /// Whether the message completes its order.
    pub const fn counts(&self) -> bool {
        self.ignored_because().is_none()
    }

    /// Deletes the content. The fingerprint is deleted, too, because a code of six digits could be guessed
    /// from it.
    pub(super) fn purge(&mut self) {
        self.text = None;
        self.code = None;
        self.code_source = CodeSource::default();
        self.fingerprint.clear();
    }
}

impl MessageKind {
    fn of(text: &str, has_code: bool) -> Self {
        if has_code {
            Self::Ordinary
        } else if text.trim().is_empty() {
            Self::Empty
        } else if code::is_greeting(text) {
            Self::Greeting
        } else {
            Self::Ordinary
        }
    }
}

/// The first characters of the text.
fn first(characters: usize, text: &str) -> String {
    text.chars().take(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, supplier_code: Option<&str>) -> Message {
        let incoming = IncomingMessage {
            fingerprint: "one".to_owned(),
            from: Sender::new("Viber"),
            text: MessageText::new(text),
            supplier_code: supplier_code.map(Code::new),
            at: Timestamp::default(),
        };
        Message::read(incoming, MessageId::new(Timestamp::default(), 1), Timestamp::default())
    }

    #[test]
    fn a_supplier_s_code_loses_only_to_one_of_our_own_reading() {
        use CodeSource::{Supplier, Text};
        for (text, said, code, source) in [
            ("", Some("551022"), Some("551022"), Supplier),
            ("  \n", Some("551022"), Some("551022"), Supplier),
            ("", Some("551-022"), Some("551022"), Supplier),
            ("Open the app to go on", Some("551022"), Some("551022"), Supplier),
            ("Your code is ******", Some("551022"), Some("551022"), Supplier),
            ("Your code is 483920", Some("551022"), Some("483920"), Text),
            ("Your code is 483920", Some("483920"), Some("483920"), Text),
            ("Your code is 483920", None, Some("483920"), Text),
            ("Your code is 483920", Some(""), Some("483920"), Text),
            ("Open the app to go on", None, None, Text),
            ("Open the app to go on", Some(""), None, Text),
            ("", Some("null"), None, Text),
            ("", None, None, Text),
        ] {
            let message = read(text, said);
            let shown = (message.code.as_ref().map(Code::as_str), message.code_source);
            assert_eq!(shown, (code, source), "{text:?} {said:?}");
        }
    }

    #[test]
    fn greetings_and_empty_messages_do_not_count() {
        for (text, said, because) in [
            ("Welcome to MTN! Your balance is GHS 0.00. Dial *124#", None, Some(Ignored::OperatorGreeting)),
            ("Welcome to MTN! Your balance is GHS 0.00. Dial *124#", Some("483920"), None),
            ("", None, Some(Ignored::Empty)),
            (" \n", None, Some(Ignored::Empty)),
            ("", Some("551022"), None),
            ("Open the app to go on", None, None),
            ("Your code is 483920", None, None),
        ] {
            let message = read(text, said);
            assert_eq!(
                (message.ignored_because(), message.counts()),
                (because, because.is_none()),
                "{text:?} {said:?}"
            );
        }
    }

    #[test]
    fn a_message_stored_by_an_older_version_is_readable() {
        let mut stored = serde_json::to_value(read("Your code is 483920", None)).unwrap();
        for new in ["code_source", "kind"] {
            stored.as_object_mut().unwrap().remove(new);
        }
        let read = serde_json::from_value::<Message>(stored).unwrap();
        assert_eq!((read.code_source, read.kind), (CodeSource::Text, MessageKind::Ordinary));
    }
}
