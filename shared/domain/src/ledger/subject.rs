//! Stored records that change together with their money.

use super::{Entry, Movement};
use crate::UserId;

/// A versioned record that causes movements: an order, a rental, a payment …
pub trait Subject: Clone {
    /// The customer whose wallet pays.
    fn owner(&self) -> &UserId;

    /// The number of writes.
    fn version(&self) -> u64;

    /// The next version, with the entry of its movement.
    #[must_use]
    fn written_with(self, entry: Option<&Entry>) -> Self;
}

/// The next state of a subject, and the movement that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<S> {
    /// The next state, still without the entry's number and with the old version.
    pub subject: S,
    /// The movement to post in the same transaction; `None` if no money moves.
    pub movement: Option<Movement>,
}

impl<S> Step<S> {
    /// A step without a movement.
    pub const fn free(subject: S) -> Self {
        Self { subject, movement: None }
    }

    /// A step with a movement.
    pub const fn with(subject: S, movement: Movement) -> Self {
        Self { subject, movement: Some(movement) }
    }
}
