//! A text with everything that is known about it before candidates are looked at: its words and what is never a code.

use super::{
    cues::{self, Cue, Kind},
    normalise::{Text, is_word_letter},
    reason::Reason,
    spans,
};
use std::collections::HashMap;

/// How far a name may stand from its number, in characters of spaces, signs and words that say nothing.
const MAX_GAP: usize = 60;

/// A text, its cue words and the marks of what is never a code.
pub(super) struct Context<'a> {
    pub(super) text: &'a Text,
    pub(super) cues: Vec<Cue>,
    marks: spans::Marks,
    starts: HashMap<usize, usize>,
    ends: HashMap<usize, usize>,
}

/// What leads to a place in the text, read backwards over signs and words that say nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lead {
    /// The word that the way back ends at, as an index of [`Context::cues`].
    pub(super) cue: Option<usize>,
    /// What ties the place to what stands before it.
    pub(super) link: Link,
    /// What parts it from that.
    pub(super) gap: Gap,
    /// The way led back to the start of the text.
    pub(super) from_start: bool,
}

impl Lead {
    /// Whether a colon, an equals sign or "is" leads to the place, within its sentence.
    pub(super) fn linked(self) -> bool {
        self.link != Link::None && self.gap != Gap::Sentence
    }
}

/// What ties a number to the words before it; the stronger counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    #[default]
    None,
    /// A colon, an equals sign, an arrow.
    Sign,
    /// "Is".
    Word,
}

/// What parts a number from the words before it; the wider counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    #[default]
    None,
    /// A comma: the words before it may name something else.
    Comma,
    /// The end of a sentence.
    Sentence,
}

/// What follows a place in the text, read the same way.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Trail {
    /// The word that the way ends at.
    pub(super) cue: Option<usize>,
    /// "Is", a colon or a dash was on the way.
    pub(super) linked: bool,
    /// Where the way ends.
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

    /// Why a range can't be a code, if any part of it can't.
    pub(super) fn marked(&self, from: usize, to: usize) -> Option<Reason> {
        self.marks.first(from, to)
    }

    /// The code of an origin-bound line `@domain #code`, if the text has one.
    pub(super) fn origin_bound(&self) -> Option<(usize, usize)> {
        self.marks.origin_bound
    }

    /// The word that ends at a place.
    pub(super) fn cue_ending(&self, place: usize) -> Option<Cue> {
        self.ends.get(&place).map(|index| self.cues[*index])
    }

    /// The word that starts at a place.
    pub(super) fn cue_starting(&self, place: usize) -> Option<Cue> {
        self.starts.get(&place).map(|index| self.cues[*index])
    }

    /// The kind of a word, given its index.
    pub(super) fn kind(&self, cue: Option<usize>) -> Option<Kind> {
        cue.map(|index| self.cues[index].kind)
    }

    /// Reads back from a place to the word that names what stands there.
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
                    // An aside "(valid 5 min)": go around it, unless the name stands in it, as in "(OTP)".
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

    /// Where the brackets open that close before a place; one step back where they don't.
    fn aside_start(&self, place: usize) -> usize {
        let open = match self.text.before(place) {
            ')' => '(',
            ']' => '[',
            _ => '{',
        };
        let limit = place.saturating_sub(MAX_GAP);
        (limit..place).rev().find(|at| self.text.at(*at) == open).unwrap_or(place - 1)
    }

    /// Reads on from a place to what is said of what stands before it.
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

    /// Whether two places are in one sentence.
    pub(super) fn same_sentence(&self, one: usize, other: usize) -> bool {
        self.text.sentence.get(one) == self.text.sentence.get(other)
    }
}
