//! Messages of an order.

use crate::{Code, MessageId, MessageText, Sender, Timestamp, code};
use serde::{Deserialize, Serialize};

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
    /// The extracted code, if any.
    pub code: Option<Code>,
    /// Time of receipt, by the supplier's clock.
    pub received_at: Timestamp,
    /// Whether it is older than the sale. Such a message was for an earlier customer and does not count.
    pub ignored: bool,
}

impl Message {
    /// Makes a stored message; it is `ignored` if it is older than the number's sale.
    pub fn read(incoming: IncomingMessage, id: MessageId, sold_at: Timestamp) -> Self {
        let text = first(LONGEST_TEXT, incoming.text.as_str());
        let code = code::extract(&text).code.map(Code::new).or_else(|| {
            // The supplier's code is used only if extraction finds none, and only if the text contains it,
            // perhaps with spaces or dashes for reading.
            let is_in_text = |code: &str| (3..=10).contains(&code.len()) && code::occurs(code, &text);
            incoming.supplier_code.filter(|code| is_in_text(code.as_str()))
        });
        Self {
            id,
            fingerprint: incoming.fingerprint,
            from: Sender::new(first(LONGEST_SENDER, incoming.from.as_str())),
            text: Some(MessageText::new(text)),
            code,
            received_at: incoming.at,
            ignored: incoming.at < sold_at,
        }
    }

    /// Deletes the content. The fingerprint is deleted, too, because a code of six digits could be guessed
    /// from it.
    pub(super) fn purge(&mut self) {
        self.text = None;
        self.code = None;
        self.fingerprint.clear();
    }
}

/// The first characters of the text.
fn first(characters: usize, text: &str) -> String {
    text.chars().take(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(text: &str, supplier_code: &str) -> Option<String> {
        let incoming = IncomingMessage {
            fingerprint: "one".into(),
            from: Sender::new("Bank"),
            text: MessageText::new(text),
            supplier_code: Some(Code::new(supplier_code)),
            at: Timestamp::from_millis(0),
        };
        let message = Message::read(incoming, MessageId::new(Timestamp::from_millis(0), 1), Timestamp::from_millis(0));
        message.code.map(|code| code.as_str().to_owned())
    }

    #[test]
    fn the_suppliers_code_counts_if_the_text_contains_it() {
        let cases = [
            ("TAN\n 7 k m 2 p x\nPlease check all values", "7km2px", Some("7km2px")),
            ("The letters are 7 k m 2 p x", "7km2px", Some("7km2px")),
            ("The letters are 7-k-m-2-p-x", "7km2px", Some("7km2px")),
            ("The word is mirabu", "mirabu", Some("mirabu")),
            ("The word is mirabu", "482913", None),
            ("The word is mirabu", "is", None),
            ("Your code is 482913, order 7712", "7712", Some("482913")),
        ];
        for (text, supplier_code, wanted) in cases {
            assert_eq!(code_of(text, supplier_code).as_deref(), wanted, "{supplier_code} in {text:?}");
        }
    }
}
