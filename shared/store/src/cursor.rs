//! Cursors of lists: opaque strings that contain only a sort key. The partition always comes from the
//! caller's identity, so a forged cursor stays in the caller's own list.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The sort key after which the next page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(String);

impl Cursor {
    /// A cursor after the item with this sort key (1 to 128 visible ASCII characters).
    pub fn after(sk: impl Into<String>) -> Self {
        Self(sk.into())
    }

    /// The sort key of the last item before the next page.
    pub fn sk(&self) -> &str {
        &self.0
    }

    /// Whether the cursor points between these two keys.
    pub(crate) fn is_within(&self, lowest: &str, beyond: &str) -> bool {
        (lowest..=beyond).contains(&self.0.as_str())
    }

    /// The cursor as sent to clients.
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0)
    }

    /// Parses a client's cursor; `None` if it is malformed.
    pub fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let sk = String::from_utf8(bytes).ok()?;
        let sane = (1..=128).contains(&sk.len()) && sk.bytes().all(|b| b.is_ascii_graphic());
        sane.then_some(Self(sk))
    }
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// The cursor of the next page; `None` at the end.
    pub next: Option<Cursor>,
    /// How many items were read, with those that a filter left out.
    pub read: usize,
}

impl<T> Page<T> {
    /// Maps each item.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(make).collect(), next: self.next, read: self.read }
    }

    /// An empty last page; also the result of a cursor of another list.
    pub(crate) const fn empty() -> Self {
        Self { items: Vec::new(), next: None, read: 0 }
    }
}

/// The first `most` items of a list. `read` reads a page of at most so many items.
pub async fn first_items<T, E>(
    most: usize,
    read: impl AsyncFn(usize, Option<&Cursor>) -> Result<Page<T>, E>,
) -> Result<Vec<T>, E> {
    let (mut items, mut after) = (Vec::new(), None);
    while items.len() < most {
        let page = read(most - items.len(), after.as_ref()).await?;
        items.extend(page.items);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cursor_survives_encoding() {
        let cursor = Cursor::after("ENTRY#000000000042");
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        for bad in ["", "!!", "w6k", &URL_SAFE_NO_PAD.encode("x".repeat(129))] {
            assert_eq!(Cursor::decode(bad), None, "{bad}");
        }
    }

    /// Texts that a client may send: any, those of the alphabet, and encodings of any bytes.
    fn texts() -> impl Strategy<Value = String> {
        let encoded = proptest::collection::vec(any::<u8>(), 0..160).prop_map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
        prop_oneof![".*", "[A-Za-z0-9_=+/-]{0,200}", encoded]
    }

    proptest! {
        #[test]
        fn any_text_is_a_cursor_of_visible_characters_or_none(text in texts()) {
            if let Some(cursor) = Cursor::decode(&text) {
                prop_assert!((1..=128).contains(&cursor.sk().len()) && cursor.sk().bytes().all(|byte| byte.is_ascii_graphic()));
                prop_assert_eq!(cursor.encode(), text, "one text for each cursor");
            }
        }

        #[test]
        fn any_sort_key_survives(sk in "[!-~]{1,128}") {
            prop_assert_eq!(Cursor::decode(&Cursor::after(sk.clone()).encode()), Some(Cursor::after(sk)));
        }
    }
}
