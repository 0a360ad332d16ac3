//! What the lists of all gateways have in common: pages, and a bound that is an error.

use crate::{GatewayError, error::Call};
use domain::{
    Timestamp,
    payment::{Amount, Minor},
};
use https::Fault;

/// The most pages of one list.
const MOST_PAGES: usize = 100;

/// A page of a list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page<T, N> {
    /// What is on it.
    pub(crate) items: Vec<T>,
    /// The next page; `None` after the last one.
    pub(crate) next: Option<N>,
}

/// A span of time: from when on, and before when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
}

impl Span {
    /// Whether this moment is in it.
    pub(crate) fn has(self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}

/// The pages of a list that were read so far.
#[derive(Debug)]
pub(crate) struct Pages<T, N> {
    items: Vec<T>,
    next: Option<N>,
    read: usize,
}

impl<T, N> Pages<T, N> {
    /// None yet; the first page is at this place.
    pub(crate) const fn from(first: N) -> Self {
        Self { items: Vec::new(), next: Some(first), read: 0 }
    }

    /// The place of the page to read; `None` after the last one. A list with too many pages is an error.
    pub(crate) fn place(&mut self) -> Result<Option<N>, GatewayError> {
        if self.next.is_some() && self.read == MOST_PAGES {
            return Err(Call::Read.unsettled(Fault::TooLarge));
        }
        self.read += 1;
        Ok(self.next.take())
    }

    /// Adds a page.
    pub(crate) fn add(&mut self, page: Page<T, N>) {
        self.items.extend(page.items);
        self.next = page.next;
    }

    /// What is on all pages.
    pub(crate) fn into_items(self) -> Vec<T> {
        self.items
    }
}

/// So much of a currency in any case of letters; `None` if nobody can pay in it here.
pub(crate) fn amount(minor: u64, currency: &str) -> Option<Amount> {
    let currency = currency.to_ascii_uppercase().parse().ok()?;
    Some(Amount { minor: Minor::new(minor), currency })
}
