//! A text with its cue words and the spans that are never a code, computed before candidates are
//! scored.

use super::{
    addresses::{self, Address},
    cues::{self, Cue, Kind},
    normalise::{Text, is_word_letter},
    reason::Reason,
    spans,
};
use std::collections::HashMap;

/// The longest distance between a cue word and its number, in characters of spaces, signs and
/// filler words.
const MAX_GAP: usize = 60;

/// The longest joining word between a word for code and its purpose: "of", "de", "для".
const MAX_JOINING_WORD: usize = 4;

/// A text, its cue words, and the spans that are never a code.
pub(super) struct Context {
    pub(super) text: Text,
    pub(super) cues: Vec<Cue>,
    /// Whether there is a link, a host name or an e-mail address.
    pub(super) has_address: bool,
    /// The number of characters before each position; an address counts as one.
    steps: Vec<usize>,
    marks: spans::Marks,
    starts: HashMap<usize, usize>,
    ends: HashMap<usize, usize>,
}

/// The context before a position, read backwards over signs and filler words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lead {
    /// The cue word where the walk ends, as an index into [`Context::cues`].
    pub(super) cue: Option<usize>,
    /// The link between the position and the text before it.
    pub(super) link: Link,
    /// The gap between the position and the text before it.
    pub(super) gap: Gap,
    /// Whether the walk reached the start of the text.
    pub(super) from_start: bool,
}

impl Lead {
    /// Whether a colon, an equals sign or "is" leads to the position, within its sentence.
    pub(super) fn linked(self) -> bool {
        self.link != Link::None && self.gap != Gap::Sentence
    }
}

/// The link between a number and the words before it; the strongest one counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    #[default]
    None,
    /// A colon, an equals sign, an arrow.
    Sign,
    /// "Is".
    Word,
}

/// The gap between a number and the words before it; the widest one counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    #[default]
    None,
    /// A comma: the words before it may name something else.
    Comma,
    /// The end of a sentence.
    Sentence,
}

/// The context after a position, read forwards the same way.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Trail {
    /// The cue word where the walk ends.
    pub(super) cue: Option<usize>,
    /// Whether "is", a colon or a dash was passed.
    pub(super) linked: bool,
    /// Where the walk ends.
    pub(super) at: usize,
}

impl Context {
    pub(super) fn new(mut text: Text) -> Self {
        let mut words = cues::matches(&text);
        let addresses = addresses::find(&text, &cues::longest(&words));
        text.join(&addresses);
        words.retain(|cue| addresses::outside(&addresses, cue.from, cue.to));
        let cues = cues::longest(&words);
        let starts = cues.iter().enumerate().map(|(index, cue)| (cue.from, index)).collect();
        let ends = cues.iter().enumerate().map(|(index, cue)| (cue.to, index)).collect();
        let marks = spans::find(&text, &cues, &addresses);
        let steps = steps(text.len(), &addresses);
        Self { text, cues, has_address: !addresses.is_empty(), steps, marks, starts, ends }
    }

    /// Why a range can't be a code, if any part of it is marked.
    pub(super) fn marked(&self, from: usize, to: usize) -> Option<Reason> {
        self.marks.first(from, to)
    }

    /// Why no part of a range can be a code, if all its letters and digits are marked.
    pub(super) fn marked_whole(&self, from: usize, to: usize) -> Option<Reason> {
        let signs = (from..to).filter(|at| self.text.at(*at).is_ascii_alphanumeric());
        signs.map(|at| self.marks.first(at, at + 1)).reduce(Option::and).flatten()
    }

    /// The code of an origin-bound line `@domain #code`, if the text has one.
    pub(super) fn origin_bound(&self) -> Option<(usize, usize)> {
        self.marks.origin_bound
    }

    /// The cue word that ends at a position.
    pub(super) fn cue_ending(&self, place: usize) -> Option<Cue> {
        self.ends.get(&place).map(|index| self.cues[*index])
    }

    /// The cue word that starts at a position.
    pub(super) fn cue_starting(&self, place: usize) -> Option<Cue> {
        self.starts.get(&place).map(|index| self.cues[*index])
    }

    /// The kind of a cue word, by its index.
    pub(super) fn kind(&self, cue: Option<usize>) -> Option<Kind> {
        cue.map(|index| self.cues[index].kind)
    }

    /// The kind of the word that forms one name with a word for its purpose, as in "cod autorizare" and
    /// "chave de segurança".
    pub(super) fn compound(&self, purpose: usize) -> Option<Kind> {
        let from = self.cues[purpose].from;
        let named = |word: usize| {
            let end = word.checked_sub(1).filter(|space| self.text.at(*space) == ' ')?;
            self.cue_ending(end).map(|cue| cue.kind).filter(|kind| matches!(kind, Kind::Code | Kind::Weak))
        };
        let joined = || {
            let end = from.checked_sub(1)?;
            let letters = (0..end).rev().take_while(|at| self.text.at(*at).is_alphabetic()).count();
            (letters <= MAX_JOINING_WORD).then(|| named(end - letters)).flatten()
        };
        named(from).or_else(joined)
    }

    /// Reads backwards from a position to the cue word that names the number there.
    pub(super) fn lead(&self, from: usize) -> Lead {
        let mut lead = Lead::default();
        let mut place = from;
        while place > 0 && from - place < MAX_GAP {
            if let Some(index) = self.ends.get(&place) {
                match self.cues[*index].kind {
                    Kind::Is => lead.link = Link::Word,
                    Kind::Filler => {}
                    _ => {
                        lead.cue = Some(*index);
                        return lead;
                    }
                }
                place = self.cues[*index].from;
                continue;
            }
            let c = self.text.before(place);
            match c {
                ':' | '=' | '→' | '⇒' | '➡' | '>' => lead.link = lead.link.max(Link::Sign),
                '.' | '!' | '?' | '。' | '؟' | '।' | '۔' | '።' => lead.gap = Gap::Sentence,
                ',' | ';' => lead.gap = lead.gap.max(Gap::Comma),
                ')' | ']' | '}' => {
                    // Skip an aside such as "(valid 5 min)", unless the name is inside it, as in
                    // "(OTP)".
                    let inside = self.cue_ending(place - 1).map(|cue| cue.kind);
                    if !matches!(inside, Some(Kind::Code | Kind::Weak | Kind::Other)) {
                        place = self.aside_start(place);
                        continue;
                    }
                }
                '%' | '+' | '/' | '@' | '&' | '$' => return lead,
                _ if c.is_alphanumeric() || is_word_letter(c) => return lead,
                _ => {}
            }
            place -= 1;
        }
        lead.from_start = place == 0;
        lead
    }

    /// The position of the bracket that opens the pair closed before `place`, or one step back without
    /// such a bracket.
    fn aside_start(&self, place: usize) -> usize {
        let open = match self.text.before(place) {
            ')' => '(',
            ']' => '[',
            _ => '{',
        };
        let limit = place.saturating_sub(MAX_GAP);
        (limit..place).rev().find(|at| self.text.at(*at) == open).unwrap_or(place - 1)
    }

    /// Reads forwards from a position to the cue word that describes the text before it.
    pub(super) fn trail(&self, to: usize) -> Trail {
        let mut trail = Trail { at: to, ..Trail::default() };
        while trail.at < self.text.len() && trail.at - to < MAX_GAP {
            if let Some(index) = self.starts.get(&trail.at) {
                match self.cues[*index].kind {
                    Kind::Is => trail.linked = true,
                    Kind::Filler => {}
                    _ => {
                        trail.cue = Some(*index);
                        return trail;
                    }
                }
                trail.at = self.cues[*index].to;
                continue;
            }
            let c = self.text.at(trail.at);
            match c {
                ':' | '-' | '=' => trail.linked = true,
                '.' | '!' | '?' | '。' | '؟' | '।' | '۔' | '።' | '\n' | '%' | '+' | '/' | '@' | '&' => {
                    return trail;
                }
                _ if c.is_alphanumeric() || is_word_letter(c) => return trail,
                _ => {}
            }
            trail.at += 1;
        }
        trail
    }

    /// The number of characters between two positions; an address counts as one.
    pub(super) fn distance(&self, from: usize, to: usize) -> usize {
        let steps = |place: usize| self.steps[place.min(self.text.len())];
        steps(to).saturating_sub(steps(from))
    }

    /// Whether two positions are in the same sentence.
    pub(super) fn same_sentence(&self, one: usize, other: usize) -> bool {
        self.text.sentence.get(one) == self.text.sentence.get(other)
    }
}

/// The number of characters before each position up to the end; an address counts as one.
fn steps(len: usize, addresses: &[Address]) -> Vec<usize> {
    let mut steps = vec![1; len];
    for Address { from, to } in addresses {
        steps[from + 1..*to].fill(0);
    }
    let ahead = steps.iter().scan(0, |sum, step| {
        *sum += step;
        Some(*sum)
    });
    std::iter::once(0).chain(ahead).collect()
}
