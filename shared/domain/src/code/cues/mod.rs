//! Cue words: words in many languages that indicate what a number is, and their positions in a
//! text.
//!
//! The words are in text files beside this module, with one block for each language: `[tag]`, then
//! `kind: word, word, ...` with indented continuation lines. A word matches whole words; `*` at its
//! start or end lets the match extend over the rest of a word (`kod*` matches "kodunuz"). A space
//! matches any spaces, dashes or underscores. Case, accents and the spellings of Arabic letters do
//! not matter. A leading `=` makes accents significant (`=thẻ` does not match "the"). Scripts
//! without spaces between words match anywhere.

use super::normalise::{Text, is_word_letter};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

const TABLES: &[&str] = &[
    include_str!("english.txt"),
    include_str!("latin_west.txt"),
    include_str!("latin_north.txt"),
    include_str!("latin_east.txt"),
    include_str!("cyrillic.txt"),
    include_str!("middle_east.txt"),
    include_str!("south_asia.txt"),
    include_str!("southeast_asia.txt"),
    include_str!("east_asia.txt"),
    include_str!("africa.txt"),
    include_str!("quantities.txt"),
];

/// What a word indicates about a nearby number. The order decides which of two equal matches is
/// kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// A unit of time or another quantity.
    Unit,
    /// Names another number: "order", "account", "promo code".
    Other,
    /// The code itself: "verification code", "one-time password"; and "code" alone, see [`Cue::plain`].
    Code,
    /// May name a code; counts only if the number follows or "is" leads to it: "token", "key".
    Weak,
    /// The last digits of a card or an account follow: "ending in".
    Tail,
    /// A number to call or to write to follows: "call", "reply STOP to".
    Call,
    /// A quantity follows: "more than", "until".
    Measure,
    /// A currency's code or name.
    Money,
    /// A month's name.
    Month,
    /// Asks to type the code: "enter", "use".
    Prompt,
    /// Asks to type the code before it: "girin".
    Entered,
    /// Warns against sharing the code: "share".
    Secrecy,
    /// What the code is for: "log in", "verify".
    Purpose,
    /// An offer: "discount".
    Promo,
    /// Joins a name and its number: "is".
    Is,
    /// Filler between a name and its number: "number", "below".
    Filler,
}

impl Kind {
    /// The kind of a table line. `plain` lists words that may also name promotion codes.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "other" => Self::Other,
            "code" | "plain" => Self::Code,
            "weak" => Self::Weak,
            "tail" => Self::Tail,
            "call" => Self::Call,
            "measure" => Self::Measure,
            "money" => Self::Money,
            "unit" => Self::Unit,
            "month" => Self::Month,
            "prompt" => Self::Prompt,
            "entered" => Self::Entered,
            "secrecy" => Self::Secrecy,
            "purpose" => Self::Purpose,
            "promo" => Self::Promo,
            "is" => Self::Is,
            "filler" => Self::Filler,
            _ => return None,
        })
    }
}

/// A word found in a text: characters `from..to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) kind: Kind,
    pub(super) from: usize,
    pub(super) to: usize,
    /// A [`Kind::Code`] word that names codes of any kind, including promotion codes.
    pub(super) plain: bool,
}

struct Word {
    kind: Kind,
    plain: bool,
    letters: Vec<char>,
    /// The word as written, where its accents matter.
    exact: Option<Vec<char>>,
    open_start: bool,
    open_end: bool,
}

impl Word {
    fn new(Entry { kind, plain, pattern }: Entry) -> Self {
        let (pattern, exact) = pattern.strip_prefix('=').map_or((pattern, false), |word| (word, true));
        let open_start = pattern.starts_with('*');
        let open_end = pattern.len() > 1 && pattern.ends_with('*');
        let word = Text::new(pattern.trim_matches('*'));
        let exact = exact.then(|| word.shown.iter().flat_map(|c| c.to_lowercase()).collect());
        Self { kind, plain, letters: word.folded, exact, open_start, open_end }
    }

    /// Matches the word at `from`, extended over the rest of the text's word where the pattern is
    /// open.
    fn find(&self, text: &Text, from: usize) -> Option<Cue> {
        let spelled = |word: &Vec<char>| {
            let shown = text.shown.iter().skip(from).take(word.len()).flat_map(|c| c.to_lowercase());
            shown.eq(word.iter().copied())
        };
        if !self.exact.as_ref().is_none_or(spelled) {
            return None;
        }
        let text = &text.folded;
        let mut at = from;
        for letter in &self.letters {
            if *letter == ' ' {
                let start = at;
                while text.get(at).is_some_and(|c| c.is_whitespace() || matches!(c, '-' | '_')) {
                    at += 1;
                }
                if at == start {
                    return None;
                }
            } else if text.get(at) == Some(letter) {
                at += 1;
            } else {
                return None;
            }
        }
        let mut start = from;
        if is_word_letter(text[start]) {
            while start > 0 && is_word_letter(text[start - 1]) {
                if !self.open_start {
                    return None;
                }
                start -= 1;
            }
        }
        if at > from && is_word_letter(text[at - 1]) {
            while text.get(at).is_some_and(|c| is_word_letter(*c)) {
                if !self.open_end {
                    return None;
                }
                at += 1;
            }
        }
        Some(Cue { kind: self.kind, from: start, to: at, plain: self.plain })
    }
}

/// The words by their first letter.
static WORDS: LazyLock<HashMap<char, Vec<Word>>> = LazyLock::new(|| {
    let mut words: HashMap<char, Vec<Word>> = HashMap::new();
    for entry in TABLES.iter().flat_map(|table| read(table)) {
        let word = Word::new(entry);
        if let Some(first) = word.letters.first() {
            words.entry(*first).or_default().push(word);
        }
    }
    words
});

/// A word as listed in a table.
#[derive(Clone, Copy, Debug)]
struct Entry {
    kind: Kind,
    plain: bool,
    pattern: &'static str,
}

/// The words of a table. Malformed lines are skipped; a test makes sure that there are none.
fn read(table: &'static str) -> impl Iterator<Item = Entry> {
    let mut list = None;
    table.lines().filter(|line| !line.starts_with(['#', '['])).flat_map(move |line| {
        let mut words = line;
        if let Some((name, rest)) = line.split_once(':').filter(|_| !line.starts_with(' ')) {
            list = Kind::named(name).map(|kind| (kind, name == "plain"));
            words = rest;
        }
        let list = list;
        words
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .filter_map(move |pattern| list.map(|(kind, plain)| Entry { kind, plain, pattern }))
    })
}

/// The single words of the tables, as far as they have ASCII letters only.
static VOCABULARY: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let words = WORDS.values().flatten().flat_map(|word| word.letters.split(|c| !c.is_ascii_lowercase()));
    words.filter(|letters| !letters.is_empty()).map(|letters| letters.iter().collect()).collect()
});

/// Whether a word in comparison form is in the tables, alone or as a part of a name.
pub(super) fn is_known(word: &str) -> bool {
    VOCABULARY.contains(word)
}

/// Finds the cue words of a text, in text order.
#[cfg(test)]
fn find(text: &Text) -> Vec<Cue> {
    longest(&matches(text))
}

/// All matches of words in a text, also those inside longer ones, in text order.
pub(super) fn matches(text: &Text) -> Vec<Cue> {
    let mut found = Vec::new();
    for (place, c) in text.folded.iter().enumerate() {
        for word in WORDS.get(c).into_iter().flatten() {
            found.extend(word.find(text, place));
        }
    }
    found.sort_by_key(|cue| (cue.from, std::cmp::Reverse(cue.to), cue.kind));
    found
}

/// The matches that are not inside a longer one ("code" in "promo code").
pub(super) fn longest(matches: &[Cue]) -> Vec<Cue> {
    let mut kept: Vec<Cue> = Vec::new();
    let mut reach = 0;
    for cue in matches {
        // In text order, any match that contains this one came earlier. Partial overlaps are both
        // kept.
        if cue.to > reach {
            reach = cue.to;
            kept.push(*cue);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn kinds(text: &str) -> Vec<Kind> {
        find(&Text::new(text)).into_iter().map(|cue| cue.kind).collect()
    }

    #[test]
    fn longer_words_hide_the_shorter_ones_in_them() {
        assert_eq!(kinds("promo code"), [Kind::Other]);
        assert_eq!(kinds("one-time  password"), [Kind::Code]);
        assert_eq!(kinds("pinjaman"), []);
        assert_eq!(kinds("kodunuz"), [Kind::Code]);
        assert_eq!(kinds("验证码"), [Kind::Code]);
    }

    #[test]
    fn tables_are_well_formed() {
        let mut tags = HashSet::new();
        for line in TABLES.iter().flat_map(|table| table.lines()) {
            if let Some(tag) = line.strip_prefix('[') {
                assert!(tags.insert(tag), "{tag} twice");
            } else if !line.is_empty() && !line.starts_with(['#', ' ']) {
                let kind = line.split_once(':').map(|(name, _)| name).unwrap_or_default();
                assert!(Kind::named(kind).is_some(), "no kind: {line}");
            }
        }
        for Entry { kind, pattern, .. } in TABLES.iter().flat_map(|table| read(table)) {
            let inner = pattern.trim_start_matches('=').trim_matches('*');
            assert!(!inner.is_empty() && inner == inner.trim() && !inner.contains('*'), "{kind:?}: {pattern:?}");
        }
    }
}
