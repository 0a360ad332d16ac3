//! What is kept of an unknown text of an outside system.

use std::fmt;

/// A text of an outside system, made safe to store: one line of at most 80 characters. Runs of four or more
/// digits and words of 24 or more characters are masked.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Excerpt(String);

impl Excerpt {
    /// The longest excerpt, in characters.
    pub const MAX_CHARS: usize = 80;
    const LONGEST_WORD: usize = 24;
    const LONGEST_NUMBER: usize = 3;

    /// Makes an excerpt of `text`.
    pub fn of(text: &str) -> Self {
        let mut safe = String::new();
        // The text may be long; only its beginning is read.
        for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).take(40) {
            if !safe.is_empty() {
                safe.push(' ');
            }
            if word.chars().nth(Self::LONGEST_WORD - 1).is_some() {
                safe.push('…');
            } else {
                mask_numbers(word, &mut safe);
            }
        }
        if safe.chars().count() > Self::MAX_CHARS {
            safe = safe.chars().take(Self::MAX_CHARS - 1).chain(['…']).collect();
        }
        Self(safe)
    }

    /// The excerpt as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn mask_numbers(word: &str, into: &mut String) {
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let numeric = first.is_numeric();
        let end = rest.find(|c: char| c.is_numeric() != numeric).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        if numeric && run.chars().count() > Excerpt::LONGEST_NUMBER {
            into.push('#');
        } else {
            into.push_str(run);
        }
        rest = tail;
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_short_and_holds_no_secret() {
        for (text, kept) in [
            ("no free phones", "no free phones"),
            ("  a\r\n\tb\u{0}c ", "a b c"),
            ("order 11631253 of +79000381454 at 12:30", "order # of +# at 12:30"),
            ("код ۱۲۳۴۵۶", "код #"),
            ("key eyJhbGciOiJSUzUxMiIsInR5cCI6IkpXVCJ9.e30.x bad", "key … bad"),
            ("", ""),
        ] {
            assert_eq!(Excerpt::of(text).as_str(), kept);
        }
        let long = Excerpt::of(&"word ".repeat(1000));
        assert_eq!(long.as_str().chars().count(), Excerpt::MAX_CHARS);
    }
}
