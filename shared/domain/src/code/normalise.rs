//! The normalised text that the scanner reads: plain characters, each with its position in the
//! original.

use super::{
    addresses::Address,
    fold::{folded, invisible, shown, voiced},
};

/// The most characters that are read. An SMS of ten parts has 1,530.
const MAX_CHARS: usize = 10_000;

/// A normalised text. The lists are parallel, with one entry for each visible character.
pub(super) struct Text {
    /// Plain characters, case kept.
    pub(super) shown: Vec<char>,
    /// The same characters in comparison form.
    pub(super) folded: Vec<char>,
    /// The sentence number of each character.
    pub(super) sentence: Vec<u32>,
    bytes: Vec<(usize, usize)>,
}

impl Text {
    pub(super) fn new(original: &str) -> Self {
        let mut text = Self { shown: Vec::new(), folded: Vec::new(), sentence: Vec::new(), bytes: Vec::new() };
        for (at, c) in original.char_indices().take(MAX_CHARS) {
            let end = at + c.len_utf8();
            if let Some(letter) = text.shown.last().and_then(|last| voiced(*last, c)) {
                let last = text.shown.len() - 1;
                text.shown[last] = letter;
                text.folded[last] = letter;
                text.bytes[last].1 = end;
            } else if !invisible(c) {
                let c = shown(c);
                text.shown.push(if c == '\r' { '\n' } else { c });
                text.folded.push(folded(c));
                text.bytes.push((at, end));
            }
        }
        text.sentence = sentences(&text.shown, &[]);
        text
    }

    /// Numbers the sentences again: none of them ends inside an address.
    pub(super) fn join(&mut self, addresses: &[Address]) {
        self.sentence = sentences(&self.shown, addresses);
    }

    pub(super) fn len(&self) -> usize {
        self.shown.len()
    }

    /// The character at a position, or a line break beyond either end.
    pub(super) fn at(&self, place: usize) -> char {
        self.shown.get(place).copied().unwrap_or('\n')
    }

    /// The character before a position, or a line break at the start.
    pub(super) fn before(&self, place: usize) -> char {
        place.checked_sub(1).map_or('\n', |place| self.at(place))
    }

    /// Whether invisible characters part all characters of a range.
    pub(super) fn is_parted(&self, from: usize, to: usize) -> bool {
        let bytes = self.bytes.get(from..to).unwrap_or_default();
        bytes.len() > 1 && bytes.windows(2).all(|two| two[0].1 < two[1].0)
    }

    /// The byte range of a range of characters in the original.
    pub(super) fn byte_range(&self, from: usize, to: usize) -> (usize, usize) {
        let start = self.bytes.get(from).map_or(0, |bytes| bytes.0);
        let end = to.checked_sub(1).and_then(|last| self.bytes.get(last)).map_or(start, |bytes| bytes.1);
        (start, end)
    }
}

/// A letter of a script that separates words by spaces. Marks of Indic scripts count as letters.
pub(super) fn is_word_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    let indic = matches!(c, '\u{900}'..='\u{DFF}') && !matches!(c, '\u{964}' | '\u{965}');
    indic || (c.is_alphabetic() && !is_unspaced(c))
}

/// A letter of a script that does not separate words by spaces, or that attaches endings to them.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{EFF}' | '\u{F00}'..='\u{FFF}' | '\u{1000}'..='\u{109F}' | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{17FF}'
        | '\u{3005}'..='\u{30FF}' | '\u{3130}'..='\u{318F}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Numbers the sentences. A full stop ends one only if text follows after a space, so that "Ref.
/// 12" and "1.50" stay whole.
fn sentences(shown: &[char], addresses: &[Address]) -> Vec<u32> {
    let mut addresses = addresses.iter().peekable();
    let mut sentence = 0;
    let mut word = 0;
    let mut numbers = Vec::with_capacity(shown.len());
    for (place, c) in shown.iter().enumerate() {
        numbers.push(sentence);
        while addresses.next_if(|address| address.to <= place).is_some() {}
        let ends = match c {
            _ if addresses.peek().is_some_and(|address| address.from <= place) => false,
            '!' | '?' | '。' | '؟' | '۔' | '।' | '॥' | '።' | '։' | '၊' | '។' => true,
            '.' => match (shown.get(place + 1), shown.get(place + 2)) {
                (None, _) => true,
                (Some(next), after) if next.is_whitespace() => !after.is_some_and(char::is_ascii_digit) || word > 4,
                (Some(next), _) => {
                    next.is_uppercase()
                        && place > 0
                        && (shown[place - 1].is_ascii_digit() || shown[place - 1].is_lowercase())
                }
            },
            _ => false,
        };
        word = if is_word_letter(*c) { word + 1 } else { 0 };
        sentence += u32::from(ends);
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_place_of_each_character() {
        let original = "ｺｰﾄﾞ：\u{200f}１２３";
        let text = Text::new(original);
        assert_eq!(text.shown.iter().collect::<String>(), "コード:123");
        let (start, end) = text.byte_range(4, 7);
        assert_eq!(&original[start..end], "１２３");
        assert_eq!(Text::new("").byte_range(0, 0), (0, 0));
        assert!(Text::new("7\u{200b}k\u{2060}2").is_parted(0, 3) && !Text::new("7\u{200b}k2").is_parted(0, 3));
    }

    #[test]
    fn sentences_end_at_stops_only() {
        let of = |text: &str| Text::new(text).sentence.last().copied().unwrap_or_default();
        assert_eq!(of("Ref. 4829 Rs. 5.50 a"), 0);
        assert_eq!(of("It is ready. 4829 a"), 1);
        assert_eq!(of("你好。再见！x"), 2);
        assert_eq!(of("code is 482913.Do not"), 1);
    }
}
