//! Texts from outside that a letter shows.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest text, in characters.
const LONGEST: usize = 100;

/// A text from outside, such as the name of a key or of a device. It is one line of at most 100 characters
/// that can't change how the text around it is read: line breaks and control characters become blanks, and
/// invisible and directional marks are removed. `Debug` shows its length only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct OneLine(String);

impl OneLine {
    /// Makes one line of any text.
    pub fn new(text: &str) -> Self {
        let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        let visible = text.chars().filter(|c| !is_mark(*c)).map(|c| if breaks(c) { ' ' } else { c });
        let visible: String = visible.collect();
        let words: Vec<_> = visible.split_whitespace().collect();
        let line = words.join(" ");
        if line.chars().count() <= LONGEST {
            return Self(line);
        }
        let start: String = line.chars().take(LONGEST - 1).collect();
        Self(format!("{}…", start.trim_end()))
    }

    /// The text. It may contain any visible character, so HTML must escape it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Marks that reorder text or are invisible. The joiners U+200C and U+200D stay, because scripts and emoji need
/// them.
const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

impl From<String> for OneLine {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl From<OneLine> for String {
    fn from(line: OneLine) -> Self {
        line.0
    }
}

impl fmt::Debug for OneLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OneLine({} characters)", self.0.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_one_visible_line() {
        let long = "é".repeat(101);
        let cut = format!("{}…", "é".repeat(99));
        for (text, line) in [
            ("Chrome on Android", "Chrome on Android"),
            ("  a \r\n\tb\u{2028}c\u{0}d  ", "a b c d"),
            ("\u{202e}evil\u{2066}\u{200f}", "evil"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("<b>\"&", "<b>\"&"),
            ("\u{feff}\u{200b}", ""),
            (&long, &cut),
        ] {
            assert_eq!(OneLine::new(text).as_str(), line, "{text:?}");
        }
        assert_eq!(format!("{:?}", OneLine::new("secret")), "OneLine(6 characters)");
        assert_eq!(serde_json::from_str::<OneLine>("\"a\\nb\"").unwrap(), OneLine::new("a b"));
    }

    proptest::proptest! {
        #[test]
        fn a_line_stays_as_it_is(text in proptest::prelude::any::<String>()) {
            let line = OneLine::new(&text);
            proptest::prop_assert!(line.as_str().chars().count() <= LONGEST);
            proptest::prop_assert!(!line.as_str().chars().any(|c| c.is_control() || is_mark(c)));
            proptest::prop_assert_eq!(OneLine::new(line.as_str()), line);
        }
    }
}
