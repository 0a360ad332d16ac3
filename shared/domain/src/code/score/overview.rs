//! What holds for a whole text: which words for code are still without a candidate, and what else the text is about.

use super::super::{
    context::{Context, Gap, Lead},
    cues::{Cue, Kind},
    normalise::{Text, is_unspaced, is_word_letter},
    scan::Find,
};
use std::collections::HashSet;

/// How far a warning reaches, in characters. Where words are not spaced there may be no full stops either.
const WARNING_REACH: usize = 60;
const WARNING_REACH_UNSPACED: usize = 16;

/// What holds for a whole text.
pub(super) struct Overview {
    /// Words for code that no candidate stands at and that no warning holds.
    pub(super) free: Vec<Cue>,
    /// Words for code that have no candidate right behind them.
    pub(super) unbound: Vec<Cue>,
    /// How many words the text has, about.
    pub(super) words: usize,
    /// Candidates that nothing refuses.
    pub(super) open: usize,
    /// A word names a code that is none of a promotion.
    pub(super) names_verification: bool,
    kinds: HashSet<Kind>,
    bound: HashSet<usize>,
}

impl Overview {
    pub(super) fn new(context: &Context<'_>, finds: &[Find], leads: &[Lead]) -> Self {
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
            words: words(context.text),
            open: open.len(),
            names_verification: context.cues.iter().any(|cue| cue.kind == Kind::Code && !cue.plain),
            kinds: context.cues.iter().map(|cue| cue.kind).collect(),
            bound,
        }
    }

    /// Whether a word has a candidate right behind it.
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

/// Whether the word right before a candidate says that it is something else.
pub(super) fn is_labelled(context: &Context<'_>, lead: Lead) -> bool {
    let other =
        matches!(context.kind(lead.cue), Some(Kind::Other | Kind::Measure | Kind::Tail | Kind::Call | Kind::Money));
    other && lead.gap == Gap::None
}

/// "Never share your PIN" says nothing of a number after it; "your PIN is 4829, never share it" does.
fn warns(context: &Context<'_>, open: &[(&Find, &Lead)], cue: Cue, warning: Cue) -> bool {
    let (from, to) = (cue.to.min(warning.to), cue.from.max(warning.from));
    let reach = if is_unspaced(context.text.at(cue.from)) { WARNING_REACH_UNSPACED } else { WARNING_REACH };
    let next = open.partition_point(|(find, _)| find.from < from);
    context.same_sentence(cue.from, warning.from)
        && to.saturating_sub(from) <= reach
        && open.get(next).is_none_or(|(find, _)| find.from >= to)
}

/// How many words a text has: four letters count as one where there are no spaces between words.
fn words(text: &Text) -> usize {
    let starts = (0..text.len()).filter(|at| is_word_letter(text.at(*at)) && !is_word_letter(text.before(*at))).count();
    let unspaced = text.shown.iter().filter(|c| is_unspaced(**c)).count();
    starts + unspaced.div_ceil(4)
}
