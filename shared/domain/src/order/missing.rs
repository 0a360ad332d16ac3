//! A number that its supplier does not know any more.
//!
//! One such answer may be a glitch, so the order is closed only after several looks. Their count is a part of the
//! order, because polls come from many processes. It is written only after an answer that does not know the
//! number, and once more when the supplier knows it again.

use super::{Order, Step};
use crate::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How many looks in a row must miss the number.
pub const LOOKS: u32 = 3;
/// The least time between two looks that count. Three looks then take 30 seconds, and with the usual polls at most
/// a minute.
pub const LOOKS_APART: Duration = Duration::from_secs(15);

/// The looks at which the supplier did not know the number, without one in between at which it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// How many looks counted.
    pub looks: u32,
    /// When the last one of them was.
    pub at: Timestamp,
}

/// What follows from a look at which the supplier did not know the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missed {
    /// Nothing: the order does not wait for a message, or the last look was a moment ago.
    Nothing,
    /// The look counts: this is to be written.
    Counted(Box<Step>),
    /// The number is lost: the price is to be refunded.
    Lost,
}

impl Order {
    /// Notes that the supplier does not know the order's number.
    pub fn missed(mut self, now: Timestamp) -> Missed {
        if !self.status.awaits_code() {
            return Missed::Nothing;
        }
        let before = self.missing.map_or(0, |missing| missing.looks);
        if self.missing.is_some_and(|missing| now < missing.at.plus(LOOKS_APART)) {
            return Missed::Nothing;
        }
        if before + 1 >= LOOKS {
            return Missed::Lost;
        }
        self.missing = Some(Missing { looks: before + 1, at: now });
        Missed::Counted(Box::new(self.moved(now)))
    }

    /// The order once the supplier knows its number again. Nothing else changes, so a write may wait for the next
    /// one; but then the looks before it still count.
    #[must_use]
    pub fn found(self) -> Self {
        Self { missing: None, ..self }
    }
}
