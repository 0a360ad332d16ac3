//! Messages that came for an order.

use crate::{Code, MessageId, MessageText, Sender, Timestamp, code};
use serde::{Deserialize, Serialize};

/// The longest text kept, in characters: twice the longest SMS, so that no supplier's answer outgrows an order's item.
const LONGEST_TEXT: usize = 3_200;
/// The longest sender kept, in characters.
const LONGEST_SENDER: usize = 64;

/// A message as a supplier reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingMessage {
    /// What tells it from every other message of the same order, by the supplier's facts.
    pub fingerprint: String,
    /// The sender's name or number.
    pub from: Sender,
    /// The full text.
    pub text: MessageText,
    /// The code that the supplier read out of it.
    pub supplier_code: Option<Code>,
    /// When it came, by the supplier's clock.
    pub at: Timestamp,
}

/// A message as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its identifier.
    pub id: MessageId,
    /// See [`IncomingMessage::fingerprint`]: the same message is never stored twice. Empty once the text is deleted.
    pub fingerprint: String,
    /// The sender's name or number.
    pub from: Sender,
    /// The full text; `None` once its time was over.
    pub text: Option<MessageText>,
    /// The code in it, if any.
    pub code: Option<Code>,
    /// When it came, by the supplier's clock.
    pub received_at: Timestamp,
    /// Older than the order, so not for this customer: it does not count.
    pub ignored: bool,
}

impl Message {
    /// Reads an incoming message; `ignored` where it is older than the number's sale.
    pub fn read(incoming: IncomingMessage, id: MessageId, sold_at: Timestamp) -> Self {
        let text = first(LONGEST_TEXT, incoming.text.as_str());
        let code = code::extract(&text).code.map(Code::new).or_else(|| {
            // The supplier's reading counts only where ours finds nothing and its code is really in the text.
            let is_in_text = |code: &str| (3..=10).contains(&code.len()) && text.contains(code);
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

    /// Deletes what the message said. Its fingerprint goes too: a code of six digits could be guessed from it.
    pub(super) fn purge(&mut self) {
        self.text = None;
        self.code = None;
        self.fingerprint.clear();
    }
}

/// At most so many characters of the text.
fn first(characters: usize, text: &str) -> String {
    text.chars().take(characters).collect()
}
