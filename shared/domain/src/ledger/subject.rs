//! What money belongs to, as it moves on together with it.

use super::{Entry, Movement};
use crate::UserId;

/// Something that is stored as a whole, version by version, and that money belongs to: an order, a rental, a payment …
pub trait Subject: Clone {
    /// The owner, whose wallet its money moves in.
    fn owner(&self) -> &UserId;

    /// How often it was written.
    fn version(&self) -> u64;

    /// It as its next version, with the entry of the money that moves with it.
    #[must_use]
    fn written_with(self, entry: Option<&Entry>) -> Self;
}

/// A subject afterwards, and the money that has to move with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<S> {
    /// The subject as it will be, but for the entry's number and its version.
    pub subject: S,
    /// What the ledger must post in the same transaction; `None` where no money moves.
    pub movement: Option<Movement>,
}

impl<S> Step<S> {
    /// A subject that changes without money.
    pub const fn free(subject: S) -> Self {
        Self { subject, movement: None }
    }

    /// A subject that changes together with this movement.
    pub const fn with(subject: S, movement: Movement) -> Self {
        Self { subject, movement: Some(movement) }
    }
}
