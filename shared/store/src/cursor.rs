//! Where a list goes on: an opaque text that holds a sort key only. The partition always comes from the caller's identity,
//! so a cursor that somebody changed can point nowhere but into the same customer's list.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The sort key after which a list goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(String);

impl Cursor {
    /// Where a list goes on after an item with this sort key (1 to 128 visible ASCII characters).
    pub fn after(sk: impl Into<String>) -> Self {
        Self(sk.into())
    }

    /// The sort key of the item that the list goes on after.
    pub fn sk(&self) -> &str {
        &self.0
    }

    /// Whether it points into the part of a list between these two keys.
    pub(crate) fn is_within(&self, lowest: &str, beyond: &str) -> bool {
        (lowest..=beyond).contains(&self.0.as_str())
    }

    /// The cursor as clients see it.
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0)
    }

    /// Reads a client's cursor; `None` where it is not one of ours.
    pub fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let sk = String::from_utf8(bytes).ok()?;
        let sane = (1..=128).contains(&sk.len()) && sk.bytes().all(|b| b.is_ascii_graphic());
        sane.then_some(Self(sk))
    }
}

/// A part of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// What is in it.
    pub items: Vec<T>,
    /// Where it goes on; `None` at the end.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The same page of other things, one for each.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(make).collect(), next: self.next }
    }

    /// Nothing, and nothing after it: also what a cursor of another list leads to.
    pub(crate) const fn empty() -> Self {
        Self { items: Vec::new(), next: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        let cursor = Cursor::after("ENTRY#000000000042");
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        for bad in ["", "!!", "w6k", &URL_SAFE_NO_PAD.encode("x".repeat(129))] {
            assert_eq!(Cursor::decode(bad), None, "{bad}");
        }
    }
}
