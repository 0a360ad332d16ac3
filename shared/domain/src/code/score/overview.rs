//! Facts about the whole text, such as the words for code that have no candidate.

use super::super::{
    context::{Context, Gap, Lead},
    cues::{Cue, Kind},
    normalise::{Text, is_unspaced, is_word_letter},
    scan::Find,
};
use std::collections::HashSet;

/// How far a warning reaches, in characters. Texts without word spaces may lack full stops, too.
const WARNING_REACH: usize = 60;
const WARNING_REACH_UNSPACED: usize = 16;

/// Facts about the whole text.
pub(super) struct Overview {
    /// Words for code without a candidate that are not part of a warning.
    pub(super) free: Vec<Cue>,
    /// Words for code that no candidate directly follows.
    pub(super) unbound: Vec<Cue>,
    /// The approximate number of words.
    pub(super) words: usize,
    /// The number of candidates that are not ruled out.
    pub(super) open: usize,
    /// Whether a word names a code that is not a promotion code.
    pub(super) names_verification: bool,
    kinds: HashSet<Kind>,
    bound: HashSet<usize>,
}

impl Overview {
    pub(super) fn new(context: &Context, finds: &[Find], leads: &[Lead]) -> Self {
        let is_open = |(find, lead): &(&Find, &Lead)| find.refused(context).is_none() && !is_labelled(context, **lead);
        let open: Vec<(&Find, &Lead)> = finds.iter().zip(leads).filter(is_open).collect();
        let bound: HashSet<usize> =
            open.iter().filter(|(_, lead)| lead.gap != Gap::Sentence).filter_map(|(_, lead)| lead.cue).collect();
        let codes = context.cues.iter().enumerate().filter(|(_, cue)| cue.kind == Kind::Code || cue.kind == Kind::Weak);
        let unbound: Vec<Cue> = codes.filter(|(index, _)| !bound.contains(index)).map(|(_, cue)| *cue).collect();
        let warnings: Vec<Cue> = context.cues.iter().filter(|cue| cue.kind == Kind::Secrecy).copied().collect();
        let is_free = |cue: &&Cue| {
            cue.kind == Kind::Code && !warnings.iter().any(|warning| warns(context, &open, **cue, *warning))
        };
        Self {
            free: unbound.iter().filter(is_free).copied().collect(),
            unbound,
            words: words(&context.text),
            open: open.len(),
            names_verification: context.cues.iter().any(|cue| cue.kind == Kind::Code && !cue.plain),
            kinds: context.cues.iter().map(|cue| cue.kind).collect(),
            bound,
        }
    }

    /// Whether a candidate directly follows a cue word.
    pub(super) fn is_bound(&self, cue: Option<usize>) -> bool {
        cue.is_some_and(|index| self.bound.contains(&index))
    }

    pub(super) fn has_any(&self, kinds: &[Kind]) -> bool {
        kinds.iter().any(|kind| self.kinds.contains(kind))
    }

    pub(super) fn speaks_of_code(&self) -> bool {
        self.has_any(&[Kind::Code, Kind::Weak])
    }

    pub(super) fn has_other_business(&self) -> bool {
        self.has_any(&[Kind::Other, Kind::Promo, Kind::Call, Kind::Tail, Kind::Money])
    }
}

/// Whether the word directly before a candidate names something else.
pub(super) fn is_labelled(context: &Context, lead: Lead) -> bool {
    let other =
        matches!(context.kind(lead.cue), Some(Kind::Other | Kind::Measure | Kind::Tail | Kind::Call | Kind::Money));
    other && lead.gap == Gap::None
}

/// "Never share your PIN" says nothing about a later number; "your PIN is 4829, never share it"
/// does.
fn warns(context: &Context, open: &[(&Find, &Lead)], cue: Cue, warning: Cue) -> bool {
    let (from, to) = (cue.to.min(warning.to), cue.from.max(warning.from));
    let reach = if is_unspaced(context.text.at(cue.from)) { WARNING_REACH_UNSPACED } else { WARNING_REACH };
    let next = open.partition_point(|(find, _)| find.from < from);
    context.same_sentence(cue.from, warning.from)
        && to.saturating_sub(from) <= reach
        && open.get(next).is_none_or(|(find, _)| find.from >= to)
}

/// Counts the words of a text; four letters count as one in scripts without spaces.
fn words(text: &Text) -> usize {
    let starts = (0..text.len()).filter(|at| is_word_letter(text.at(*at)) && !is_word_letter(text.before(*at))).count();
    let unspaced = text.shown.iter().filter(|c| is_unspaced(**c)).count();
    starts + unspaced.div_ceil(4)
}
