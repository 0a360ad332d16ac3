//! Messages that came for an order.

use crate::{MessageId, Timestamp, code};
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
    pub from: String,
    /// The full text.
    pub text: String,
    /// The code that the supplier read out of it.
    pub supplier_code: Option<String>,
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
    pub from: String,
    /// The full text; `None` once its time was over.
    pub text: Option<String>,
    /// The code in it, if any.
    pub code: Option<String>,
    /// When it came, by the supplier's clock.
    pub received_at: Timestamp,
    /// Older than the order, so not for this customer: it does not count.
    pub ignored: bool,
}

impl Message {
    /// Reads an incoming message; `ignored` where it is older than the number's sale.
    pub fn read(incoming: IncomingMessage, id: MessageId, sold_at: Timestamp) -> Self {
        let text: String = incoming.text.chars().take(LONGEST_TEXT).collect();
        let code = code::extract(&text).code.or_else(|| {
            // The supplier's reading counts only where ours finds nothing and its code really stands in the text.
            incoming.supplier_code.filter(|code| (3..=10).contains(&code.len()) && text.contains(code.as_str()))
        });
        Self {
            id,
            fingerprint: incoming.fingerprint,
            from: incoming.from.chars().take(LONGEST_SENDER).collect(),
            text: Some(text),
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
