//! A text with its cue words and the spans that are never a code, computed before candidates are
//! scored.

use super::{
    cues::{self, Cue, Kind},
    normalise::{Text, is_word_letter},
    reason::Reason,
    spans,
};
use std::collections::HashMap;

/// The longest distance between a cue word and its number, in characters of spaces, signs and
/// filler words.
const MAX_GAP: usize = 60;

/// A text, its cue words, and the spans that are never a code.
pub(super) struct Context<'a> {
    pub(super) text: &'a Text,
    pub(super) cues: Vec<Cue>,
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

impl<'a> Context<'a> {
    pub(super) fn new(text: &'a Text) -> Self {
        let cues = cues::find(text);
        let starts = cues.iter().enumerate().map(|(index, cue)| (cue.from, index)).collect();
        let ends = cues.iter().enumerate().map(|(index, cue)| (cue.to, index)).collect();
        let marks = spans::find(text, &cues);
        Self { text, cues, marks, starts, ends }
    }

    /// Why a range can't be a code, if any part of it is marked.
    pub(super) fn marked(&self, from: usize, to: usize) -> Option<Reason> {
        self.marks.first(from, to)
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

    /// Whether two positions are in the same sentence.
    pub(super) fn same_sentence(&self, one: usize, other: usize) -> bool {
        self.text.sentence.get(one) == self.text.sentence.get(other)
    }
}
